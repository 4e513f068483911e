// What was done, told at the top of whichever page comes next.
import type { FlashbarProps } from '@cloudscape-design/components/flashbar'
import Flashbar from '@cloudscape-design/components/flashbar'
import { createContext, use, useCallback, useMemo, useState } from 'react'
import type { PropsWithChildren } from 'react'

type Notify = (content: string, type?: 'success' | 'error' | 'info' | 'warning') => void

const NotifyContext = createContext<Notify>(() => {})
const ItemsContext = createContext<readonly FlashbarProps.MessageDefinition[]>([])

/** Tells something; it stays until it is dismissed or three newer ones have come. */
export function useNotify(): Notify {
  return use(NotifyContext)
}

const MOST_SHOWN = 3

export function NotificationsProvider({ children }: PropsWithChildren) {
  const [notes, setNotes] = useState<readonly FlashbarProps.MessageDefinition[]>([])
  const notify = useCallback<Notify>((content, type = 'success') => {
    const id = crypto.randomUUID()
    const onDismiss = () => setNotes(shown => shown.filter(note => note.id !== id))
    const note = { id, content, type, dismissible: true, dismissLabel: 'Dismiss', onDismiss }
    setNotes(shown => [note, ...shown].slice(0, MOST_SHOWN))
  }, [])
  const items = useMemo(() => notes, [notes])
  return (
    <NotifyContext value={notify}>
      <ItemsContext value={items}>{children}</ItemsContext>
    </NotifyContext>
  )
}

export function Notifications() {
  return <Flashbar items={use(ItemsContext)} />
}
