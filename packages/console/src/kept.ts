// What this browser keeps for whoever uses it: how they like things, never a secret. Where storage is refused (private windows, policies),
// nothing is kept and nothing fails.

/** What was kept under that key, as `parse` makes it out; undefined where there is nothing, or nothing that it understands. */
export function readKept<Value>(
  key: string,
  parse: (text: string) => Value | undefined,
): Value | undefined {
  try {
    const text = localStorage.getItem(key)
    return text === null ? undefined : parse(text)
  } catch {
    // Refused, or written by something else.
    return undefined
  }
}

/** Keeps a text; undefined: forgets it. */
export function keep(key: string, text: string | undefined): void {
  try {
    if (text === undefined) localStorage.removeItem(key)
    else localStorage.setItem(key, text)
  } catch {
    // Refused, or full: next time it is as usual.
  }
}

/** The members of what was kept as JSON, by name, to be looked at one by one. */
export function membersOf(text: string): Readonly<Record<string, unknown>> {
  const kept: unknown = JSON.parse(text)
  return typeof kept === 'object' && kept !== null ? { ...kept } : {}
}
