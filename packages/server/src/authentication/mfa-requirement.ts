// What an account asks of its users' second factors. AWS has no such setting.
import type { AccountId } from '../identifiers/account-id.ts'
import type { Queries } from '../store/store.ts'

export type MfaRequirement = WhoMustEnrol & {
  /** Security keys must have made sure of their user, by a PIN or a fingerprint; a touch is enough where this is absent. */
  readonly userVerification?: 'required'
}

/** Whether users have devices. */
type WhoMustEnrol =
  | { readonly mode: 'off' | 'prompt' }
  | {
      readonly mode: 'require'
      /** ISO 8601; from then on nobody signs in without a device. */
      readonly by: string
    }

/** What the column holds: only PutMFARequirement writes it. */
export const parseMfaRequirement = (column: string | null): MfaRequirement =>
  JSON.parse(column ?? '{"mode":"off"}') as MfaRequirement

export async function readMfaRequirement(db: Queries, account: AccountId): Promise<MfaRequirement> {
  const { mfaRequirement } = await db
    .selectFrom('account')
    .select('mfaRequirement')
    .where('accountId', '=', account)
    .executeTakeFirstOrThrow()
  return parseMfaRequirement(mfaRequirement)
}

/** WebAuthn's userVerification for who has this id. Root is not bound by the account's wish, or its wish could lock the account. */
export async function userVerificationFor(
  db: Queries,
  { account, principalId }: { readonly account: AccountId; readonly principalId: string },
): Promise<'preferred' | 'required'> {
  if (principalId === account) return 'preferred'
  return (await readMfaRequirement(db, account)).userVerification ?? 'preferred'
}
