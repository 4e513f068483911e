// `twinlock authenticator add`: takes in a seed, in any of the three forms in which services hand it out.
import { readFile } from 'node:fs/promises'
import { parseOtpauthUri, readQrPng } from '@twinlock/factors'
import { type Entry, entryFromSeed, entryFromUri, parseName } from '../../authenticator/entry.ts'
import { VAULT_OPTIONS, openVault, withEntry } from '../../authenticator/vault.ts'
import { UsageError } from '../../command-errors.ts'
import { type Values, command } from '../../command.ts'
import { type Io, tell } from '../../io.ts'
import { readInput } from '../../terminal/all-input.ts'
import { shellWord } from '../../terminal/shell-word.ts'

const SOURCES = {
  uri: { type: 'string', value: 'URI', help: 'an otpauth://totp/ URI, or - to read it from stdin' },
  seed: { type: 'string', value: 'BASE32', help: 'a seed in Base32, or - to read it from stdin' },
  qr: { type: 'string', value: 'FILE', help: 'a PNG with a QR code, such as AWS hands out' },
} as const

export const add = command({
  takes: ['[NAME]'],
  description: `Takes in a device under NAME; without NAME, under the label of its URI or QR code. One of --uri,
--seed and --qr is needed. What stands on a command line can be read by other processes and lands
in the history of the shell: prefer \`-\` and the file.`,
  options: { ...SOURCES, ...VAULT_OPTIONS },
  run: async ({ uri, seed, qr, ...place }, [name], io) => {
    const entry = await readDevice({ uri, seed, qr }, name, io)
    await openVault(place, io).update(entries => withEntry(entry, entries))
    tell(
      io,
      `Added \`${entry.name}\`: its codes come from \`twinlock authenticator code ${shellWord(entry.name)}\`.`,
    )
  },
})

async function readDevice(
  { uri, seed, qr }: Values<typeof SOURCES>,
  name: string | undefined,
  io: Io,
): Promise<Entry> {
  if ([uri, seed, qr].filter(source => source !== undefined).length !== 1) {
    throw new UsageError('give one of --uri, --seed and --qr.')
  }
  if (name !== undefined) parseName(name)
  const orInput = async (text: string) => (text === '-' ? await readInput(io) : text)

  if (uri !== undefined) return entryFromUri(parseOtpauthUri(await orInput(uri)), name)
  if (qr !== undefined) return entryFromUri(parseOtpauthUri(readQrPng(await readFile(qr))), name)
  if (name === undefined) throw new UsageError('a seed has no label: give the device a NAME.')
  return entryFromSeed(await orInput(seed ?? ''), name)
}
