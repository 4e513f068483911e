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
