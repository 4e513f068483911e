// The policy simulator: may they, without MFA, with fresh MFA and with stale MFA, and which statements decided. Computed here by
// @twinlock/policy over the account's documents, not by three SimulatePrincipalPolicy calls: those have no word for an absent key, tell no
// conditions and no dispensable layers, know no trust policies, and answer slower than one types.
import Alert from '@cloudscape-design/components/alert'
import CopyToClipboard from '@cloudscape-design/components/copy-to-clipboard'
import { useQuery } from '@tanstack/react-query'
import { useDeferredValue, useMemo, useState } from 'react'
import { useHref, useLocation } from 'react-router'
import { ACCOUNT } from '../../api/queries.ts'
import { Failure } from '../failure.tsx'
import { Page } from '../page.tsx'
import { useCatalogue } from '../policy-editor/catalogue.ts'
import { principalsIn } from './account.ts'
import { useAsked } from './asked.ts'
import { readDetails } from './authorization-details.ts'
import { allActions, expand } from './expansion.ts'
import { Outcome } from './outcome.tsx'
import { QuestionForm } from './question-form.tsx'
import { requestsFor } from './requests.ts'
import { statementPlaces } from './statement-places.ts'

export function Simulator() {
  const [asked, change] = useAsked()
  const details = useQuery({
    queryKey: [ACCOUNT, 'authorization details'],
    queryFn: ({ signal }) => readDetails(signal),
  })
  const catalogue = useCatalogue()
  const known = useMemo(() => catalogue.data && allActions(catalogue.data), [catalogue.data])
  const principals = useMemo(() => details.data && principalsIn(details.data), [details.data])
  const placeOf = useMemo(() => statementPlaces(principals ?? []), [principals])
  const [now] = useState(() => new Date())
  const settled = useDeferredValue(asked)
  const expansion = useMemo(() => expand(settled.actions, known ?? []), [settled.actions, known])
  const principal = principals?.find(({ arn }) => arn === settled.principal)
  const requests = useMemo(
    () => requestsFor(expansion.actions, settled.resources),
    [expansion.actions, settled.resources],
  )
  const asking = useMemo(() => {
    if (principals === undefined || principal === undefined || catalogue.isPending) return undefined
    const { staleSeconds } = settled
    const context = settled.context.filter(([key]) => key !== '')
    return {
      question: { principal, context, staleSeconds, now },
      principals,
      requests,
    }
  }, [principals, principal, catalogue.isPending, settled, requests, now])

  return (
    <Page
      title="Policy simulator"
      description="What a user or role may do without MFA, with fresh MFA and with stale MFA, and which statements decide. Nothing is done."
      actions={<CopyLink />}
    >
      {details.error && (
        <Failure
          header="The account's policies could not be read"
          error={details.error}
          onRetry={() => void details.refetch()}
        />
      )}
      {catalogue.error && (
        <Failure
          header="AWS's actions could not be loaded: wildcards stand for nothing"
          error={catalogue.error}
          onRetry={() => void catalogue.refetch()}
        />
      )}
      <QuestionForm
        asked={asked}
        principals={principals}
        known={known}
        expansion={expansion}
        onChange={change}
      />
      {principal?.kind === 'role' && (
        <Alert type="info">
          Sessions of a role carry no MFA, whoever assumed it: only the columns without MFA are
          about real requests. What the role demands of those who assume it is in its trust policy.
        </Alert>
      )}
      <Outcome
        asking={asking}
        asked={expansion.actions.length * settled.resources.length}
        placeOf={placeOf}
        isRefreshing={details.isFetching}
        onRefresh={() => details.refetch()}
      />
    </Page>
  )
}

/** Of the question, for somebody else who is signed in to this account. */
function CopyLink() {
  const { search } = useLocation()
  const path = useHref({ search })
  return (
    <CopyToClipboard
      copyButtonText="Copy link"
      copySuccessText="Link copied"
      copyErrorText="Link not copied"
      textToCopy={`${location.origin}${path}`}
    />
  )
}
