// ACC006 and ACC007: the root user, whom no policy of the account binds, and of whom iam:GetAccountSummary alone tells.
// https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetAccountSummary.html
import { type AccountWideFinding, accountWideFinding } from './account-finding.ts'

/** Of the summary what is about the root user. */
export type RootSummary = {
  readonly AccountAccessKeysPresent?: number
  readonly AccountMFAEnabled?: number
  /** Absent: it may have one. */
  readonly AccountPasswordPresent?: number
}

/** @param account twelve digits */
export function lintRoot(summary: RootSummary, account: string): readonly AccountWideFinding[] {
  const { AccountAccessKeysPresent = 0, AccountMFAEnabled, AccountPasswordPresent = 1 } = summary
  const root = [`arn:aws:iam::${account}:root`]
  const hasKey = AccountAccessKeysPresent > 0
  const signsInWithoutMfa = AccountMFAEnabled === 0 && AccountPasswordPresent > 0
  return [
    ...(hasKey ? [accountWideFinding('ACC006', KEY, root)] : []),
    ...(signsInWithoutMfa ? [accountWideFinding('ACC007', NO_MFA, root)] : []),
  ]
}

const KEY =
  'Whoever has the access key of the root user may do everything, and no policy of the account can ask it for MFA. Delete the key: a role or a user does what it is for.'

const NO_MFA =
  'A password alone signs in as the root user, who may do everything and whom no policy of the account binds. Enrol a device for it, better two: they are enrolled in the console, as root.'
