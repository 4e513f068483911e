// Writes a role's trust policy, and shows what changes.
import Container from '@cloudscape-design/components/container'
import Header from '@cloudscape-design/components/header'
import { useState } from 'react'
import { useParams } from 'react-router'
import { iam } from '../../api/iam.ts'
import { decodeDocument, laidOut } from '../../api/policy-document.ts'
import { useIam } from '../../api/queries.ts'
import { FormPage } from '../form-page.tsx'
import { links } from '../links.ts'
import { PolicyEditor, refusalOf } from '../policy-editor/policy-editor.tsx'
import { TRUST_POLICY } from '../policy-editor/policy-options.ts'
import { TextDiff } from '../policy-editor/text-diff.tsx'
import { Read } from '../read.tsx'

export function EditTrustPolicy() {
  const { roleName = '' } = useParams()
  return (
    <Read of={useIam('GetRole', { RoleName: roleName })} what={roleName}>
      {({ Role }) => (
        <TrustPolicyForm
          roleName={roleName}
          before={laidOut(decodeDocument(Role?.AssumeRolePolicyDocument))}
        />
      )}
    </Read>
  )
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
  return (
    <FormPage
      title={`Edit trust policy of ${RoleName}`}
      submitText="Update policy"
      cancelTo={place}
      isChanged={PolicyDocument !== before}
      perform={() => iam('UpdateAssumeRolePolicy', { RoleName, PolicyDocument })}
      validate={() =>
        PolicyDocument === before
          ? 'Nothing was changed.'
          : refusalOf(PolicyDocument, TRUST_POLICY, 'trustPolicy')
      }
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
