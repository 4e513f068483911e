// Dates as AWS prints them where fractions of a second have no place: `2026-01-02T03:04:05Z` (ISO 8601).
import { recent } from '../recent.ts'

/** Printing one costs a microsecond, and what is printed in one second are the same few: now, and when sessions began and end. */
const printed = recent<string, number>(1000)

export function isoSeconds(date: Date): string {
  const second = Math.floor(date.getTime() / 1000)
  return printed.get(second, () => `${date.toISOString().slice(0, 19)}Z`)
}
