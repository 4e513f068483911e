// What takes long and writes nothing, a hash of a password or the signature of a key, is computed before the transaction that needs
// it: inside, every other writer would wait for it. A transaction that meets something not computed yet is undone and begins
// again when it is, so that it decides on rows as they are then. What was computed is known by all that it was computed from:
// where a row has changed meanwhile, it is computed anew.
import type { Queries, Store } from './store.ts'

/** Results by what they were computed from. */
type Computed = Map<string, unknown>

const computedFor = new WeakMap<Queries, Computed>()

/** An operation computes two or three things; more only while others keep changing the rows beneath it. */
const MOST_BEGINNINGS = 16

/** One transaction whose `work` may need what `beforehand` computes: it runs once for each, and what the last run wrote stays. */
export async function restartingTransaction<Result>(
  store: Pick<Store, 'transaction'>,
  work: Parameters<typeof store.transaction<Result>>[0],
): Promise<Result> {
  const computed: Computed = new Map()
  for (let beginning = 0; beginning < MOST_BEGINNINGS; beginning++) {
    try {
      return await store.transaction(tx => {
        computedFor.set(tx, computed)
        return work(tx)
      })
    } catch (thrown) {
      if (!(thrown instanceof NotComputed)) throw thrown
      computed.set(thrown.key, await thrown.compute())
    }
  }
  throw new Error(`a transaction began ${MOST_BEGINNINGS} times`)
}

/**
 * What `compute` returns. Inside a transaction it must be a restarting one, which is undone if this is the first time.
 * @param from what the result is of, and every value from the store that it depends on; what the request itself brought stays as it is
 */
export async function beforehand<Result>(
  db: Queries,
  from: readonly [what: string, ...values: (string | undefined)[]],
  compute: () => Promise<Result>,
): Promise<Result> {
  if (!db.isTransaction) return compute()
  const computed = computedFor.get(db)
  if (computed === undefined) throw new Error(`${from[0]} in a transaction that cannot begin again`)
  const key = JSON.stringify(from)
  if (!computed.has(key)) throw new NotComputed(key, compute)
  // Only the same computation has this key.
  return computed.get(key) as Result
}

/** Undoes the transaction. Not for anybody else to catch. */
class NotComputed extends Error {
  readonly key: string
  readonly compute: () => Promise<unknown>

  constructor(key: string, compute: () => Promise<unknown>) {
    super('not computed yet')
    this.key = key
    this.compute = compute
  }
}
