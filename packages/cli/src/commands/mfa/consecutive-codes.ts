// Two consecutive codes, as EnableMFADevice wants them: typed by the user, or made by the terminal authenticator.
import type { Entry } from '../../authenticator/entry.ts'
import { codeOf, secondsUntil } from '../../authenticator/shown-code.ts'
import { Interrupted } from '../../command-errors.ts'
import { type Io, tell } from '../../io.ts'
import type { Questions } from '../../terminal/questions.ts'

/** The older code first. Each call gives another pair. */
export type ConsecutiveCodes = () => Promise<readonly [string, string]>

/** @throws Interrupted when the input ends or Ctrl-C is pressed */
export function typedCodes(questions: Questions, io: Io): ConsecutiveCodes {
  const askCode = async (question: string): Promise<string> => {
    const typed = await questions.ask(question)
    if (typed === undefined) throw new Interrupted('No device was enabled.')
    const code = typed.replaceAll(/\s/g, '')
    if (/^\d{6}$/.test(code)) return code
    tell(io, 'A code is six digits.')
    return askCode(question)
  }
  const askAnother = async (first: string): Promise<string> => {
    const second = await askCode('The code that follows it: ')
    if (second !== first) return second
    tell(io, 'That is the same code; wait until the app shows the next one.')
    return askAnother(first)
  }
  return async () => {
    const first = await askCode('First code: ')
    return [first, await askAnother(first)]
  }
}

/**
 * The codes of the previous and the running time step, so that nobody waits. A service refuses a pair that
 * it saw before, so that the next pair comes with the next step.
 * @throws Interrupted when Ctrl-C is pressed while it waits
 */
export function codesOfEntry(entry: Entry, io: Io): ConsecutiveCodes {
  let usedUntil: Date | undefined
  return async () => {
    if (usedUntil !== undefined) await waitUntil(usedUntil, io)
    const now = io.clock.now()
    const current = codeOf(entry, now, 0)
    usedUntil = current.validUntil
    return [codeOf(entry, now, -1).code, current.code]
  }
}

async function waitUntil(time: Date, io: Io) {
  const interruption = io.interruption()
  tell(io, `Waiting ${secondsUntil(time, io.clock.now())} s for the next code.`)
  while (io.clock.now() < time) {
    await io.clock.wait(time.getTime() - io.clock.now().getTime(), interruption)
    if (interruption.aborted) throw new Interrupted('No device was enabled.')
  }
}
