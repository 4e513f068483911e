// Attaches managed policies to a user, group or role.
import { useState } from 'react'
import { counted } from '../counted.ts'
import { FormPage } from '../form-page.tsx'
import { ChoosePolicies } from './choose-policies.tsx'
import type { Identity } from './identity.ts'
import { IDENTITIES } from './identity.ts'
import { usePermissions } from './permissions.ts'

export function AttachPolicies({ identity }: { readonly identity: Identity }) {
  const { attach, link } = IDENTITIES[identity.kind]
  const { data: permissions = [] } = usePermissions(identity)
  const attached = permissions.flatMap(({ arn, via }) =>
    arn !== undefined && via.kind === identity.kind ? [arn] : [],
  )
  const [chosen, setChosen] = useState<readonly string[]>([])
  const perform = async () => {
    for (const arn of chosen) await attach(identity.name, arn)
  }
  return (
    <FormPage
      title={`Attach policies to ${identity.name}`}
      submitText={`Attach ${counted(chosen.length, 'policy', 'policies')}`}
      cancelTo={link(identity.name)}
      isChanged={chosen.length > 0}
      perform={perform}
      validate={() => (chosen.length === 0 ? 'Choose at least one policy.' : undefined)}
      done={`${counted(chosen.length, 'policy was', 'policies were')} attached to ${identity.name}.`}
      doneTo={link(identity.name)}
    >
      <ChoosePolicies chosen={chosen} without={attached} onChoose={setChosen} />
    </FormPage>
  )
}
