// Writes a role's trust policy, and shows what changes.
import Container from '@cloudscape-design/components/container'
import Header from '@cloudscape-design/components/header'
import { useState } from 'react'
import { useParams } from 'react-router'
import { iam } from '../../api/iam.ts'
import { decodeDocument, laidOut } from '../../api/policy-document.ts'
import { useIam } from '../../api/queries.ts'
import { Failure } from '../failure.tsx'
import { FormPage } from '../form-page.tsx'
import { links } from '../links.ts'
import { isRefused, PolicyEditor } from '../policy-editor/policy-editor.tsx'
import { TRUST_POLICY } from '../policy-editor/policy-options.ts'
import { TextDiff } from '../policy-editor/text-diff.tsx'
import { PageLoading } from '../shell/page-loading.tsx'

export function EditTrustPolicy() {
  const { roleName = '' } = useParams()
  const { data, error } = useIam('GetRole', { RoleName: roleName })
  if (error) return <Failure header={`${roleName} could not be read`} error={error} />
  if (data?.Role === undefined) return <PageLoading />
  const before = laidOut(decodeDocument(data.Role.AssumeRolePolicyDocument))
  return <TrustPolicyForm roleName={roleName} before={before} />
}

function TrustPolicyForm({
  roleName: RoleName,
  before,
}: {
  readonly roleName: string
  readonly before: string
}) {
  const [PolicyDocument, setDocument] = useState(before)
  const place = links.role(RoleName, '?tab=trust_relationships')
  const perform = () => iam('UpdateAssumeRolePolicy', { RoleName, PolicyDocument })
  return (
    <FormPage
      title={`Edit trust policy of ${RoleName}`}
      submitText="Update policy"
      cancelTo={place}
      perform={perform}
      validate={() => !isRefused(PolicyDocument, TRUST_POLICY)}
      done={`The trust policy of ${RoleName} was changed.`}
      doneTo={place}
    >
      <Container header={<Header variant="h2">Trust policy</Header>}>
        <PolicyEditor
          value={PolicyDocument}
          onChange={setDocument}
          options={TRUST_POLICY}
          quota="trustPolicy"
          ariaLabel="Trust policy"
        />
      </Container>
      {PolicyDocument !== before && (
        <Container header={<Header variant="h2">Changes</Header>}>
          <TextDiff before={before} after={PolicyDocument} />
        </Container>
      )}
    </FormPage>
  )
}
