// How the benchmarks measure. Machines are shared: what counts is the thread's own processor time, and
// the best of several rounds, for nothing but the work itself makes every round slow.

/** Calls per second of `work`, which is told how many calls to make. */
export function perSecond(work: (calls: number) => void, calls: number, rounds = 7): number {
  work(calls)
  let best = 0
  for (let round = 0; round < rounds; round++) {
    const before = process.threadCpuUsage()
    work(calls)
    const { user, system } = process.threadCpuUsage(before)
    best = Math.max(best, (calls / (user + system)) * 1e6)
  }
  return best
}

/**
 * Bytes that a call allocates: what the heap grew by, in the median of the rounds. A round in which
 * it shrank met a collection and says nothing.
 */
export function bytesPerCall(work: (calls: number) => void, calls: number, rounds = 50): number {
  work(calls)
  const grown = Array.from({ length: rounds }, () => {
    const before = process.memoryUsage().heapUsed
    work(calls)
    return (process.memoryUsage().heapUsed - before) / calls
  })
  const undisturbed = grown.filter(bytes => bytes >= 0).toSorted((one, other) => one - other)
  return undisturbed[undisturbed.length >> 1] ?? Number.NaN
}
