// A memory of bounded size: what it has not room for, it forgets, the oldest entry first. For values that can always be had again.

export type Recent<Value, Key = string> = {
  /** The value under `key`, made and remembered when it is missing. */
  readonly get: (key: Key, make: () => Value) => Value
  readonly find: (key: Key) => Value | undefined
  readonly set: (key: Key, value: Value) => void
}

/** Remembers at most `most` values. */
export function recent<Value, Key = string>(most: number): Recent<Value, Key> {
  const values = new Map<Key, Value>()

  const set = (key: Key, value: Value) => {
    if (values.size >= most && !values.has(key)) values.delete(values.keys().next().value ?? key)
    values.set(key, value)
  }

  return {
    set,
    find: key => values.get(key),
    get(key, make) {
      const known = values.get(key)
      if (known !== undefined) return known
      const value = make()
      set(key, value)
      return value
    },
  }
}
