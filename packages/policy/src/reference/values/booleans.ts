// Truth of Bool and Null: `true` in any letter case is true, every other text is false.

/** On both sides: `yes` in a policy means false. */
export function isTrue(text: string): boolean {
  return text.toLowerCase() === 'true'
}
