// Text as a POSIX shell takes it for one word, for commands that are shown to be typed.

/** The text itself where it is harmless, otherwise in single quotes (POSIX.1-2024, 2.2.2). */
export function shellWord(text: string) {
  return /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", String.raw`'\''`)}'`
}
