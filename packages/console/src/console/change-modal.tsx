// A change small enough for a dialog: fill in, confirm, be told what was done.
import Box from '@cloudscape-design/components/box'
import Button from '@cloudscape-design/components/button'
import type { ModalProps } from '@cloudscape-design/components/modal'
import Modal from '@cloudscape-design/components/modal'
import SpaceBetween from '@cloudscape-design/components/space-between'
import type { PropsWithChildren } from 'react'
import { useChange } from '../api/queries.ts'
import { Failure } from './failure.tsx'
import { useNotify } from './shell/notifications.tsx'

type Props = PropsWithChildren<{
  readonly title: string
  readonly submitText: string
  readonly size?: ModalProps.Size
  /** Whether it is filled in. */
  readonly isReady: boolean
  readonly perform: () => Promise<unknown>
  /** `alice was added to developers.` */
  readonly done: string
  /** Where it leads to another page, resolves when that is there. */
  readonly onClose: (isDone: boolean) => unknown
}>

export function ChangeModal({
  title,
  submitText,
  size = 'medium',
  isReady,
  perform,
  done,
  onClose,
  children,
}: Props) {
  const notify = useNotify()
  const change = useChange(perform, () => {
    notify(done)
    return onClose(true)
  })
  const submit = () => {
    if (isReady && !change.isPending) change.mutate(undefined)
  }
  return (
    <Modal
      visible
      size={size}
      header={title}
      closeAriaLabel="Close"
      onDismiss={() => onClose(false)}
      footer={
        <Box float="right">
          <SpaceBetween direction="horizontal" size="xs">
            <Button variant="link" onClick={() => onClose(false)}>
              Cancel
            </Button>
            <Button
              variant="primary"
              disabled={!isReady}
              loading={change.isPending}
              onClick={submit}
            >
              {submitText}
            </Button>
          </SpaceBetween>
        </Box>
      }
    >
      <form
        onSubmit={event => {
          event.preventDefault()
          submit()
        }}
      >
        <SpaceBetween size="m">
          {change.error && <Failure error={change.error} />}
          {children}
        </SpaceBetween>
      </form>
    </Modal>
  )
}
