export const DAY_MS = 86_400_000

/** Whole days since then. */
export function daysSince(at: Date): number {
  return Math.floor((Date.now() - at.getTime()) / DAY_MS)
}
