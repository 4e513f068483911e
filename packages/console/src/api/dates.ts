// JSON has no dates: the members of answers that AWS's models call timestamps come as ISO 8601 text and become dates again here. Which
// they are is told by their names, so that a tag whose value looks like a date stays what it is.

const TIMESTAMP = /(?:Date|Time|LastUsed|Authenticated|Expiration|Timestamp|ValidUntil)$/
const ISO_8601 = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d+)?Z$/

/** Parses an answer. */
export function parseAnswer(text: string): unknown {
  return JSON.parse(text, (member, value: unknown) =>
    isTimestamp(member) && typeof value === 'string' && ISO_8601.test(value)
      ? new Date(value)
      : value,
  )
}

/** Whether a member of that name is a timestamp, if it is text. */
export function isTimestamp(member: string): boolean {
  return TIMESTAMP.test(member)
}
