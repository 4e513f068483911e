// Deletes a group, after its users have left it and its policies are gone.
import { iam } from '../../api/iam.ts'
import { readPages } from '../../api/pages.ts'
import { DeleteModal } from '../delete-modal.tsx'

type Props = { readonly groupName: string; readonly onClose: (isDone: boolean) => unknown }

export function DeleteGroup({ groupName, onClose }: Props) {
  return (
    <DeleteModal
      title={`Delete ${groupName}?`}
      confirmation={groupName}
      done={`User group ${groupName} was deleted.`}
      perform={() => deleteGroup(groupName)}
      onClose={onClose}
    >
      Its users stay, but lose what the group allows; what it denies is denied no longer. Its inline
      policies are lost.
    </DeleteModal>
  )
}

/** Its users leave it, its policies go. */
export async function deleteGroup(GroupName: string): Promise<void> {
  for (const { UserName } of await readPages('GetGroup', 'Users', { GroupName })) {
    await iam('RemoveUserFromGroup', { GroupName, UserName })
  }
  for (const { PolicyArn } of await readPages('ListAttachedGroupPolicies', 'AttachedPolicies', {
    GroupName,
  })) {
    await iam('DetachGroupPolicy', { GroupName, PolicyArn })
  }
  for (const PolicyName of await readPages('ListGroupPolicies', 'PolicyNames', { GroupName })) {
    await iam('DeleteGroupPolicy', { GroupName, PolicyName })
  }
  await iam('DeleteGroup', { GroupName })
}
