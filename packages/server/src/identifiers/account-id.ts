// The account id: twelve decimal digits that lead every ARN, every primary key and every access key id.

declare const brand: unique symbol
/** A string that one parser has checked. */
export type Brand<Text extends string, Name extends string> = Text & { readonly [brand]: Name }

/** Twelve decimal digits. */
export type AccountId = Brand<string, 'AccountId'>

/** The account id in `text`, or undefined. */
export function findAccountId(text: string): AccountId | undefined {
  return /^\d{12}$/.test(text) ? (text as AccountId) : undefined
}

/** @throws RangeError when `text` is not twelve digits: for values of our own, never for a caller's input. */
export function parseAccountId(text: string): AccountId {
  const account = findAccountId(text)
  if (account === undefined) throw new RangeError(`${text} is not an account id`)
  return account
}
