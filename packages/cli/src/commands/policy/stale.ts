// How old stale MFA is.
import { UsageError } from '../../command-errors.ts'
import type { Options } from '../../command.ts'

/** A session of GetSessionToken lasts that long unless it is asked for otherwise. */
const STALE_SECONDS = 43_200

export const STALE_OPTION = {
  'stale-after': {
    type: 'string',
    value: 'SECONDS',
    help: `how long ago stale MFA was proved (default ${STALE_SECONDS}, as long as a session of GetSessionToken lasts)`,
  },
} as const satisfies Options

/** @throws UsageError for anything but a number of seconds */
export function parseStaleSeconds(text: string | undefined): number {
  if (text === undefined) return STALE_SECONDS
  if (/^\d{1,9}$/.test(text)) return Number(text)
  throw new UsageError(`\`${text}\` is no number of seconds.`)
}
