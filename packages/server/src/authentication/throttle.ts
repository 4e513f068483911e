// How often somebody may guess: after some wrong guesses in a row the next one waits, twice as long each time. A guess is counted
// as wrong before it is judged and forgiven when it was right, in one statement each: a hundred guesses at once, or at two nodes,
// are not a hundred free ones.
import { sql } from 'kysely'
import type { AccountId } from '../identifiers/account-id.ts'
import type { Store } from '../store/store.ts'

/** Figures of one kind of bucket. */
export type ThrottleFigures = {
  /** Wrong guesses that cost no wait: typing errors. */
  readonly freeGuesses: number
  /** Waits are 1, 2, 4, … seconds, at most this. */
  readonly longestWaitSeconds: number
}

/** Something that is guessed at, or from: its name, and how much it bears. */
export type Bucket = ThrottleFigures & { readonly name: string }

export type Throttle = {
  /**
   * Counts a guess in all buckets.
   * @returns how many seconds it must wait instead, in which case it is counted in none; 0 when it may be judged
   */
  readonly admit: (buckets: readonly Bucket[], now: Date) => Promise<number>
  /** The guess was right: its buckets are empty. */
  readonly forgive: (buckets: readonly Bucket[]) => Promise<void>
  /** The guess proved nothing either way: it is given back. */
  readonly giveBack: (buckets: readonly Bucket[]) => Promise<void>
}

/** Guesses are forgotten when none came for so long. Longer than the longest wait, or waiting it out would be worth it. */
export const FORGOTTEN_AFTER_MS = 3_600_000

export function throttle(store: Store, account: AccountId): Throttle {
  return {
    admit: (buckets, now) =>
      store.transaction(async tx => {
        const at = now.getTime()
        // Writing a row as it is locks it; in one order, so that nobody waits in a circle.
        const counts: { readonly name: string; readonly failures: number }[] = []
        let wait = 0
        for (const bucket of inOrder(buckets)) {
          const { failures, lastFailureDate } = await tx
            .insertInto('signInThrottle')
            .values({ accountId: account, bucket: bucket.name, failures: 0, lastFailureDate: at })
            .onConflict(conflict =>
              conflict
                .columns(['accountId', 'bucket'])
                .doUpdateSet(eb => ({ failures: eb.ref('signInThrottle.failures') })),
            )
            .returning(['failures', 'lastFailureDate'])
            .executeTakeFirstOrThrow()
          const remembered = at - lastFailureDate < FORGOTTEN_AFTER_MS ? failures : 0
          wait = Math.max(wait, waitOf(bucket, remembered, lastFailureDate, at))
          counts.push({ name: bucket.name, failures: remembered + 1 })
        }
        if (wait > 0) return wait
        for (const { name, failures } of counts) {
          await tx
            .updateTable('signInThrottle')
            .set({ failures, lastFailureDate: at })
            .where('accountId', '=', account)
            .where('bucket', '=', name)
            .execute()
        }
        return 0
      }),

    async forgive(buckets) {
      await store.transaction(tx =>
        tx
          .deleteFrom('signInThrottle')
          .where('accountId', '=', account)
          .where('bucket', 'in', namesOf(buckets))
          .execute(),
      )
    },

    async giveBack(buckets) {
      await store.transaction(tx =>
        tx
          .updateTable('signInThrottle')
          .set({ failures: sql<number>`failures - 1` })
          .where('accountId', '=', account)
          .where('bucket', 'in', namesOf(buckets))
          .where('failures', '>', 0)
          .execute(),
      )
    },
  }
}

const namesOf = (buckets: readonly Bucket[]) => buckets.map(({ name }) => name)

const inOrder = (buckets: readonly Bucket[]) =>
  buckets.toSorted((a, b) => (a.name < b.name ? -1 : 1))

/** Seconds that are left to wait. */
function waitOf(
  { freeGuesses, longestWaitSeconds }: Bucket,
  failures: number,
  lastFailureDate: number,
  at: number,
): number {
  if (failures <= freeGuesses) return 0
  const wait = Math.min(2 ** (failures - freeGuesses - 1), longestWaitSeconds)
  // The distance, so that a clock that was ahead locks nobody out.
  const waited = Math.abs(at - lastFailureDate) / 1000
  return waited < wait ? Math.ceil(wait - waited) : 0
}
