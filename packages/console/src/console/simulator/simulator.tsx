// The policy simulator: may they, without MFA, with fresh and with stale MFA, and which statements decided. Computed here by
// @twinlock/policy over the account's documents, not by three SimulatePrincipalPolicy calls: those have no word for an absent key, tell no
// conditions and no dispensable layers, know no trust policies, and answer slower than one types.
import Alert from '@cloudscape-design/components/alert'
import Container from '@cloudscape-design/components/container'
import Header from '@cloudscape-design/components/header'
import SpaceBetween from '@cloudscape-design/components/space-between'
import { useDeferredValue, useMemo, useState } from 'react'
import { useQuery } from '@tanstack/react-query'
import { ACCOUNT } from '../../api/queries.ts'
import { Failure } from '../failure.tsx'
import { Page } from '../page.tsx'
import { principalsIn } from './account.ts'
import { Answers } from './answers.tsx'
import { readActions, useAsked } from './asked.ts'
import { readDetails } from './authorization-details.ts'
import { QuestionForm } from './question-form.tsx'
import type { Answer } from './simulation.ts'
import { simulate, SimulationRefused } from './simulation.ts'
import { statementPlaces } from './statement-places.ts'

export function Simulator() {
  const [asked, change] = useAsked()
  const details = useQuery({
    queryKey: [ACCOUNT, 'authorization details'],
    queryFn: ({ signal }) => readDetails(signal),
  })
  const principals = useMemo(() => details.data && principalsIn(details.data), [details.data])
  const placeOf = useMemo(() => statementPlaces(principals ?? []), [principals])
  const [now] = useState(() => new Date())
  const settled = useDeferredValue(asked)
  const { actions, malformed } = readActions(settled.actions)
  const principal = principals?.find(({ arn }) => arn === settled.principal)
  const outcome = useMemo(
    () =>
      principals &&
      principal &&
      attempt(() =>
        simulate(
          {
            principal,
            actions: readActions(settled.actions).actions,
            resource: settled.resource || '*',
            context: settled.context.filter(([key]) => key !== ''),
            staleSeconds: settled.staleSeconds,
            now,
          },
          principals,
        ),
      ),
    [principals, principal, settled, now],
  )

  return (
    <Page
      title="Policy simulator"
      description="What a user or role may do without MFA, with fresh MFA and with stale MFA, and which statements decide. Nothing is done."
    >
      {details.error && (
        <Failure
          header="The account's policies could not be read"
          error={details.error}
          onRetry={() => void details.refetch()}
        />
      )}
      <QuestionForm asked={asked} principals={principals} malformed={malformed} onChange={change} />
      <Container header={<Header variant="h2">Decisions</Header>}>
        <SpaceBetween size="m">
          {principal?.kind === 'role' && (
            <Alert type="info">
              Sessions of a role carry no MFA, whoever assumed it: only the columns without MFA are
              about real requests. What the role demands of those who assume it is in its trust
              policy.
            </Alert>
          )}
          {outcome === undefined && 'Choose a user or role.'}
          {outcome?.refused && (
            <Alert type="error" header="Nothing can be said">
              {outcome.refused}
            </Alert>
          )}
          {outcome?.answers && (
            <Answers answers={outcome.answers} isEmpty={actions.length === 0} placeOf={placeOf} />
          )}
        </SpaceBetween>
      </Container>
    </Page>
  )
}

type Outcome = { readonly answers?: readonly Answer[]; readonly refused?: string }

function attempt(simulated: () => readonly Answer[]): Outcome {
  try {
    return { answers: simulated() }
  } catch (error) {
    if (error instanceof SimulationRefused) return { refused: error.message }
    throw error
  }
}
