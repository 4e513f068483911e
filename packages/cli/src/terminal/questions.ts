// Questions to the user, answered in lines of stdin; a pipe may bring several answers at once.
import { type Interface, createInterface } from 'node:readline'
import type { Io } from '../io.ts'

/** Reads answers line by line. Close it, or stdin keeps the process alive. */
export type Questions = Disposable & {
  /** The line typed, without its blanks at the ends; undefined at the end of input or on Ctrl-C. */
  readonly ask: (question: string) => Promise<string | undefined>
}

/** Stdin is left alone until the first question. */
export function openQuestions(io: Io): Questions {
  let opened: { readonly reader: Interface; readonly lines: AsyncIterator<string> } | undefined

  const open = () => {
    const reader = createInterface({ input: io.stdin, terminal: false })
    io.interruption().addEventListener('abort', () => reader.close())
    return { reader, lines: reader[Symbol.asyncIterator]() }
  }

  return {
    ask: async question => {
      if (io.interruption().aborted) return undefined
      opened ??= open()
      io.stderr.write(question)
      const { done, value } = await opened.lines.next()
      if (done === true || io.interruption().aborted) {
        io.stderr.write('\n')
        return undefined
      }
      return value.trim()
    },
    [Symbol.dispose]: () => opened?.reader.close(),
  }
}
