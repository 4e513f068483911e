// Deletes a role, after its policies are gone.
import { iam } from '../../api/iam.ts'
import { readPages } from '../../api/pages.ts'
import { DeleteModal } from '../delete-modal.tsx'

type Props = { readonly roleName: string; readonly onClose: (isDone: boolean) => unknown }

export function DeleteRole({ roleName, onClose }: Props) {
  return (
    <DeleteModal
      title={`Delete ${roleName}?`}
      confirmation={roleName}
      done={`Role ${roleName} was deleted.`}
      perform={() => deleteRole(roleName)}
      onClose={onClose}
    >
      Nobody can assume the role any more, and credentials that were given out for it stop working.
      Its inline policies are lost.
    </DeleteModal>
  )
}

async function deleteRole(RoleName: string): Promise<void> {
  const of = { RoleName }
  for (const { PolicyArn } of await readPages('ListAttachedRolePolicies', 'AttachedPolicies', of)) {
    await iam('DetachRolePolicy', { RoleName, PolicyArn })
  }
  for (const PolicyName of await readPages('ListRolePolicies', 'PolicyNames', of)) {
    await iam('DeleteRolePolicy', { RoleName, PolicyName })
  }
  await iam('DeleteRole', of)
}
