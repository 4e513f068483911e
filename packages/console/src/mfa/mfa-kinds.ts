// The kinds of MFA device, by AWS's names, in AWS's order (https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_mfa.html).

export type MfaKind = 'security-key' | 'totp' | 'hardware-token'

export const MFA_KINDS: Readonly<
  Record<MfaKind, { readonly label: string; readonly what: string }>
> = {
  'security-key': {
    label: 'Passkey or security key',
    what: 'Your fingerprint, face or screen lock, or a FIDO2 security key. It answers to this site alone: no other page can trick you out of it.',
  },
  totp: {
    label: 'Authenticator app',
    what: 'Six-digit codes from an app on your phone or computer.',
  },
  'hardware-token': {
    label: 'Hardware TOTP token',
    what: 'Codes from a token with a display, given to you by your administrator.',
  },
}

export const ALL_MFA_KINDS = Object.keys(MFA_KINDS) as MfaKind[]

/** What kind of device a serial number names: a user's `u2f/…` is a security key, an ARN of `mfa/…` an app, all else a token. */
export function kindOfSerialNumber(serialNumber: string): MfaKind {
  if (/^arn:[^:]*:iam::\d*:u2f\//.test(serialNumber)) return 'security-key'
  return serialNumber.startsWith('arn:') ? 'totp' : 'hardware-token'
}

/** The name that its owner gave a device: the last part of its serial number, without the id that a security key's ends with. */
export function deviceNameOf(serialNumber: string): string {
  if (!serialNumber.startsWith('arn:')) return serialNumber
  const last = serialNumber.split('/').at(-1) ?? serialNumber
  return kindOfSerialNumber(serialNumber) === 'security-key'
    ? last.replace(/-[A-Z2-7]{26}$/, '')
    : last
}
