// Deletes a group, after its users have left it and its policies are gone.
import { ConfirmModal } from '../confirm-modal.tsx'
import { deleteGroup } from './group-deletion.ts'

type Props = { readonly groupName: string; readonly onClose: (isDone: boolean) => unknown }

export function DeleteGroup({ groupName, onClose }: Props) {
  return (
    <ConfirmModal
      title={`Delete ${groupName}?`}
      confirmation={groupName}
      done={`User group ${groupName} was deleted.`}
      perform={tell => deleteGroup(groupName, tell)}
      onClose={onClose}
    >
      Its users stay, but lose what the group allows; what it denies is denied no longer. Its inline
      policies are lost.
    </ConfirmModal>
  )
}
