// Times of Signature Version 4: ISO 8601 basic format, in UTC, to the second.

/** The time that `YYYYMMDDTHHMMSSZ` says, in milliseconds since the epoch, or undefined. */
export function parseTimestamp(text: string): number | undefined {
  if (!/^\d{8}T\d{6}Z$/.test(text)) return undefined
  const year = 100 * twoDigits(text, 0) + twoDigits(text, 2)
  const month = twoDigits(text, 4)
  const day = twoDigits(text, 6)
  const hour = twoDigits(text, 9)
  const minute = twoDigits(text, 11)
  const second = twoDigits(text, 13)
  // Date.UTC takes years before 100 for years of the last century, and the 32nd of a month for a day of the next.
  if (year < 100 || month < 1 || month > 12 || hour > 23 || minute > 59 || second > 59)
    return undefined
  const time = Date.UTC(year, month - 1, day, hour, minute, second)
  return new Date(time).getUTCDate() === day ? time : undefined
}

function twoDigits(text: string, start: number): number {
  const zero = 48
  return 10 * (text.charCodeAt(start) - zero) + text.charCodeAt(start + 1) - zero
}

/** @param time milliseconds since the epoch */
export function printTimestamp(time: number): string {
  return new Date(time).toISOString().replace(/[-:]|\.\d+/g, '')
}
