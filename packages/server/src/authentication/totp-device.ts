// A virtual MFA device or a hardware token as the ledger of codes takes it: its seed unsealed, and kept as a key for the next code.
import { totpSecret } from '@twinlock/factors'
import type { TotpFormat, TotpSecret } from '@twinlock/factors'
import type { Selectable } from 'kysely'
import type { AccountId } from '../identifiers/account-id.ts'
import type { Keyring } from '../keyring/keyring.ts'
import type { Recent } from '../recent.ts'
import { recent } from '../recent.ts'
import type { Tables } from '../store/tables.ts'
import type { TotpDevice } from './totp-ledger.ts'

type SealedDevice = Pick<
  Selectable<Tables['mfaDevice']>,
  'serialNumber' | 'sealedSeed' | 'totpFormat' | 'validFrom' | 'validUntil'
>

const CACHED_SEEDS = 4096

/** Unsealed seeds by what they were sealed as: no two seals are alike, so a replaced seed is never found under the new one. */
const unsealed = new WeakMap<Keyring, Recent<TotpSecret>>()

/** The bytes of a seed, sealed for its device alone. */
export function sealSeed(keyring: Keyring, seed: Buffer, serialNumber: string): Buffer {
  return keyring.seal('totp-seed', seed, serialNumber)
}

/**
 * The device, or undefined of one that has no codes: a security key.
 * @throws Error when the seed does not open: the store was altered, or its key is gone
 */
export function totpDevice(
  keyring: Keyring,
  account: AccountId,
  { serialNumber, sealedSeed, totpFormat, validFrom, validUntil }: SealedDevice,
): TotpDevice | undefined {
  if (sealedSeed === null) return undefined
  return {
    account,
    serialNumber,
    secret: secretOf(keyring, serialNumber, sealedSeed),
    // Only ImportHardwareTokens writes the column.
    ...(totpFormat !== null && { format: JSON.parse(totpFormat) as TotpFormat }),
    ...(validFrom !== null && { validFrom }),
    ...(validUntil !== null && { validUntil }),
  }
}

function secretOf(keyring: Keyring, serialNumber: string, sealedSeed: Uint8Array): TotpSecret {
  const seeds = seedsOf(keyring)
  const { buffer, byteOffset, byteLength } = sealedSeed
  const name = `${serialNumber} ${Buffer.from(buffer, byteOffset, byteLength).toString('base64')}`
  return seeds.get(name, () => {
    const seed = keyring.open('totp-seed', sealedSeed, serialNumber)
    if (seed === undefined) throw new Error(`the seed of ${serialNumber} does not open`)
    return totpSecret(seed)
  })
}

function seedsOf(keyring: Keyring): Recent<TotpSecret> {
  const seeds = unsealed.get(keyring) ?? recent<TotpSecret>(CACHED_SEEDS)
  unsealed.set(keyring, seeds)
  return seeds
}
