// Enables console access, or resets the password.
import { useState } from 'react'
import { useChange } from '../../api/queries.ts'
import { Dialog } from '../dialog.tsx'
import { SecretModal } from '../secret-modal.tsx'
import { GENERATED_PASSWORD, isChosen, NewConsolePassword } from './new-console-password.tsx'
import { setConsolePassword } from './set-console-password.ts'
import { ShownPassword } from './shown-password.tsx'

type Props = {
  readonly userName: string
  readonly hasPassword: boolean
  readonly onClose: () => void
}

export function ManageConsoleAccess({ userName, hasPassword, onClose }: Props) {
  const [chosen, setChosen] = useState(GENERATED_PASSWORD)
  const [password, setPassword] = useState<string>()
  const change = useChange(() => setConsolePassword(userName, chosen, hasPassword), setPassword)
  if (password !== undefined) {
    return (
      <SecretModal title={`Console password of ${userName}`} onDone={onClose}>
        <ShownPassword userName={userName} password={password} />
      </SecretModal>
    )
  }
  return (
    <Dialog
      title={hasPassword ? `Reset the password of ${userName}` : `Console access of ${userName}`}
      submitText={hasPassword ? 'Reset password' : 'Enable console access'}
      isReady={isChosen(chosen)}
      doing={change}
      onSubmit={() => change.mutate(undefined)}
      onClose={onClose}
    >
      <NewConsolePassword chosen={chosen} onChange={setChosen} />
    </Dialog>
  )
}
