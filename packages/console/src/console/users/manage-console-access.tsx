// Enables console access, or resets the password.
import Box from '@cloudscape-design/components/box'
import Button from '@cloudscape-design/components/button'
import Modal from '@cloudscape-design/components/modal'
import SpaceBetween from '@cloudscape-design/components/space-between'
import { useState } from 'react'
import { useChange } from '../../api/queries.ts'
import { Failure } from '../failure.tsx'
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
  const change = useChange(() => setConsolePassword(userName, chosen, hasPassword))
  const title = hasPassword ? `Reset the password of ${userName}` : `Console access of ${userName}`
  if (change.data !== undefined) {
    return (
      <Modal
        visible
        header={title}
        closeAriaLabel="Close"
        onDismiss={onClose}
        footer={
          <Box float="right">
            <Button variant="primary" onClick={onClose}>
              Close
            </Button>
          </Box>
        }
      >
        <ShownPassword userName={userName} password={change.data} />
      </Modal>
    )
  }
  return (
    <Modal
      visible
      header={title}
      closeAriaLabel="Close"
      onDismiss={onClose}
      footer={
        <Box float="right">
          <SpaceBetween direction="horizontal" size="xs">
            <Button variant="link" onClick={onClose}>
              Cancel
            </Button>
            <Button
              variant="primary"
              disabled={!isChosen(chosen)}
              loading={change.isPending}
              onClick={() => change.mutate(undefined)}
            >
              {hasPassword ? 'Reset password' : 'Enable console access'}
            </Button>
          </SpaceBetween>
        </Box>
      }
    >
      <SpaceBetween size="m">
        {change.error && <Failure error={change.error} />}
        <NewConsolePassword chosen={chosen} onChange={setChosen} />
      </SpaceBetween>
    </Modal>
  )
}
