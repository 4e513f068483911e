// Deletes a role, after its policies are gone.
import { ConfirmModal } from '../confirm-modal.tsx'
import { deleteRole } from './role-deletion.ts'

type Props = { readonly roleName: string; readonly onClose: (isDone: boolean) => unknown }

export function DeleteRole({ roleName, onClose }: Props) {
  return (
    <ConfirmModal
      title={`Delete ${roleName}?`}
      confirmation={roleName}
      done={`Role ${roleName} was deleted.`}
      perform={() => deleteRole(roleName)}
      onClose={onClose}
    >
      Nobody can assume the role any more, and credentials that were given out for it stop working.
      Its inline policies are lost.
    </ConfirmModal>
  )
}
