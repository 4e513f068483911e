// The keyring seals what must be secret at rest or in a client's hands: AES-256-GCM under data keys, which are themselves
// kept sealed under the master key. A fresh AES key is derived for every seal from a 16-byte salt, so that random nonces
// never come near the limit of one key, however many session tokens are made.
import {
  createCipheriv,
  createDecipheriv,
  createHmac,
  createSecretKey,
  hkdfSync,
} from 'node:crypto'
import type { KeyObject } from 'node:crypto'
import type { Random } from '../identifiers/random.ts'

/** What a sealed thing is for. One purpose's seals do not open for another. */
export type Purpose = 'data-key' | 'secret-access-key' | 'totp-seed' | 'session' | 'marker'

export type Keyring = {
  /**
   * `plain`, sealed by the newest key.
   * @param boundTo what the seal belongs to (an access key id, a serial number): it opens only beside the same text
   */
  readonly seal: (purpose: Purpose, plain: Buffer, boundTo?: string) => Buffer
  /** The plain bytes, or undefined when `sealed` is not ours, was altered, or belongs elsewhere. */
  readonly open: (purpose: Purpose, sealed: Uint8Array, boundTo?: string) => Buffer | undefined
  /** A proof (HMAC-SHA-256, 32 bytes) that this keyring has seen `text`. */
  readonly mac: (purpose: Purpose, text: string) => Buffer
}

/** A data key and the number that seals name it by. */
export type DataKey = { readonly keyId: number; readonly key: Buffer }

export const KEY_BYTES = 32

const VERSION = 1
const SALT_BYTES = 16
const IV_BYTES = 12
const TAG_BYTES = 16
const HEADER_BYTES = 1 + 4 + SALT_BYTES

/** A keyring of one key or more; the last one seals. */
export function openKeyring(keys: readonly DataKey[], random: Random): Keyring {
  const newest = keys.at(-1)
  if (newest === undefined) throw new RangeError('a keyring needs a key')
  const purposeKeys = new Map<string, KeyObject>()

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

  const sealKey = (key: KeyObject, salt: Uint8Array) =>
    createHmac('sha256', key).update(salt).digest()

  return {
    seal(purpose, plain, boundTo = '') {
      const key = purposeKey(purpose, newest.keyId)
      if (key === undefined) throw new RangeError('the newest key is not on the ring')
      const nonce = random(SALT_BYTES + IV_BYTES)
      const header = Buffer.alloc(HEADER_BYTES)
      header.writeUInt8(VERSION)
      header.writeUInt32BE(newest.keyId, 1)
      nonce.copy(header, 5, 0, SALT_BYTES)
      const iv = nonce.subarray(SALT_BYTES)
      const cipher = createCipheriv('aes-256-gcm', sealKey(key, header.subarray(5)), iv)
      cipher.setAAD(Buffer.concat([header, Buffer.from(boundTo)]))
      const sealed = [header, iv, cipher.update(plain), cipher.final()]
      return Buffer.concat([...sealed, cipher.getAuthTag()])
    },

    mac(purpose, text) {
      const key = purposeKey(purpose, newest.keyId)
      if (key === undefined) throw new RangeError('the newest key is not on the ring')
      return createHmac('sha256', key).update(text).digest()
    },

    open(purpose, sealed, boundTo = '') {
      const bytes = Buffer.from(sealed.buffer, sealed.byteOffset, sealed.byteLength)
      if (bytes.length < HEADER_BYTES + IV_BYTES + TAG_BYTES || bytes[0] !== VERSION)
        return undefined
      const header = bytes.subarray(0, HEADER_BYTES)
      const key = purposeKey(purpose, header.readUInt32BE(1))
      if (key === undefined) return undefined
      const iv = bytes.subarray(HEADER_BYTES, HEADER_BYTES + IV_BYTES)
      const decipher = createDecipheriv('aes-256-gcm', sealKey(key, header.subarray(5)), iv, {
        authTagLength: TAG_BYTES,
      })
      decipher.setAAD(Buffer.concat([header, Buffer.from(boundTo)]))
      decipher.setAuthTag(bytes.subarray(-TAG_BYTES))
      try {
        const plain = decipher.update(bytes.subarray(HEADER_BYTES + IV_BYTES, -TAG_BYTES))
        return Buffer.concat([plain, decipher.final()])
      } catch {
        return undefined
      }
    },
  }
}
