// Lower case as StringEqualsIgnoreCase compares it: in context (a final sigma is one), no case folding
// and no normalization; pairs of surrogates keep their case, as observed.

const CHANGES = /[A-Z\u0080-\uffff]/

/** No text becomes shorter. */
export function lowerCase(text: string): string {
  if (!CHANGES.test(text)) return text
  return text.replaceAll(/[^\ud800-\udfff]+/g, run => run.toLowerCase())
}

/** Whether the unit is one of ASCII, whose lower case depends on no other. */
export function isAscii(unit: number): boolean {
  return unit < 0x80
}

/** The lower case of a unit of ASCII. */
export function lowerAscii(unit: number): number {
  return unit >= 0x41 && unit <= 0x5a ? unit + 0x20 : unit
}
