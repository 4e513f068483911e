// Lengths of time in days.

export const DAY_MS = 86_400_000

/** Whole days from then to now. */
export function daysSince(at: Date, now: Date): number {
  return Math.floor((now.getTime() - at.getTime()) / DAY_MS)
}
