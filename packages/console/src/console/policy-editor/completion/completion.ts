// What can be written at a place.

export type Completion = {
  readonly text: string
  /** Said beside it: `Write`, `service`, `Bool`. */
  readonly note: string
  /** Parts of the text that are to be replaced, in order: `BucketName`. */
  readonly blanks?: readonly string[]
  /** Whether more follows at once, as an action after its service. */
  readonly goesOn?: boolean
  /** The higher the earlier; 0 where it is not told. */
  readonly rank?: number
}

export const completionsOf = (note: string, texts: readonly string[]): readonly Completion[] =>
  texts.map((text, index) => ({ text, note, rank: texts.length - index }))
