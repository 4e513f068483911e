// The authenticator's file, version 1: JSON of a `header`, which is open to read, and `sealed`, which is not.
//
//   {
//     "header": {
//       "format": "twinlock-authenticator",
//       "version": 1,
//       "key": { "from": "passphrase", "kdf": "scrypt", "N": 131072, "r": 8, "p": 1, "salt": base64 }
//          or  { "from": "key-file" },
//       "nonce": base64 of 12 bytes
//     },
//     "sealed": base64 of AES-256-GCM's ciphertext and, behind it, its tag of 16 bytes
//   }
//
// What is encrypted is JSON, {"entries": [...]}. The additional authenticated data is the header as
// JSON.stringify writes it, in the order of the file: whoever changes a letter of it makes the file unreadable.
import { type KeyObject, createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'
import { Refusal } from '../command-errors.ts'
import { type Entry, readEntry, writeEntry } from './entry.ts'

const FORMAT = 'twinlock-authenticator'
const VERSION = 1
const CIPHER = 'aes-256-gcm'
const NONCE_BYTES = 12
const TAG_BYTES = 16

/** How the key of the file is come by. */
export type KeyOrigin =
  | { readonly from: 'key-file' }
  | {
      readonly from: 'passphrase'
      readonly kdf: 'scrypt'
      readonly N: number
      readonly r: number
      readonly p: number
      readonly salt: string
    }

export type SealedFile = {
  readonly header: {
    readonly format: typeof FORMAT
    readonly version: typeof VERSION
    readonly key: KeyOrigin
    readonly nonce: string
  }
  readonly sealed: string
}

/** The text of the file. The nonce is fresh each time: one key seals many versions of the file. */
export function seal(entries: readonly Entry[], origin: KeyOrigin, key: KeyObject): string {
  const nonce = randomBytes(NONCE_BYTES)
  const header: SealedFile['header'] = {
    format: FORMAT,
    version: VERSION,
    key: origin,
    nonce: nonce.toString('base64'),
  }
  const cipher = createCipheriv(CIPHER, key, nonce, { authTagLength: TAG_BYTES })
  cipher.setAAD(Buffer.from(JSON.stringify(header)))
  const sealed = Buffer.concat([
    cipher.update(JSON.stringify({ entries: entries.map(writeEntry) })),
    cipher.final(),
    cipher.getAuthTag(),
  ])
  return `${JSON.stringify({ header, sealed: sealed.toString('base64') }, undefined, 2)}\n`
}

/** The entries; undefined when the key is not the file's, or the file was changed: GCM can't tell which. */
export function unseal(
  { header, sealed }: SealedFile,
  key: KeyObject,
): readonly Entry[] | undefined {
  const bytes = Buffer.from(sealed, 'base64')
  const decipher = createDecipheriv(CIPHER, key, Buffer.from(header.nonce, 'base64'), {
    authTagLength: TAG_BYTES,
  })
  decipher.setAAD(Buffer.from(JSON.stringify(header)))
  decipher.setAuthTag(bytes.subarray(-TAG_BYTES))
  const plain = decipher.update(bytes.subarray(0, -TAG_BYTES))
  try {
    decipher.final()
  } catch {
    return undefined
  }
  const { entries } = JSON.parse(plain.toString()) as { entries: Parameters<typeof readEntry>[0][] }
  return entries.map(readEntry)
}

/**
 * Bounds on what a header may ask of scrypt. Below the least, a guess at the passphrase is too cheap to be ours; above the
 * most, a file from somebody else could take all memory (128·N·r bytes).
 */
const SCRYPT_BOUNDS = { N: [2 ** 14, 2 ** 20], r: [8, 16], p: [1, 16] } as const

/** @throws Refusal when this is no file of ours, or one of a later version */
export function parseSealedFile(text: string, path: string): SealedFile {
  const file = parseJson(text)
  const { header, sealed } = isRecord(file) ? file : {}
  if (!isRecord(header) || header['format'] !== FORMAT) {
    throw new Refusal(`${path} is not a file of \`twinlock authenticator\`.`)
  }
  if (header['version'] !== VERSION) {
    throw new Refusal(
      `${path} was written by a newer twinlock: it has version ${String(header['version'])}, this one knows ${VERSION}.`,
    )
  }
  if (
    isKeyOrigin(header['key']) &&
    isBase64(header['nonce'], NONCE_BYTES) &&
    isBase64(sealed, TAG_BYTES)
  ) {
    return file as SealedFile
  }
  throw new Refusal(`${path} is damaged: its header does not make sense.`)
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function isKeyOrigin(value: unknown): value is KeyOrigin {
  if (!isRecord(value)) return false
  if (value['from'] === 'key-file') return true
  return (
    value['from'] === 'passphrase' &&
    value['kdf'] === 'scrypt' &&
    isBase64(value['salt'], 16) &&
    Object.entries(SCRYPT_BOUNDS).every(([name, [least, most]]) => {
      const figure = value[name]
      return Number.isInteger(figure) && Number(figure) >= least && Number(figure) <= most
    }) &&
    Number.isInteger(Math.log2(Number(value['N'])))
  )
}

function isBase64(value: unknown, leastBytes: number) {
  return typeof value === 'string' && Buffer.from(value, 'base64').length >= leastBytes
}
