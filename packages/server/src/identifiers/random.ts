// Random bytes from a pool that is filled in blocks: one call to the system's generator costs 2 µs, whatever its size.
import { randomFillSync } from 'node:crypto'

/** Returns `size` unpredictable bytes. */
export type Random = (size: number) => Buffer

const POOL_BYTES = 8192

/** A generator over a pool of its own. Handed-out bytes are wiped from the pool, so that they are nowhere else. */
export function pooledRandom(): Random {
  const pool = Buffer.allocUnsafeSlow(POOL_BYTES)
  let used = POOL_BYTES

  return size => {
    if (size > POOL_BYTES / 2) return randomFillSync(Buffer.allocUnsafe(size))
    if (used + size > POOL_BYTES) {
      randomFillSync(pool)
      used = 0
    }
    const bytes = Buffer.from(pool.subarray(used, used + size))
    pool.fill(0, used, used + size)
    used += size
    return bytes
  }
}
