// What MFA means for an action, as the command line and tables call it.
import { MFA_NEEDS, type MfaNeed } from '@twinlock/policy'
import { UsageError } from '../../../command-errors.ts'

/** As `--only` takes them. */
const OPTIONS: Readonly<Record<MfaNeed, string>> = {
  withoutMfa: 'without-mfa',
  withMfa: 'with-mfa',
  withFreshMfa: 'with-fresh-mfa',
  never: 'never',
}

export const NEED_NAMES = Object.values(OPTIONS).join(', ')

export const HEADINGS: Readonly<Record<MfaNeed, string>> = {
  withoutMfa: 'WITHOUT MFA',
  withMfa: 'WITH MFA',
  withFreshMfa: 'FRESH MFA',
  never: 'NEVER',
}

/** @throws UsageError for a word that is none */
export function parseNeed(text: string): MfaNeed {
  const need = MFA_NEEDS.find(one => OPTIONS[one] === text)
  if (need !== undefined) return need
  throw new UsageError(`\`${text}\` is no class of actions: say ${NEED_NAMES}.`)
}
