// Dates as AWS prints them where fractions of a second have no place: `2026-01-02T03:04:05Z` (ISO 8601).

/** The second that was asked for last: most requests of a second ask for that second, and printing it costs a microsecond. */
let last = { second: Number.NaN, text: '' }

export function isoSeconds(date: Date): string {
  const second = Math.floor(date.getTime() / 1000)
  if (second !== last.second) last = { second, text: `${date.toISOString().slice(0, 19)}Z` }
  return last.text
}
