// How an MFA device may be called (https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateVirtualMFADevice.html).

const LONGEST = 64

/** What is wrong with a device's name, or undefined. */
export function problemOfDeviceName(name: string): string | undefined {
  if (name === '') return 'Enter a name for the device.'
  if (name.length > LONGEST) return `A name has at most ${LONGEST} characters.`
  if (!/^[\w+=,.@-]+$/.test(name))
    return 'A name consists of letters, digits and + = , . @ - _ without spaces.'
  return undefined
}

/** The words for a name that was refused, or undefined. An app's name is the account's: somebody else's `phone` stands in the way. */
export function problemOfTakenName(refusal: unknown): string | undefined {
  const isTaken =
    refusal instanceof Error &&
    'code' in refusal &&
    String(refusal.code).startsWith('EntityAlreadyExists')
  return isTaken ? 'A device of this account has that name already. Choose another one.' : undefined
}
