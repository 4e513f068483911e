// Deletes users with all that hangs on them: IAM deletes none that still has keys, devices, policies or groups.
import type { User } from '@aws-sdk/client-iam'
import { DeleteModal } from '../delete-modal.tsx'
import { deleteUser } from './delete-user.ts'

type Props = {
  readonly users: readonly User[]
  readonly onClose: (isDone: boolean) => unknown
}

export function DeleteUsers({ users, onClose }: Props) {
  const names = users.map(({ UserName = '' }) => UserName)
  const [name = ''] = names
  const isOne = names.length === 1
  return (
    <DeleteModal
      title={isOne ? `Delete ${name}?` : `Delete ${names.length} users?`}
      confirmation={isOne ? name : `delete ${names.length} users`}
      done={isOne ? `User ${name} was deleted.` : `${names.length} users were deleted.`}
      perform={async () => {
        for (const one of names) await deleteUser(one)
      }}
      onClose={onClose}
    >
      {isOne ? 'The user' : names.join(', ')} will lose console access, access keys, MFA devices,
      inline policies and memberships, at once and for good.
    </DeleteModal>
  )
}
