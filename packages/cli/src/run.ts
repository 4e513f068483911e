// From the words on the command line to the command: find it in the table, help, or run it.
import { readFileSync } from 'node:fs'
import { Interrupted, UsageError } from './command-errors.ts'
import type { CommandTable, Entry } from './command.ts'
import { COMMANDS } from './commands.ts'
import { type Io, print, tell } from './io.ts'
import { faultOf, sentenceOf } from './outside-errors.ts'
import { widest } from './terminal/widest.ts'

/** Runs the command that `args` name. Resolves to the exit status. */
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
    const isDebugging = io.env['TWINLOCK_DEBUG'] === '1'
    tell(io, `twinlock: ${sentenceOf(error) ?? faultOf(error, isDebugging)}`)
    return 1
  }
}

const VERSION: ReadonlySet<string> = new Set(['version', '--version', '-v'])

async function dispatch(args: readonly string[], io: Io) {
  const [first, ...rest] = args
  if (first !== undefined && VERSION.has(first)) return print(io, version())
  if (first === 'help') return print(io, rest[0] === '--all' ? allCommands() : await help(rest))

  const { path, entry, args: own } = find(args)
  if (asksForHelp(own) || (entry === undefined && path.length === 0 && own.length === 0)) {
    return print(io, await help(path))
  }
  if (entry === undefined || 'commands' in entry) throw await notACommand(path, own[0])
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

async function notACommand(path: readonly string[], word: string | undefined) {
  const name = ['twinlock', ...path].join(' ')
  if (word === undefined) return new UsageError(`\`${name}\` needs to know what to do.`)
  // Who types rightly does not wait for it.
  const { likelyMeant } = await import('@twinlock/policy')
  const meant = likelyMeant(word, Object.keys(tableAt(path)))
  const hint = meant === undefined ? '.' : `; is \`${meant}\` meant?`
  return new UsageError(`\`${name}\` knows no command \`${word}\`${hint}`)
}

function tableAt(path: readonly string[]): CommandTable {
  const { entry } = find(path)
  return entry === undefined || 'load' in entry ? COMMANDS : entry.commands
}

async function help(words: readonly string[]) {
  const { path, entry, args } = find(words)
  if (args.length > 0) throw await notACommand(path, args[0])
  const name = ['twinlock', ...path].join(' ')
  if (entry !== undefined && 'load' in entry)
    return `${(await entry.load()).help(name)}\n\n${EXITS}`
  const table = entry?.commands ?? COMMANDS
  return [
    `usage: ${name} COMMAND`,
    '',
    entry?.summary ?? 'a self-hosted identity service that speaks AWS, with real MFA',
    '',
    ...linesOf(Object.entries(table).map(([key, { summary }]) => [key, summary])),
    '',
    `\`twinlock help ${[...path, 'COMMAND'].join(' ')}\` explains one of them${entry === undefined ? ', `twinlock help --all` names all' : ''}.`,
  ].join('\n')
}

/** The last lines of each help text. */
const EXITS = `Exits with 0 when done, 1 when refused or not as it should be, 2 when typed wrongly,
130 when given up.`

/** Every command that can be run, by all its words. */
function allCommands() {
  return linesOf(commandsIn(COMMANDS)).join('\n')
}

function commandsIn(table: CommandTable, above = ''): readonly Row[] {
  return Object.entries(table).flatMap(([key, entry]): readonly Row[] =>
    'load' in entry
      ? [[above + key, entry.summary]]
      : commandsIn(entry.commands, `${above}${key} `),
  )
}

type Row = readonly [name: string, summary: string]

function linesOf(rows: readonly Row[]) {
  const width = widest(rows.map(([name]) => name))
  return rows.map(([name, summary]) => `  ${name.padEnd(width)}  ${summary}`)
}

function version() {
  const manifest: unknown = JSON.parse(
    readFileSync(new URL('../package.json', import.meta.url), 'utf8'),
  )
  return (manifest as { readonly version: string }).version
}
