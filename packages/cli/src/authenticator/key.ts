// The key that opens the authenticator's file: stretched from a passphrase by scrypt (RFC 7914), or kept in a file.
import { type KeyObject, createSecretKey, randomBytes, scrypt } from 'node:crypto'
import { link, mkdir, readFile, stat, unlink } from 'node:fs/promises'
import { dirname } from 'node:path'
import { Refusal } from '../command-errors.ts'
import type { Io } from '../io.ts'
import { askSecret } from '../terminal/ask-secret.ts'
import { codeOf, writeSynced } from './durable-file.ts'
import type { KeyOrigin } from './sealed-file.ts'

const KEY_BYTES = 32
const SALT_BYTES = 16

/** OWASP's first choice for scrypt: half a second and 128 MB for each guess at the passphrase. */
const SCRYPT_COST = { N: 2 ** 17, r: 8, p: 1 } as const

/** Gives the key for an origin. A passphrase is asked for once, whatever the number of keys. */
export type Keyring = {
  /** The origin for a file that doesn't exist yet. */
  readonly newOrigin: () => KeyOrigin
  /** @param confirm ask for the passphrase twice, because nothing can check it yet */
  readonly keyOf: (origin: KeyOrigin, confirm: boolean) => Promise<KeyObject>
}

/** @param keyFile the key file that was named on the command line or in the environment */
export function openKeyring(io: Io, keyFile: string | undefined): Keyring {
  let passphrase: string | undefined
  const keys = new Map<string, KeyObject>()

  const derive = async (origin: KeyOrigin, confirm: boolean): Promise<KeyObject> => {
    switch (origin.from) {
      case 'key-file':
        if (keyFile === undefined) {
          throw new Refusal(
            'the authenticator is sealed with a key file: name it with --key-file or TWINLOCK_AUTHENTICATOR_KEY_FILE.',
          )
        }
        return readKeyFile(keyFile, confirm)
      case 'passphrase':
        passphrase ??= await readPassphrase(io, confirm)
        return stretch(passphrase, origin)
      default:
        return origin satisfies never
    }
  }

  return {
    newOrigin: () =>
      keyFile === undefined
        ? {
            from: 'passphrase',
            kdf: 'scrypt',
            ...SCRYPT_COST,
            salt: randomBytes(SALT_BYTES).toString('base64'),
          }
        : { from: 'key-file' },
    keyOf: async (origin, confirm) => {
      const id = JSON.stringify(origin)
      const key = keys.get(id) ?? (await derive(origin, confirm))
      keys.set(id, key)
      return key
    },
  }
}

async function readPassphrase(io: Io, confirm: boolean) {
  const given = io.env['TWINLOCK_AUTHENTICATOR_PASSPHRASE']
  if (given !== undefined && given !== '') return given

  const passphrase = await askSecret('Passphrase of the authenticator: ', io)
  if (passphrase === undefined) {
    throw new Refusal(
      'there is no terminal to ask for the passphrase: set TWINLOCK_AUTHENTICATOR_PASSPHRASE, or use --key-file.',
    )
  }
  if (passphrase === '') throw new Refusal('an empty passphrase protects nothing.')
  if (confirm && passphrase !== (await askSecret('The same again: ', io))) {
    throw new Refusal('the two passphrases differ; nothing was written.')
  }
  return passphrase
}

function stretch(passphrase: string, { N, r, p, salt }: KeyOrigin & { from: 'passphrase' }) {
  // Node counts a little more than the 128·N·r bytes of RFC 7914 §2.
  const cost = { N, r, p, maxmem: 2 * 128 * N * r }
  return new Promise<KeyObject>((resolve, reject) => {
    scrypt(
      passphrase.normalize('NFC'),
      Buffer.from(salt, 'base64'),
      KEY_BYTES,
      cost,
      (error, key) => {
        if (error === null) resolve(createSecretKey(key))
        else reject(error)
      },
    )
  })
}

async function readKeyFile(path: string, mayMake: boolean): Promise<KeyObject> {
  const text = await readFile(path, 'utf8').catch((error: unknown) => {
    if (mayMake && codeOf(error) === 'ENOENT') return undefined
    throw error
  })
  if (text === undefined) {
    await makeKeyFile(path)
    return readKeyFile(path, false)
  }
  const { mode } = await stat(path)
  // Windows has no such bits; a file there is as private as its folder.
  if (process.platform !== 'win32' && (mode & 0o077) !== 0) {
    throw new Refusal(`others may read the key file ${path}: run \`chmod 600 ${path}\`.`)
  }
  const key = Buffer.from(text.trim(), 'base64')
  if (key.length !== KEY_BYTES) {
    throw new Refusal(
      `${path} is not a key file: it must hold ${KEY_BYTES} random bytes in base64.`,
    )
  }
  return createSecretKey(key)
}

/** Appears under its name complete or not at all; of two that make it at once, both get the first one's. */
async function makeKeyFile(path: string) {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 })
  const draft = `${path}.${randomBytes(6).toString('hex')}`
  await writeSynced(draft, `${randomBytes(KEY_BYTES).toString('base64')}\n`)
  try {
    await link(draft, path)
  } catch (error) {
    if (codeOf(error) !== 'EEXIST') throw error
  } finally {
    await unlink(draft)
  }
}
