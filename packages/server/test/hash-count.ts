// How many hashes of passwords this process computes, by Node's own account: argon2's are all the work that an addon of ours gives to
// libuv's threads, and it gives it no name.
import { createHook } from 'node:async_hooks'

const WORK_OF_AN_ADDON = 'undefined'

export type HashCount = {
  /** Those that `work` had computed, and the most of them at once. */
  readonly during: (work: () => Promise<unknown>) => Promise<{
    readonly hashes: number
    readonly mostAtOnce: number
  }>
  readonly [Symbol.dispose]: () => void
}

export function countHashes(): HashCount {
  let hashes = 0
  let mostAtOnce = 0
  const underWay = new Set<number>()
  const hook = createHook({
    init(id, type) {
      if (type !== WORK_OF_AN_ADDON) return
      hashes++
      underWay.add(id)
      mostAtOnce = Math.max(mostAtOnce, underWay.size)
    },
    before: id => void underWay.delete(id),
  }).enable()
  return {
    async during(work) {
      hashes = 0
      mostAtOnce = underWay.size
      await work()
      return { hashes, mostAtOnce }
    },
    [Symbol.dispose]: () => void hook.disable(),
  }
}
