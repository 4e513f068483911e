// From the words on the command line to the command: find it in the table, help, or run it.
import { readFileSync } from 'node:fs'
import { Interrupted, Refusal, UsageError } from './command-errors.ts'
import type { CommandTable, Entry } from './command.ts'
import { COMMANDS } from './commands.ts'
import { type Io, print, tell } from './io.ts'
import { sentenceOf } from './outside-errors.ts'
import { widest } from './terminal/widest.ts'

/** Runs the command that `args` name. Resolves to the exit status; rejects only for a bug of ours. */
export async function run(args: readonly string[], io: Io): Promise<number> {
  try {
    await dispatch(args, io)
    return 0
  } catch (error) {
    if (error instanceof Interrupted) {
      tell(io, error.message)
      return 130
    }
    if (error instanceof UsageError) {
      tell(
        io,
        `twinlock: ${error.message} Try \`${['twinlock help', ...find(args).path].join(' ')}\`.`,
      )
      return 2
    }
    const sentence = error instanceof Refusal ? error.message : sentenceOf(error)
    if (sentence === undefined) throw error
    tell(io, `twinlock: ${sentence}`)
    return 1
  }
}

async function dispatch(args: readonly string[], io: Io) {
  const [first, ...rest] = args
  if (first === '--version' || first === '-v') return print(io, version())
  if (first === 'help') return print(io, await help(rest))

  const { path, entry, args: own } = find(args)
  if (asksForHelp(own) || (entry === undefined && path.length === 0 && own.length === 0)) {
    return print(io, await help(path))
  }
  if (entry === undefined || 'commands' in entry) throw notACommand(path, own[0])
  const command = await entry.load()
  await command.run(own, io)
}

type Found = {
  readonly path: readonly string[]
  /** Undefined for the bare `twinlock`. */
  readonly entry: Entry | undefined
  /** The words behind the command's name. */
  readonly args: readonly string[]
}

/** The entry that the longest run of leading words names. */
function find(args: readonly string[]): Found {
  let found: Found = { path: [], entry: undefined, args }
  let table: CommandTable = COMMANDS
  for (const [index, word] of args.entries()) {
    const entry = Object.hasOwn(table, word) ? table[word] : undefined
    if (entry === undefined) break
    found = { path: args.slice(0, index + 1), entry, args: args.slice(index + 1) }
    if (!('commands' in entry)) break
    table = entry.commands
  }
  return found
}

function asksForHelp(args: readonly string[]) {
  const end = args.indexOf('--')
  return (end === -1 ? args : args.slice(0, end)).some(word => word === '--help' || word === '-h')
}

function notACommand(path: readonly string[], word: string | undefined) {
  const name = ['twinlock', ...path].join(' ')
  return new UsageError(
    word === undefined
      ? `\`${name}\` needs to know what to do.`
      : `\`${name}\` knows no command \`${word}\`.`,
  )
}

async function help(words: readonly string[]) {
  const { path, entry, args } = find(words)
  if (args.length > 0) throw notACommand(path, args[0])
  const name = ['twinlock', ...path].join(' ')
  if (entry !== undefined && 'load' in entry) return (await entry.load()).help(name)
  const table = entry?.commands ?? COMMANDS
  const width = widest(Object.keys(table))
  return [
    `usage: ${name} COMMAND`,
    '',
    entry?.summary ?? 'a self-hosted identity service that speaks AWS, with real MFA',
    '',
    ...Object.entries(table).map(([key, { summary }]) => `  ${key.padEnd(width)}  ${summary}`),
    '',
    `\`twinlock help ${[...path, 'COMMAND'].join(' ')}\` explains one of them.`,
  ].join('\n')
}

function version() {
  const manifest: unknown = JSON.parse(
    readFileSync(new URL('../package.json', import.meta.url), 'utf8'),
  )
  return (manifest as { readonly version: string }).version
}
