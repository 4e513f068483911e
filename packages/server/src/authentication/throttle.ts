// Counts of wrong guesses in the store, and who must wait for them (guess-limits.ts). A guess is counted as wrong before it is judged
// and forgiven when it was right, in one transaction each: a hundred guesses at once, or at two nodes, are not a hundred free ones.
import type { AccountId } from '../identifiers/account-id.ts'
import type { Queries, Store } from '../store/store.ts'
import type { GuessCount, GuessLimits } from './guess-limits.ts'
import { LONGEST_WAIT_SECONDS, remembered, waitSeconds } from './guess-limits.ts'

/** Something that is guessed at, or from: its name, and how much it bears. */
export type Bucket = GuessLimits & { readonly name: string }

export type Admission =
  | { readonly outcome: 'wait'; readonly seconds: number }
  | { readonly outcome: 'admitted'; readonly guess: CountedGuess }

/** A guess as it was counted: what each bucket held before. */
export type CountedGuess = readonly CountedInBucket[]

type CountedInBucket = {
  readonly bucket: Bucket
  readonly before: GuessCount
  readonly counted: GuessCount
}

export type Throttle = {
  /** Counts a guess in all buckets. One that must wait is counted in none. */
  readonly admit: (buckets: readonly Bucket[], now: Date) => Promise<Admission>
  /** The guess was right: these buckets are empty. */
  readonly forgive: (buckets: readonly Bucket[]) => Promise<void>
  /** The guess proved nothing against these buckets: they are as if it had not been. */
  readonly giveBack: (guess: CountedGuess) => Promise<void>
}

/** No count remembers a guess for longer. */
const FORGOTTEN_AFTER_MS = LONGEST_WAIT_SECONDS * 1000

export function throttle(store: Store, account: AccountId): Throttle {
  return {
    async admit(buckets, now) {
      const at = now.getTime()
      const seconds = await waitNow(store.db, account, buckets, at)
      if (seconds > 0) return { outcome: 'wait', seconds }
      return store.transaction(tx => admitIn(tx, account, buckets, now))
    },

    async forgive(buckets) {
      const names = buckets.map(({ name }) => name)
      await store.transaction(tx =>
        tx
          .deleteFrom('signInThrottle')
          .where('accountId', '=', account)
          .where('bucket', 'in', names)
          .execute(),
      )
    },

    async giveBack(guess) {
      await store.transaction(async tx => {
        for (const counted of guess) await takeBack(tx, account, counted)
      })
    },
  }
}

/** Counts a guess in all buckets, in a transaction that is open. One that must wait is counted in none. */
export async function admitIn(
  tx: Queries,
  account: AccountId,
  buckets: readonly Bucket[],
  now: Date,
): Promise<Admission> {
  const at = now.getTime()
  const guess: CountedInBucket[] = []
  let wait = 0
  for (const bucket of inOrder(buckets)) {
    const before = await lockCount(tx, account, bucket, at)
    wait = Math.max(wait, waitSeconds(bucket, before, at))
    const failures = remembered(bucket, before, at) + 1
    guess.push({ bucket, before, counted: { failures, lastFailureDate: at } })
  }
  if (wait > 0) return { outcome: 'wait', seconds: wait }
  for (const { bucket, counted } of guess) await writeCount(tx, account, bucket, counted)
  return { outcome: 'admitted', guess }
}

/** The wait of a guess, before it is counted. Whoever waits writes nothing: a stranger's refused guesses would fill the disk and its queue. */
async function waitNow(
  db: Queries,
  account: AccountId,
  buckets: readonly Bucket[],
  at: number,
): Promise<number> {
  const names = buckets.map(({ name }) => name)
  const counts = await db
    .selectFrom('signInThrottle')
    .select(['bucket', 'failures', 'lastFailureDate'])
    .where('accountId', '=', account)
    .where('bucket', 'in', names)
    .execute()
  const waits = buckets.map(bucket => {
    const count = counts.find(({ bucket: name }) => name === bucket.name)
    return count === undefined ? 0 : waitSeconds(bucket, count, at)
  })
  return Math.max(0, ...waits)
}

/** In one order, so that nobody waits in a circle. */
const inOrder = (buckets: readonly Bucket[]) =>
  buckets.toSorted((a, b) => (a.name < b.name ? -1 : 1))

/** What a bucket holds. Writing its row as it is locks it. */
function lockCount(
  tx: Queries,
  accountId: AccountId,
  { name }: Bucket,
  at: number,
): Promise<GuessCount> {
  return tx
    .insertInto('signInThrottle')
    .values({ accountId, bucket: name, failures: 0, lastFailureDate: at })
    .onConflict(conflict =>
      conflict
        .columns(['accountId', 'bucket'])
        .doUpdateSet(eb => ({ failures: eb.ref('signInThrottle.failures') })),
    )
    .returning(['failures', 'lastFailureDate'])
    .executeTakeFirstOrThrow()
}

async function writeCount(tx: Queries, account: AccountId, { name }: Bucket, count: GuessCount) {
  await tx
    .updateTable('signInThrottle')
    .set(count)
    .where('accountId', '=', account)
    .where('bucket', '=', name)
    .execute()
}

/** Where nobody has guessed since, the count and its time are those before: else whoever signs in would renew the wait of all neighbours. */
async function takeBack(
  tx: Queries,
  account: AccountId,
  { bucket, before, counted }: CountedInBucket,
): Promise<void> {
  const held = await lockCount(tx, account, bucket, counted.lastFailureDate)
  const isLast =
    held.failures === counted.failures && held.lastFailureDate === counted.lastFailureDate
  const failures = Math.max(0, held.failures - 1)
  await writeCount(tx, account, bucket, isLast ? before : { ...held, failures })
}

/** Sweeps out counts of which nothing is remembered. */
export async function sweepGuesses(db: Queries, account: AccountId, now: Date): Promise<void> {
  await db
    .deleteFrom('signInThrottle')
    .where('accountId', '=', account)
    .where(eb =>
      eb(eb('lastFailureDate', '+', eb('failures', '*', FORGOTTEN_AFTER_MS)), '<', now.getTime()),
    )
    .execute()
}
