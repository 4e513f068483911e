// Dates as AWS prints them where fractions of a second have no place: `2026-01-02T03:04:05Z` (ISO 8601).

export const isoSeconds = (date: Date) => `${date.toISOString().slice(0, 19)}Z`
