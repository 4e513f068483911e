// What was found once and may be asked for again, within bounds.

/** Answers with what is known by the key, or makes it. */
export type Memory<T> = (key: string, make: (key: string) => T) => T

/**
 * A memory of up to twice `size` entries: what is asked for again moves to the young half, what is
 * not goes with the old one.
 */
export function memory<T extends object>(size: number): Memory<T> {
  let young = new Map<string, T>()
  let old = new Map<string, T>()
  return (key, make) => {
    const known = young.get(key)
    if (known !== undefined) return known
    const value = old.get(key) ?? make(key)
    if (young.size >= size) {
      old = young
      young = new Map()
    }
    young.set(key, value)
    return value
  }
}
