// A command of the command line: its options are declared once, and parsed and explained from there.
import { parseArgs } from 'node:util'
import { UsageError } from './command-errors.ts'
import type { Io } from './io.ts'

/** A command that can be run, whatever its options are. */
export type Command = {
  /** The help text, below the line that names the command. */
  readonly help: (name: string) => string
  readonly run: (args: readonly string[], io: Io) => Promise<void>
}

/** One entry of the table: a command that is loaded when it is called, or a table of further ones. */
export type Entry =
  | { readonly summary: string; readonly load: () => Promise<Command> }
  | { readonly summary: string; readonly commands: CommandTable }

export type CommandTable = { readonly [name: string]: Entry }

/** An option as it is explained. */
export type Explained = {
  /** What stands for the value in the help text: `FILE`, `NAME`. */
  readonly value?: string
  readonly help: string
}

type Option = Explained & { readonly type: 'string' | 'boolean' }

export type Options = { readonly [name: string]: Option }

/** The options as given: a text or true, or absent. */
export type Values<Declared extends Options> = {
  readonly [Name in keyof Declared]?:
    | (Declared[Name]['type'] extends 'boolean' ? boolean : string)
    | undefined
}

/** A command of which the help text and the parser come from the same declaration. */
export function command<const Declared extends Options>(definition: {
  /** Names of the arguments that are not options, all of which may be left out: `[NAME]`, `NAME`. */
  readonly takes: readonly string[]
  readonly description: string
  readonly options: Declared
  readonly run: (values: Values<Declared>, positionals: readonly string[], io: Io) => Promise<void>
}): Command {
  const { takes, description, options, run } = definition
  return {
    help: name =>
      [
        `usage: ${[name, ...takes].join(' ')} [options]`,
        '',
        description,
        '',
        explain(options),
      ].join('\n'),
    run: async (args, io) => {
      const { values, positionals } = parse(args, options)
      const surplus = positionals[takes.length]
      if (surplus !== undefined)
        throw new UsageError(`what is \`${surplus}\`? It is one argument too many.`)
      await run(values, positionals, io)
    },
  }
}

function parse<Declared extends Options>(args: readonly string[], options: Declared) {
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      options: Object.fromEntries(
        Object.entries(options).map(([name, { type }]) => [name, { type }]),
      ),
      allowPositionals: true,
    })
    return { values: values as Values<Declared>, positionals }
  } catch (error) {
    if (error instanceof TypeError && 'code' in error) throw new UsageError(firstSentence(error))
    throw error
  }
}

/** `parseArgs` goes on to explain how to pass arguments that begin with a dash; the fault is enough. */
function firstSentence({ message }: Error) {
  return `${message.split(/[.\n]/, 1)[0]}.`
}

const HELP: Explained = { help: 'print this text' }

/** The width of a help text. */
const COLUMNS = 100

/** The lines for each option, and for --help, which all commands have. */
export function explain(options: { readonly [name: string]: Explained }) {
  const rows = Object.entries({ ...options, help: HELP }).map(
    ([name, { value, help }]) =>
      [`--${name}${value === undefined ? '' : ` ${value}`}`, help] as const,
  )
  const width = Math.max(...rows.map(([flag]) => flag.length)) + 4
  return rows
    .map(([flag, help]) => {
      const lines = folded(help, COLUMNS - width)
      return `  ${flag}`.padEnd(width) + lines.join(`\n${' '.repeat(width)}`)
    })
    .join('\n')
}

/** The text in lines that break between words. */
function folded(text: string, columns: number): readonly string[] {
  const lines: string[] = []
  for (const word of text.split(/\s+/)) {
    const last = lines.at(-1)
    if (last !== undefined && last.length + 1 + word.length <= columns) {
      lines[lines.length - 1] = `${last} ${word}`
    } else lines.push(word)
  }
  return lines
}
