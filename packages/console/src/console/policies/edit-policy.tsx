// Writes the next version of a managed policy, and shows what it changes.
import Checkbox from '@cloudscape-design/components/checkbox'
import Container from '@cloudscape-design/components/container'
import Header from '@cloudscape-design/components/header'
import { useState } from 'react'
import { useSearchParams } from 'react-router'
import { iam } from '../../api/iam.ts'
import { laidOut } from '../../api/policy-document.ts'
import { readPages } from '../../api/pages.ts'
import { useIam } from '../../api/queries.ts'
import { Failure } from '../failure.tsx'
import { FormPage } from '../form-page.tsx'
import { links } from '../links.ts'
import { TextDiff } from '../policy-editor/text-diff.tsx'
import { isRefused, PolicyEditor } from '../policy-editor/policy-editor.tsx'
import { MANAGED_POLICY } from '../policy-editor/policy-options.ts'
import { PageLoading } from '../shell/page-loading.tsx'
import { usePolicyText } from './policy-text.ts'

/** AWS keeps five versions of a policy. */
const MOST_VERSIONS = 5

export function EditPolicy() {
  const [search] = useSearchParams()
  const arn = search.get('arn') ?? ''
  const policy = useIam('GetPolicy', { PolicyArn: arn })
  const text = usePolicyText(arn, policy.data?.Policy?.DefaultVersionId ?? '')
  const error = policy.error ?? text.error
  if (error) return <Failure header="The policy could not be read" error={error} />
  if (text.data === undefined) return <PageLoading />
  return <EditForm arn={arn} before={laidOut(text.data)} />
}

function EditForm({ arn, before }: { readonly arn: string; readonly before: string }) {
  const name = arn.split('/').at(-1) ?? ''
  const [document, setDocument] = useState(before)
  const [isDefault, setDefault] = useState(true)
  const perform = () => createVersion(arn, document, isDefault)
  return (
    <FormPage
      title={`Edit ${name}`}
      description="Saving makes a new version. Of five versions, the oldest that is not in force makes room for it."
      submitText="Save changes"
      cancelTo={links.policy(arn)}
      perform={perform}
      validate={() => document !== before && !isRefused(document, MANAGED_POLICY)}
      done={`Policy ${name} has a new version.`}
      doneTo={links.policy(arn)}
    >
      <Container header={<Header variant="h2">Permissions</Header>}>
        <PolicyEditor
          value={document}
          onChange={setDocument}
          options={MANAGED_POLICY}
          quota="managedPolicy"
          ariaLabel="Policy document"
        />
      </Container>
      {document !== before && (
        <Container header={<Header variant="h2">Changes</Header>}>
          <TextDiff before={before} after={document} />
        </Container>
      )}
      <Checkbox checked={isDefault} onChange={({ detail }) => setDefault(detail.checked)}>
        Set this new version as the default: it is in force at once
      </Checkbox>
    </FormPage>
  )
}

async function createVersion(PolicyArn: string, PolicyDocument: string, SetAsDefault: boolean) {
  const versions = await readPages('ListPolicyVersions', 'Versions', { PolicyArn })
  if (versions.length >= MOST_VERSIONS) {
    const oldest = versions
      .filter(({ IsDefaultVersion }) => IsDefaultVersion !== true)
      .sort((a, b) => Number(a.CreateDate) - Number(b.CreateDate))[0]
    await iam('DeletePolicyVersion', { PolicyArn, VersionId: oldest?.VersionId })
  }
  await iam('CreatePolicyVersion', { PolicyArn, PolicyDocument, SetAsDefault })
}
