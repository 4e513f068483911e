// MFA devices of the demo, and the codes that they show. Every seed can be told from its holder's name: they are as public as the
// passwords.
import { decodeBase32, timeStep, totpCode, totpSecret } from '@twinlock/factors'

export type App = {
  readonly kind: 'app'
  readonly deviceName: string
  /** How many seconds the clock of the phone has come to be behind. */
  readonly secondsBehind?: number
}

/** A hardware token. */
export type Token = {
  readonly kind: 'token'
  readonly serialNumber: string
  readonly digits: 6 | 8
  readonly periodSeconds: 30 | 60
}

/** A passkey or security key. Its private key is in no file: nobody can be asked for it. */
export type Key = {
  readonly kind: 'key'
  readonly deviceName: string
  /** Whether it is a passkey that its owner's devices share. */
  readonly isSynchronised: boolean
}

export type Device = App | Token | Key

const SEED_CHARACTERS = 32

/** 160 bits in Base32, for instance `ANATWINLOCKDEMOANATWINLOCKDEMOAN`. */
export const seedOf = (holder: string): string =>
  `${holder.toUpperCase()}TWINLOCKDEMO`.repeat(3).slice(0, SEED_CHARACTERS)

/** How a device makes its codes. */
const formatOf = (device: App | Token) =>
  device.kind === 'token' ? device : ({ digits: 6, periodSeconds: 30 } as const)

/** The code of a device at a time of its own clock, or so many time steps later. */
export function codeAt(device: App | Token, holder: string, at: Date, steps = 0): string {
  const format = formatOf(device)
  const step = timeStep(at.getTime() / 1000, format.periodSeconds) + steps
  return totpCode(totpSecret(decodeBase32(seedOf(holder))), step, format)
}

/** What the device's display shows now and next, and for how many seconds yet. */
export function shownCodes(device: App | Token, holder: string, now: Date) {
  const at = new Date(now.getTime() - 1000 * (secondsBehind(device) ?? 0))
  const { periodSeconds } = formatOf(device)
  const secondsLeft = periodSeconds - (Math.floor(at.getTime() / 1000) % periodSeconds)
  return {
    code: codeAt(device, holder, at),
    nextCode: codeAt(device, holder, at, 1),
    secondsLeft,
  }
}

const secondsBehind = (device: App | Token) =>
  device.kind === 'app' ? device.secondsBehind : undefined

/** The device in a few words. */
export function nameOf(device: Device): string {
  switch (device.kind) {
    case 'app':
      return device.secondsBehind === undefined
        ? 'authenticator app'
        : `authenticator app, ${device.secondsBehind / 60} minutes behind`
    case 'token':
      return `hardware token ${device.serialNumber}, ${device.digits} digits every ${device.periodSeconds} s`
    case 'key':
      return device.isSynchronised ? 'passkey' : 'security key'
    default:
      return device satisfies never
  }
}
