// The keyring seals what must be secret at rest or in a client's hands: AES-256-GCM under data keys, which are themselves
// kept sealed under the master key. Every seal names a 16-byte salt, from which its AES key is derived; the salt is drawn anew every
// so often, so that random nonces never come near the limit of one key, however many session tokens are made.
import {
  createCipheriv,
  createDecipheriv,
  createHmac,
  createSecretKey,
  hkdfSync,
} from 'node:crypto'
import type { KeyObject } from 'node:crypto'
import type { Random } from '../identifiers/random.ts'
import { recent } from '../recent.ts'

/** What a sealed thing is for. One purpose's seals do not open for another. */
export type Purpose =
  | 'data-key'
  | 'secret-access-key'
  | 'totp-seed'
  | 'session'
  | 'marker'
  | 'authorization-message'
  | 'sign-in'
  | 'known-browser'

export type Keyring = {
  /**
   * `plain`, sealed by the key that seals.
   * @param boundTo what the seal belongs to (an access key id, a serial number): it opens only beside the same text
   */
  readonly seal: (purpose: Purpose, plain: Buffer, boundTo?: string) => Buffer
  /** The plain bytes, or undefined when `sealed` is not ours, was altered, or belongs elsewhere. */
  readonly open: (purpose: Purpose, sealed: Uint8Array, boundTo?: string) => Buffer | undefined
  /** A proof (HMAC-SHA-256, 32 bytes) that this keyring has seen `text`: the same one, whichever key seals. */
  readonly mac: (purpose: Purpose, text: string) => Buffer
}

/** A data key and the number that seals name it by. */
export type DataKey = { readonly keyId: number; readonly key: Buffer }

export const KEY_BYTES = 32

const VERSION = 1
const SALT_BYTES = 16
const IV_BYTES = 12
const TAG_BYTES = 16
/** Where a seal's key id stands, as four bytes. */
export const KEY_ID_OFFSET = 1
export const KEY_ID_BYTES = 4
const SALT_OFFSET = KEY_ID_OFFSET + KEY_ID_BYTES
const HEADER_BYTES = SALT_OFFSET + SALT_BYTES

/** Seals under one salt: NIST SP 800-38D §8.3 allows 2^32 with random nonces. */
const SEALS_PER_SALT = 2 ** 24
const CACHED_KEYS = 1000

/**
 * A keyring of one key or more. The first one makes the proofs.
 * @param sealing the key that seals: the last one when left out
 */
export function openKeyring(
  keys: readonly DataKey[],
  random: Random,
  sealing = keys.at(-1),
): Keyring {
  const [proving] = keys
  if (proving === undefined || sealing === undefined) throw new RangeError('a keyring needs a key')
  const purposeKeys = new Map<string, KeyObject>()
  const sealKeys = recent<KeyObject>(CACHED_KEYS)

  const purposeKey = (purpose: Purpose, keyId: number): KeyObject | undefined => {
    const name = `${keyId}/${purpose}`
    const known = purposeKeys.get(name)
    if (known !== undefined) return known
    const dataKey = keys.find(key => key.keyId === keyId)
    if (dataKey === undefined) return undefined
    const derived = hkdfSync('sha256', dataKey.key, '', `twinlock/${purpose}`, KEY_BYTES)
    const key = createSecretKey(Buffer.from(derived))
    purposeKeys.set(name, key)
    return key
  }

  /** The AES key of a header. A KeyObject: given as bytes, each use would cost 30 µs more. */
  const sealKeyFor = (purpose: Purpose, header: Buffer): KeyObject | undefined => {
    const known = sealKeys.find(nameOf(purpose, header))
    if (known !== undefined) return known
    const key = purposeKey(purpose, header.readUInt32BE(KEY_ID_OFFSET))
    if (key === undefined) return undefined
    const salt = header.subarray(SALT_OFFSET)
    return createSecretKey(createHmac('sha256', key).update(salt).digest())
  }

  const newHeader = (): Buffer => {
    const header = Buffer.alloc(HEADER_BYTES)
    header.writeUInt8(VERSION)
    header.writeUInt32BE(sealing.keyId, KEY_ID_OFFSET)
    random(SALT_BYTES).copy(header, SALT_OFFSET)
    return header
  }

  let sealHeader = newHeader()
  let seals = 0

  return {
    seal(purpose, plain, boundTo = '') {
      if (++seals % SEALS_PER_SALT === 0) sealHeader = newHeader()
      const key = sealKeyFor(purpose, sealHeader)
      if (key === undefined) throw new RangeError('the key that seals is not on the ring')
      sealKeys.set(nameOf(purpose, sealHeader), key)
      const iv = random(IV_BYTES)
      const cipher = createCipheriv('aes-256-gcm', key, iv)
      cipher.setAAD(Buffer.concat([sealHeader, Buffer.from(boundTo)]))
      const sealed = [sealHeader, iv, cipher.update(plain), cipher.final()]
      return Buffer.concat([...sealed, cipher.getAuthTag()])
    },

    mac(purpose, text) {
      const key = purposeKey(purpose, proving.keyId)
      if (key === undefined) throw new RangeError('the first key is not on the ring')
      return createHmac('sha256', key).update(text).digest()
    },

    open(purpose, sealed, boundTo = '') {
      const bytes = Buffer.from(sealed.buffer, sealed.byteOffset, sealed.byteLength)
      if (bytes.length < HEADER_BYTES + IV_BYTES + TAG_BYTES || bytes[0] !== VERSION)
        return undefined
      const header = bytes.subarray(0, HEADER_BYTES)
      const key = sealKeyFor(purpose, header)
      if (key === undefined) return undefined
      const iv = bytes.subarray(HEADER_BYTES, HEADER_BYTES + IV_BYTES)
      const decipher = createDecipheriv('aes-256-gcm', key, iv, {
        authTagLength: TAG_BYTES,
      })
      decipher.setAAD(Buffer.concat([header, Buffer.from(boundTo)]))
      decipher.setAuthTag(bytes.subarray(-TAG_BYTES))
      try {
        const begin = decipher.update(bytes.subarray(HEADER_BYTES + IV_BYTES, -TAG_BYTES))
        const plain = Buffer.concat([begin, decipher.final()])
        // Remembered once it has opened something: made-up salts push nobody's key out.
        sealKeys.set(nameOf(purpose, header), key)
        return plain
      } catch {
        return undefined
      }
    },
  }
}

const nameOf = (purpose: Purpose, header: Buffer) => `${purpose} ${header.toString('base64')}`
