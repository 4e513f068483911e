// Asks before a page is left on which something is written that is not saved: by a link of the console, the back button, a closed tab.
import Box from '@cloudscape-design/components/box'
import Button from '@cloudscape-design/components/button'
import Modal from '@cloudscape-design/components/modal'
import SpaceBetween from '@cloudscape-design/components/space-between'
import type { ReactNode } from 'react'
import { useCallback, useRef } from 'react'
import { useBeforeUnload, useBlocker } from 'react-router'

type UnsavedChanges = {
  /** The dialog, while it asks. */
  readonly question: ReactNode
  /** After it has succeeded the page may be left. */
  readonly saving: <Saved>(save: () => Promise<Saved>) => Promise<Saved>
}

export function useUnsavedChanges(isChanged: boolean): UnsavedChanges {
  const isSaved = useRef(false)
  const blocker = useBlocker(
    ({ currentLocation, nextLocation }) =>
      isChanged && !isSaved.current && currentLocation.pathname !== nextLocation.pathname,
  )
  useBeforeUnload(
    useCallback(
      event => {
        if (isChanged && !isSaved.current) event.preventDefault()
      },
      [isChanged],
    ),
  )
  const saving: UnsavedChanges['saving'] = async save => {
    const saved = await save()
    isSaved.current = true
    return saved
  }
  const question = blocker.state === 'blocked' && (
    <LeaveQuestion onStay={blocker.reset} onLeave={blocker.proceed} />
  )
  return { question, saving }
}

function LeaveQuestion({
  onStay,
  onLeave,
}: {
  readonly onStay: () => void
  readonly onLeave: () => void
}) {
  return (
    <Modal
      visible
      header="Leave without saving?"
      closeAriaLabel="Close"
      onDismiss={onStay}
      footer={
        <Box float="right">
          <SpaceBetween direction="horizontal" size="xs">
            <Button variant="link" formAction="none" onClick={onStay}>
              Stay
            </Button>
            <Button variant="primary" formAction="none" onClick={onLeave}>
              Leave
            </Button>
          </SpaceBetween>
        </Box>
      }
    >
      What you have changed on this page is lost.
    </Modal>
  )
}
