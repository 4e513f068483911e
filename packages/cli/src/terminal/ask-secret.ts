// Asks for a passphrase without showing what is typed, even while stdin or stdout is a pipe.
import { openSync } from 'node:fs'
import { ReadStream } from 'node:tty'
import { Interrupted } from '../command-errors.ts'
import type { Input, Io } from '../io.ts'

/** The keys that a terminal in raw mode leaves to us, by their control characters. */
const KEYS = {
  interrupt: '\x03',
  endOfInput: '\x04',
  backspace: '\b',
  eraseLine: '\x15',
  delete: '\x7f',
}

/**
 * What the user types before Enter; undefined when there is no terminal to ask at.
 * @throws Interrupted on Ctrl-C and Ctrl-D
 */
export async function askSecret(question: string, io: Io): Promise<string | undefined> {
  if (io.stdin.isTTY === true) return readSecret(question, io.stdin, io)
  const terminal = controllingTerminal()
  if (terminal === undefined) return undefined
  try {
    return await readSecret(question, terminal, io)
  } finally {
    terminal.destroy()
  }
}

/** The terminal that the process was started from, whatever its streams are bound to. */
function controllingTerminal() {
  try {
    return new ReadStream(openSync('/dev/tty', 'r'))
  } catch {
    return undefined
  }
}

function readSecret(question: string, terminal: Input, io: Io) {
  return new Promise<string>((resolve, reject) => {
    let typed: readonly string[] = []
    const finish = (settle: () => void, typedAhead: string) => {
      terminal.off('data', onData)
      terminal.off('end', onEnd)
      terminal.setRawMode?.(false)
      terminal.pause()
      if (typedAhead !== '') terminal.unshift(typedAhead)
      io.stderr.write('\n')
      settle()
    }
    const onData = (chunk: Buffer | string) => {
      const keys = Array.from(chunk.toString())
      for (const [index, key] of keys.entries()) {
        const settle = settling(key)
        if (settle !== undefined) return finish(settle, keys.slice(index + 1).join(''))
        typed = afterKey(typed, key)
      }
      return undefined
    }
    const onEnd = () => finish(interrupt, '')
    const interrupt = () => reject(new Interrupted('Interrupted.'))
    const settling = (key: string) => {
      if (key === '\r' || key === '\n') return () => resolve(typed.join(''))
      return key === KEYS.interrupt || key === KEYS.endOfInput ? interrupt : undefined
    }
    // In this order: who answers at once must not be shown either.
    terminal.setRawMode?.(true)
    io.stderr.write(question)
    terminal.on('data', onData)
    terminal.on('end', onEnd)
    terminal.resume()
  })
}

function afterKey(typed: readonly string[], key: string) {
  if (key === KEYS.backspace || key === KEYS.delete) return typed.slice(0, -1)
  if (key === KEYS.eraseLine) return []
  return [...typed, key]
}
