// The protection of keys in PSKC: RFC 6030 §6.1 (pre-shared keys, with MACs) and §6.2 (passphrases). Every value's MAC is
// checked, in constant time, before it is decrypted.
import { createDecipheriv, createHmac, pbkdf2, timingSafeEqual } from 'node:crypto'
import { promisify } from 'node:util'
import { FactorsError } from '../errors.ts'
import { CIPHERS, HMACS, PBKDF2, ds, pkcs5, pskc, xenc, xenc11 } from './pskc-names.ts'
import { unusableFile } from './token-file-error.ts'
import { bytesOf, childOf, childrenOf, findChild, textOf } from './xml.ts'
import type { Element } from './xml.ts'

/** What opens an encrypted PSKC file: the vendor tells which. */
export type PskcKey = { readonly preSharedKey: Uint8Array } | { readonly passphrase: string }

/** Reads the bytes of an EncryptedValue, whose MAC lies in the ValueMAC beside it. */
export type ValueReader = (encryptedValue: Element, valueMac: Element | undefined) => Buffer

/** A second or two of one thread; OWASP asks for 1.3 million of them with SHA-1. */
const MOST_ITERATIONS = 2_000_000
const LONGEST_SALT = 1024
const BLOCK_BYTES = 16

/**
 * The reader for the file's encrypted values; undefined when the file says nothing of encryption.
 * @throws FactorsError `WrongTokenFileKey` when no key was given, or one of the wrong kind
 */
export async function valueReader(
  container: Element,
  key: PskcKey | undefined,
): Promise<ValueReader | undefined> {
  const encryptionKey = findChild(container, pskc('EncryptionKey'))
  if (encryptionKey === undefined) return undefined
  const contentKey = await openEncryptionKey(encryptionKey, key)
  const verify = macVerifier(container, contentKey)
  return (encryptedValue, valueMac) => {
    const cipherText = cipherTextOf(encryptedValue)
    verify(cipherText, valueMac)
    return decrypt(contentKey, encryptedValue, cipherText)
  }
}

async function openEncryptionKey(encryptionKey: Element, key: PskcKey | undefined) {
  const derivedKey = findChild(encryptionKey, xenc11('DerivedKey'))
  if (derivedKey !== undefined) {
    if (key === undefined || !('passphrase' in key)) throw wrongKey('it needs its passphrase')
    return deriveKey(derivedKey, key.passphrase)
  }
  if (findChild(encryptionKey, ds('KeyName')) === undefined) {
    throw unusableFile('it is encrypted neither with a pre-shared key nor with a passphrase')
  }
  if (key === undefined || !('preSharedKey' in key)) throw wrongKey('it needs its pre-shared key')
  return Buffer.from(key.preSharedKey)
}

function wrongKey(reason: string) {
  return new FactorsError('WrongTokenFileKey', `The file is encrypted: ${reason}.`)
}

/** One answer for a wrong key and for a file that was changed: neither can be told from the other. */
function doesNotOpen() {
  return wrongKey('the key or passphrase does not fit, or the file was changed')
}

/** RFC 8018 §5.2, in a thread of its own: other requests go on meanwhile. */
async function deriveKey(derivedKey: Element, passphrase: string): Promise<Buffer> {
  const method = childOf(derivedKey, xenc11('KeyDerivationMethod'))
  if (!PBKDF2.has(method.getAttribute('Algorithm') ?? '')) {
    throw unusableFile('its key is derived otherwise than by PBKDF2')
  }
  const parameters = childOf(method, pkcs5('PBKDF2-params'))
  const salt = bytesOf(parameterOf(parameterOf(parameters, 'Salt'), 'Specified'))
  const iterations = countOf(parameterOf(parameters, 'IterationCount'), MOST_ITERATIONS)
  const keyBytes = countOf(parameterOf(parameters, 'KeyLength'), 32)
  const prf = childrenOf(parameters).find(({ localName }) => localName === 'PRF')
  const digest = HMACS.get(prf?.getAttribute('Algorithm') ?? DEFAULT_PRF)
  if (salt.length > LONGEST_SALT || digest === undefined) {
    throw unusableFile('the parameters of its PBKDF2 are not supported')
  }
  return promisify(pbkdf2)(passphrase, salt, iterations, keyBytes, digest)
}

/** RFC 8018, appendix A.2: HMAC-SHA-1 unless said otherwise. */
const DEFAULT_PRF = 'http://www.w3.org/2000/09/xmldsig#hmac-sha1'

/** The parameters come in the namespace of PKCS #5 or, as in RFC 6030's figure 7, in that of the file. */
function parameterOf(parent: Element, localName: string): Element {
  const [child, another] = childrenOf(parent).filter(element => element.localName === localName)
  if (child === undefined || another !== undefined) {
    throw unusableFile(`its PBKDF2 must have one ${localName}`)
  }
  return child
}

function countOf(element: Element, most: number) {
  const text = textOf(element)
  if (!/^[1-9]\d{0,8}$/.test(text) || Number(text) > most) {
    throw unusableFile(`the ${element.localName} of its PBKDF2 must be a number from 1 to ${most}`)
  }
  return Number(text)
}

/** RFC 6030 §6.1.1. Where no MAC key is given, the encryption key is it, as vendors' tools have it. */
function macVerifier(container: Element, contentKey: Buffer) {
  const macMethod = findChild(container, pskc('MACMethod'))
  if (macMethod === undefined) throw unusableFile('it is encrypted without MACs')
  const digest = HMACS.get(macMethod.getAttribute('Algorithm') ?? '')
  if (digest === undefined || findChild(macMethod, pskc('MACKeyReference')) !== undefined) {
    throw unusableFile('its MAC method is not supported')
  }
  const encryptedKey = findChild(macMethod, pskc('MACKey'))
  const macKey =
    encryptedKey === undefined
      ? contentKey
      : decrypt(contentKey, encryptedKey, cipherTextOf(encryptedKey))

  return (cipherText: Buffer, valueMac: Element | undefined) => {
    if (valueMac === undefined) throw unusableFile('an encrypted value has no ValueMAC')
    const expected = createHmac(digest, macKey).update(cipherText).digest()
    const found = bytesOf(valueMac)
    if (found.length !== expected.length || !timingSafeEqual(found, expected)) throw doesNotOpen()
  }
}

function cipherTextOf(encrypted: Element) {
  return bytesOf(childOf(childOf(encrypted, xenc('CipherData')), xenc('CipherValue')))
}

/** XML Encryption §5.2: the initialization vector goes first, the last byte tells how many were padded. */
function decrypt(contentKey: Buffer, encrypted: Element, cipherText: Buffer) {
  const method = childOf(encrypted, xenc('EncryptionMethod')).getAttribute('Algorithm') ?? ''
  const cipher = CIPHERS.get(method)
  if (cipher === undefined) throw unusableFile('its cipher is none of AES-128, 192 and 256 in CBC')
  if (contentKey.length !== cipher.keyBytes) throw doesNotOpen()
  if (cipherText.length < 2 * BLOCK_BYTES || cipherText.length % BLOCK_BYTES > 0) {
    throw doesNotOpen()
  }
  const vector = cipherText.subarray(0, BLOCK_BYTES)
  const decipher = createDecipheriv(cipher.name, contentKey, vector).setAutoPadding(false)
  const padded = Buffer.concat([
    decipher.update(cipherText.subarray(BLOCK_BYTES)),
    decipher.final(),
  ])
  const padding = padded.at(-1) ?? 0
  if (padding < 1 || padding > BLOCK_BYTES) throw doesNotOpen()
  return padded.subarray(0, -padding)
}
