// What was done, told at the top of whichever page comes next, and read out.
import type { FlashbarProps } from '@cloudscape-design/components/flashbar'
import Flashbar from '@cloudscape-design/components/flashbar'
import { createContext, use, useCallback, useState } from 'react'
import type { PropsWithChildren } from 'react'

type Notify = (content: string, type?: 'success' | 'error' | 'info' | 'warning') => void

const NotifyContext = createContext<Notify>(() => {})
const NotesContext = createContext<readonly FlashbarProps.MessageDefinition[]>([])

/** Tells something; it stays until it is dismissed or three newer ones have come. */
export function useNotify(): Notify {
  return use(NotifyContext)
}

const MOST_SHOWN = 3

export function NotificationsProvider({ children }: PropsWithChildren) {
  const [notes, setNotes] = useState<readonly FlashbarProps.MessageDefinition[]>([])
  const notify = useCallback<Notify>((content, type = 'success') => {
    const id = crypto.randomUUID()
    const note: FlashbarProps.MessageDefinition = {
      id,
      content,
      type,
      ariaRole: type === 'error' ? 'alert' : 'status',
      dismissible: true,
      dismissLabel: 'Dismiss',
      onDismiss: () => setNotes(shown => shown.filter(note => note.id !== id)),
    }
    setNotes(shown => [note, ...shown].slice(0, MOST_SHOWN))
  }, [])
  return (
    <NotifyContext value={notify}>
      <NotesContext value={notes}>{children}</NotesContext>
    </NotifyContext>
  )
}

export function Notifications() {
  return <Flashbar items={use(NotesContext)} />
}
