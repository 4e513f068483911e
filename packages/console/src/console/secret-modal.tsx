// Something that is shown this once. A click beside it, or Escape, must not end the only sight of it.
import Box from '@cloudscape-design/components/box'
import Button from '@cloudscape-design/components/button'
import Modal from '@cloudscape-design/components/modal'
import SpaceBetween from '@cloudscape-design/components/space-between'
import type { PropsWithChildren, ReactNode } from 'react'

type Props = PropsWithChildren<{
  readonly title: string
  readonly actions?: ReactNode
  readonly onDone: () => void
}>

export function SecretModal({ title, actions, onDone, children }: Props) {
  return (
    <Modal
      visible
      header={title}
      closeAriaLabel="Close"
      onDismiss={({ detail }) => detail.reason === 'closeButton' && onDone()}
      footer={
        <Box float="right">
          <SpaceBetween direction="horizontal" size="xs">
            {actions}
            <Button variant="primary" onClick={onDone}>
              Done
            </Button>
          </SpaceBetween>
        </Box>
      }
    >
      <SpaceBetween size="m">{children}</SpaceBetween>
    </Modal>
  )
}
