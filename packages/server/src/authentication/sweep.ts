// Rows that are over: sessions, attempts, challenges and tokens past their time, and guesses that are forgotten. Nobody honours
// them any more; this only keeps the store small.
import type { AccountId } from '../identifiers/account-id.ts'
import type { Store } from '../store/store.ts'
import { sweepAttempts } from './sign-in-attempts.ts'
import { sweepGuesses } from './throttle.ts'

export const SWEEP_EVERY_MS = 300_000

const EXPIRING = ['browserSession', 'securityKeyCeremony', 'signinToken'] as const

export async function sweep(store: Store, account: AccountId, now: Date): Promise<void> {
  const at = now.getTime()
  await store.unhurried(async tx => {
    await sweepAttempts(tx, account, now)
    for (const table of EXPIRING) {
      await tx
        .deleteFrom(table)
        .where('accountId', '=', account)
        .where('expireDate', '<=', at)
        .execute()
    }
    await sweepGuesses(tx, account, now)
  })
}
