// How long sessions of a role may last.
/** One hour to twelve. */
export const SESSION_DURATIONS = [1, 2, 4, 8, 12].map(hours => ({
  value: String(hours * 3600),
  label: hours === 1 ? '1 hour' : `${hours} hours`,
}))

/** `1 hour`, `90 minutes` */
export function durationText(seconds: number): string {
  const known = SESSION_DURATIONS.find(({ value }) => value === String(seconds))
  return known?.label ?? `${Math.floor(seconds / 60)} minutes`
}
