// Authenticators that Chromium plays (https://www.w3.org/TR/webauthn-3/#sctn-automation), of the kinds that people hold.
import type { CDPSession, Page } from 'playwright-core'

const KINDS = {
  /** A security key without room for credentials and without a PIN. */
  'CTAP2 key': {
    protocol: 'ctap2',
    ctap2Version: 'ctap2_1',
    transport: 'usb',
    hasResidentKey: false,
    hasUserVerification: false,
  },
  /** The device's own, behind a fingerprint. */
  'platform passkey': {
    protocol: 'ctap2',
    ctap2Version: 'ctap2_1',
    transport: 'internal',
    hasResidentKey: true,
    hasUserVerification: true,
    isUserVerified: true,
  },
  /** A key of before 2018. */
  'U2F key': {
    protocol: 'u2f',
    transport: 'usb',
    hasResidentKey: false,
    hasUserVerification: false,
  },
} as const

export type AuthenticatorKind = keyof typeof KINDS

export const AUTHENTICATOR_KINDS = Object.keys(KINDS) as AuthenticatorKind[]

export type VirtualAuthenticator = {
  /** Whether somebody touches it when it blinks. */
  readonly touch: (isTouched: boolean) => Promise<void>
  /** Whether the finger that touches it is its owner's. */
  readonly verify: (isUserVerified: boolean) => Promise<void>
  /** Its counter starts again: as that of a copy made before. */
  readonly turnBackCounter: () => Promise<void>
  readonly unplug: () => Promise<void>
}

/** Plugs an authenticator into the page's browser. */
export async function plugIn(page: Page, kind: AuthenticatorKind): Promise<VirtualAuthenticator> {
  const devtools = await page.context().newCDPSession(page)
  await devtools.send('WebAuthn.enable')
  const { authenticatorId } = await devtools.send('WebAuthn.addVirtualAuthenticator', {
    options: { ...KINDS[kind], automaticPresenceSimulation: true },
  })
  return {
    touch: async enabled => {
      await devtools.send('WebAuthn.setAutomaticPresenceSimulation', { authenticatorId, enabled })
    },
    verify: async isUserVerified => {
      await devtools.send('WebAuthn.setUserVerified', { authenticatorId, isUserVerified })
    },
    turnBackCounter: () => turnBackCounter(devtools, authenticatorId),
    unplug: async () => {
      await devtools.send('WebAuthn.removeVirtualAuthenticator', { authenticatorId })
    },
  }
}

async function turnBackCounter(devtools: CDPSession, authenticatorId: string): Promise<void> {
  const { credentials } = await devtools.send('WebAuthn.getCredentials', { authenticatorId })
  await devtools.send('WebAuthn.clearCredentials', { authenticatorId })
  for (const credential of credentials) {
    await devtools.send('WebAuthn.addCredential', {
      authenticatorId,
      credential: { ...credential, signCount: 0 },
    })
  }
}
