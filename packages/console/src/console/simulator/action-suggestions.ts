// Actions that somebody may mean, by any part of their name.
import type { Suggestion } from './suggestion.ts'

const MOST = 200

/** @param known every action by its full name, in order of services */
export function suggestActions(typed: string, known: readonly string[]): readonly Suggestion[] {
  const lower = typed.toLowerCase()
  const found = known.filter(name => name.toLowerCase().includes(lower))
  const services = new Set(
    found.map(name => name.slice(0, name.indexOf(':'))).filter(name => name.startsWith(lower)),
  )
  const wholes = Array.from(services, name => ({
    value: `${name}:*`,
    description: `All actions of ${name}`,
  }))
  // What begins so comes before what has it somewhere.
  const near = found.filter(name => startsAt(name, lower))
  const far = found.filter(name => !startsAt(name, lower))
  return [...wholes, ...[...near, ...far].map(value => ({ value }))].slice(0, MOST)
}

/** In the prefix, or in the name after it. */
function startsAt(name: string, lower: string): boolean {
  const whole = name.toLowerCase()
  return whole.startsWith(lower) || whole.slice(whole.indexOf(':') + 1).startsWith(lower)
}
