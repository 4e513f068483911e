// Deletes users with all that hangs on them: IAM deletes none that still has keys, devices, policies or groups.
import { counted } from '../counted.ts'
import { ConfirmModal } from '../confirm-modal.tsx'
import type { TellProgress } from '../change-modal.tsx'
import { useSession } from '../shell/session.ts'
import { deleteUser } from './delete-user.ts'

type Props = {
  readonly names: readonly string[]
  readonly onClose: (isDone: boolean) => unknown
}

export function DeleteUsers({ names, onClose }: Props) {
  const ownName = useSession()?.userName
  const [name = ''] = names
  const isOne = names.length === 1
  const users = counted(names.length, 'user')
  return (
    <ConfirmModal
      title={isOne ? `Delete ${name}?` : `Delete ${users}?`}
      confirmation={isOne ? name : `delete ${users}`}
      done={isOne ? `User ${name} was deleted.` : `${users} were deleted.`}
      perform={tell => deleteAll(names, tell)}
      onClose={onClose}
    >
      {isOne ? 'The user' : names.join(', ')} will lose console access, access keys, MFA devices,
      inline policies and memberships, at once and for good.
      {ownName !== undefined && names.includes(ownName) && (
        <strong> {ownName} is you: you will be signed out, and cannot sign in again.</strong>
      )}
    </ConfirmModal>
  )
}

async function deleteAll(names: readonly string[], tell: TellProgress): Promise<void> {
  for (const [index, name] of names.entries()) {
    tell(`Deleting ${name}, ${index + 1} of ${names.length}`)
    await deleteUser(name)
  }
}
