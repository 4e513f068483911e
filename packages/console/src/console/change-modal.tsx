// A change small enough for a dialog: fill in, confirm, be told what was done.
import type { ModalProps } from '@cloudscape-design/components/modal'
import type { PropsWithChildren } from 'react'
import { useState } from 'react'
import { useChange } from '../api/queries.ts'
import { Dialog } from './dialog.tsx'
import { useNotify } from './shell/notifications.tsx'

/** Where a change takes long, it tells how far it is. */
export type TellProgress = (progress: string) => void

export type ChangeProps<Answer> = PropsWithChildren<{
  readonly title: string
  readonly submitText: string
  readonly size?: ModalProps.Size
  /** Whether it is filled in. */
  readonly isReady?: boolean
  readonly perform: (tell: TellProgress) => Promise<Answer>
  /** `alice was added to developers.` */
  readonly done: string | ((answer: Answer) => string)
  /** Where it leads to another page, resolves when that is there. */
  readonly onClose: (isDone: boolean) => unknown
}>

export function ChangeModal<Answer>({ perform, done, onClose, ...dialog }: ChangeProps<Answer>) {
  const notify = useNotify()
  const [progress, setProgress] = useState<string>()
  const { isPending, error, mutate } = useChange(
    () => perform(setProgress),
    answer => {
      notify(typeof done === 'string' ? done : done(answer))
      return onClose(true)
    },
  )
  return (
    <Dialog
      {...dialog}
      doing={{ isPending, error, progress }}
      onSubmit={() => mutate(undefined)}
      onClose={() => onClose(false)}
    />
  )
}
