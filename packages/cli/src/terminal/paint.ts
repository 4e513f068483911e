// Colours, for a terminal whose owner wants them.
import { styleText } from 'node:util'
import type { Io } from '../io.ts'

export type Paint = (style: Parameters<typeof styleText>[0], text: string) => string

/** Leaves text alone unless the answer goes to a terminal; https://no-color.org/ is heard. */
export function painter({ stdout, env }: Io): Paint {
  const isWanted = stdout.isTTY === true && (env['NO_COLOR'] ?? '') === ''
  return (style, text) => (isWanted ? styleText(style, text, { validateStream: false }) : text)
}

/** The width of what is not written to a terminal, and of one that does not tell. */
const COLUMNS = 80

/** Below that nothing fits, and lines are left to the terminal to break. */
const FEWEST_COLUMNS = 40

/** How wide a line may be. */
export function columnsOf({ stdout }: Io) {
  const columns = stdout.isTTY === true ? (stdout.columns ?? COLUMNS) : COLUMNS
  return Math.max(FEWEST_COLUMNS, columns)
}
