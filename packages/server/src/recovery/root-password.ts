// Another password for root, whatever the former one was. What was opened with the former one is worth nothing any more: sessions, and
// browsers that were known by it.
import { LONGEST_PASSWORD, hashPassword, newPassword } from '@twinlock/factors'
import { ConfigError } from '../config.ts'
import type { KeyStore } from '../keyring/key-store.ts'
import { forgetGuesses } from '../services/iam/password-guesses.ts'
import { forgetWaits } from './root-waits.ts'
import type { RecoveredBy } from './root-recovery.ts'
import { recoverRoot } from './root-recovery.ts'

export type ResetPassword = {
  /** By which root signs in. */
  readonly email: string
  readonly password: string
}

/**
 * @param password a random one where none is given
 * @throws ConfigError when nobody could sign in with it
 */
export async function resetRootPassword(
  keys: KeyStore,
  by: RecoveredBy,
  password: string = newPassword(),
): Promise<ResetPassword> {
  if (password.length > LONGEST_PASSWORD) {
    throw new ConfigError(`A password has at most ${LONGEST_PASSWORD} characters.`)
  }
  const rootPasswordHash = await hashPassword(password)
  return recoverRoot(keys, by, {
    command: 'twinlock root reset-password',
    async perform(context) {
      const { account, db } = context
      const { email } = await db
        .updateTable('account')
        .set({ rootPasswordHash })
        .where('accountId', '=', account)
        .returning('email')
        .executeTakeFirstOrThrow()
      await forgetGuesses(context, account)
      await forgetWaits(context, `user ${account}`)
      return { email, password }
    },
    told: () => ({}),
  })
}
