// The devices that the authenticator holds, kept in one sealed file that several processes may use at once.
import { existsSync } from 'node:fs'
import { mkdir, readFile } from 'node:fs/promises'
import { homedir } from 'node:os'
import { dirname, join } from 'node:path'
import { Refusal } from '../command-errors.ts'
import type { Options, Values } from '../command.ts'
import type { Io } from '../io.ts'
import { codeOf, replaceFile } from './durable-file.ts'
import type { Entry } from './entry.ts'
import { withLock } from './file-lock.ts'
import { type Keyring, openKeyring } from './key.ts'
import { parseSealedFile, seal, unseal } from './sealed-file.ts'

/** The options of every command that opens the vault. */
export const VAULT_OPTIONS = {
  file: {
    type: 'string',
    value: 'FILE',
    help: 'the sealed file (or TWINLOCK_AUTHENTICATOR_FILE; default ~/.config/twinlock/authenticator.json)',
  },
  'key-file': {
    type: 'string',
    value: 'FILE',
    help: 'a key file instead of a passphrase (or TWINLOCK_AUTHENTICATOR_KEY_FILE); a new authenticator makes it. The passphrase is asked for, or taken from TWINLOCK_AUTHENTICATOR_PASSPHRASE',
  },
} as const satisfies Options

export type Vault = {
  /** The entries as they are now, in the order in which they were added. */
  readonly read: () => Promise<readonly Entry[]>
  /** Asks now for whatever would have to be typed later: a new vault's passphrase, too. */
  readonly unlock: () => Promise<void>
  /**
   * Replaces the entries by what `change` makes of them, all in one step: no other process comes between.
   * The first update makes the file. A change that throws leaves everything as it was.
   */
  readonly update: (change: (entries: readonly Entry[]) => readonly Entry[]) => Promise<void>
}

/** Nothing is read and no passphrase is asked for before the vault is used. */
export function openVault(values: Values<typeof VAULT_OPTIONS>, io: Io): Vault {
  const path = values.file ?? io.env['TWINLOCK_AUTHENTICATOR_FILE'] ?? defaultPath(io)
  const keyring = openKeyring(io, values['key-file'] ?? io.env['TWINLOCK_AUTHENTICATOR_KEY_FILE'])

  const newOrigin = keyring.newOrigin()

  /** Where the key of the vault comes from, now that it is known. */
  const unlocked = async () => {
    const origin = (await load(path, keyring))?.origin ?? newOrigin
    await keyring.keyOf(origin, true)
    return origin
  }

  return {
    read: async () => (await load(path, keyring))?.entries ?? [],

    unlock: async () => void (await unlocked()),

    update: async change => {
      // What can't be done to an empty vault is refused before a passphrase is chosen for it.
      if (!existsSync(path)) change([])
      // A passphrase is typed and stretched before the lock is taken, lest others wait for it.
      const origin = await unlocked()
      await mkdir(dirname(path), { recursive: true, mode: 0o700 })
      await withLock(`${path}.lock`, async () => {
        const current = (await load(path, keyring)) ?? { entries: [], origin }
        const key = await keyring.keyOf(current.origin, true)
        await replaceFile(path, seal(change(current.entries), current.origin, key))
      })
    },
  }
}

/** https://specifications.freedesktop.org/basedir-spec/latest/ */
function defaultPath({ env }: Io) {
  const configuration = env['XDG_CONFIG_HOME'] || join(env['HOME'] || homedir(), '.config')
  return join(configuration, 'twinlock', 'authenticator.json')
}

/** Undefined when there is no file yet. */
async function load(path: string, keyring: Keyring) {
  const text = await readFile(path, 'utf8').catch((error: unknown) => {
    if (codeOf(error) === 'ENOENT') return undefined
    throw error
  })
  if (text === undefined) return undefined
  const file = parseSealedFile(text, path)
  const origin = file.header.key
  const entries = unseal(file, await keyring.keyOf(origin, false))
  if (entries === undefined) throw new Refusal(WRONG_KEY[origin.from](path))
  return { entries, origin }
}

const WRONG_KEY = {
  passphrase: (path: string) => `the passphrase does not open ${path} (or the file was changed).`,
  'key-file': (path: string) => `the key file does not open ${path} (or the file was changed).`,
} as const

/** @throws Refusal that names what there is */
export function entryNamed(name: string, entries: readonly Entry[]): Entry {
  const entry = entries.find(entry => entry.name === name)
  if (entry !== undefined) return entry
  const names = entries.map(entry => `\`${entry.name}\``).join(', ')
  throw new Refusal(
    names === ''
      ? `the authenticator holds no device yet: add \`${name}\` with \`twinlock authenticator add\`.`
      : `the authenticator holds no device \`${name}\`; it holds ${names}.`,
  )
}

/** The entries with one more. @throws Refusal when the name is taken: a seed is never overwritten */
export function withEntry(entry: Entry, entries: readonly Entry[]): readonly Entry[] {
  if (entries.some(({ name }) => name === entry.name)) {
    throw new Refusal(
      `the authenticator already holds a device \`${entry.name}\`: choose another name, or remove it first.`,
    )
  }
  return [...entries, entry]
}

/** @throws Refusal when there is none of that name */
export function withoutEntry(name: string, entries: readonly Entry[]): readonly Entry[] {
  const gone = entryNamed(name, entries)
  return entries.filter(entry => entry !== gone)
}
