// A dialog that is a form. While what it does is under way it stays: what cannot be taken back is not cancelled, and its answer is not lost.
import Box from '@cloudscape-design/components/box'
import Button from '@cloudscape-design/components/button'
import type { ModalProps } from '@cloudscape-design/components/modal'
import Modal from '@cloudscape-design/components/modal'
import SpaceBetween from '@cloudscape-design/components/space-between'
import StatusIndicator from '@cloudscape-design/components/status-indicator'
import type { PropsWithChildren } from 'react'
import { useEffect, useId, useRef, useState } from 'react'
import { Failure } from './failure.tsx'

/** What the dialog does, and how that stands. */
export type Doing = {
  readonly isPending: boolean
  readonly error: Error | null
  /** How far it is: `Deleting bob, 2 of 5`. */
  readonly progress?: string | undefined
}

type Props = PropsWithChildren<{
  readonly title: string
  readonly size?: ModalProps.Size
  readonly submitText: string
  /** Whether it is filled in. */
  readonly isReady?: boolean
  readonly doing: Doing
  readonly onSubmit: () => void
  readonly onClose: () => void
}>

export function Dialog({
  title,
  size = 'medium',
  submitText,
  isReady = true,
  doing: { isPending, error, progress },
  onSubmit,
  onClose,
  children,
}: Props) {
  const formId = useId()
  return (
    <Modal
      visible
      size={size}
      header={title}
      closeAriaLabel="Close"
      onDismiss={() => isPending || onClose()}
      footer={
        <Box float="right">
          <SpaceBetween direction="horizontal" size="xs" alignItems="center">
            <span role="status">
              {isPending && progress !== undefined && (
                <StatusIndicator type="in-progress">{progress}</StatusIndicator>
              )}
            </span>
            <Button variant="link" formAction="none" disabled={isPending} onClick={onClose}>
              Cancel
            </Button>
            <Button variant="primary" form={formId} disabled={!isReady} loading={isPending}>
              {submitText}
            </Button>
          </SpaceBetween>
        </Box>
      }
    >
      <DialogForm id={formId} onSubmit={() => isReady && onSubmit()}>
        {error && (
          <Failure
            error={error}
            {...(progress !== undefined && { header: `${progress}: this did not work` })}
          />
        )}
        {children}
      </DialogForm>
    </Modal>
  )
}

/** The focus begins in its first field. */
function DialogForm({
  id,
  onSubmit,
  children,
}: PropsWithChildren<{ readonly id: string; readonly onSubmit: () => void }>) {
  const form = useRef<HTMLFormElement>(null)
  const [isLocked, setLocked] = useState(false)
  useEffect(() => {
    // The dialog's own focus lock comes first: it remembers where the focus was, and gives it back in the end.
    if (isLocked) form.current?.querySelector<HTMLElement>('input, textarea')?.focus()
    else setLocked(true)
  }, [isLocked])
  return (
    <form
      ref={form}
      id={id}
      noValidate
      onSubmit={event => {
        event.preventDefault()
        // Where a dialog belongs to a form, React tells that one too.
        event.stopPropagation()
        onSubmit()
      }}
    >
      <SpaceBetween size="m">{children}</SpaceBetween>
    </form>
  )
}
