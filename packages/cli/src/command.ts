// A command of the command line: its options are declared once, and parsed and explained from there.
import { parseArgs } from 'node:util'
import { UsageError } from './command-errors.ts'
import type { Io } from './io.ts'
import { folded } from './terminal/folded.ts'
import { widest } from './terminal/widest.ts'

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

/** A `list` takes all words up to the next option, as the AWS CLI's lists do, and may be given again. */
type Option = Explained & { readonly type: 'string' | 'boolean' | 'list' }

export type Options = { readonly [name: string]: Option }

/** A list as given: the words of each time. */
export type Groups = readonly (readonly string[])[]

/** The options as given: a text, true or a list, or absent. */
export type Values<Declared extends Options> = {
  readonly [Name in keyof Declared]?: ValueOf[Declared[Name]['type']] | undefined
}

type ValueOf = { readonly string: string; readonly boolean: boolean; readonly list: Groups }

/** A command of which the help text and the parser come from the same declaration. */
export function command<const Declared extends Options>(definition: {
  /** Names of the arguments that are not options, all of which may be left out: `[NAME]`, `NAME`; `FILE…` takes any number. */
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
      if (surplus !== undefined && takes.at(-1)?.endsWith('…') !== true)
        throw new UsageError(`what is \`${surplus}\`? It is one argument too many.`)
      await run(values, positionals, io)
    },
  }
}

function parse<Declared extends Options>(args: readonly string[], options: Declared) {
  try {
    const { values, tokens } = parseArgs({
      args: [...args],
      options: Object.fromEntries(
        Object.entries(options).map(([name, { type }]) => [
          name,
          { type: type === 'boolean' ? type : 'string' },
        ]),
      ),
      allowPositionals: true,
      tokens: true,
    })
    const { lists, rest } = readLists(tokens, options)
    // The value of a list's last time is in `values` too, and gives way.
    return { values: { ...values, ...lists } as Values<Declared>, positionals: rest }
  } catch (error) {
    if (error instanceof TypeError && 'code' in error) throw new UsageError(firstSentence(error))
    throw error
  }
}

type Token =
  | { readonly kind: 'option'; readonly name: string; readonly value?: string | undefined }
  | { readonly kind: 'positional'; readonly value: string }
  | { readonly kind: 'option-terminator' }

/** The words behind an option of type `list` are its own, up to the next option. */
function readLists(tokens: readonly Token[], options: Options) {
  const lists: Record<string, string[][]> = {}
  const rest: string[] = []
  let open: string[] | undefined
  for (const token of tokens) {
    if (token.kind === 'positional') (open ?? rest).push(token.value)
    else open = undefined
    if (token.kind !== 'option' || options[token.name]?.type !== 'list') continue
    open = [token.value ?? '']
    lists[token.name] = [...(lists[token.name] ?? []), open]
  }
  return { lists, rest }
}

/** `parseArgs` goes on to explain how to pass arguments that begin with a dash; the fault is enough. */
function firstSentence({ message }: Error) {
  const sentence = message.split(/[.\n]/, 1)[0] ?? ''
  // Its word for an option in the place of a value.
  return `${sentence.replace('argument is ambiguous', 'argument missing')}.`
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
  const width = widest(rows.map(([flag]) => flag)) + 4
  return rows
    .map(([flag, help]) => {
      const lines = folded(help, COLUMNS - width)
      return `  ${flag}`.padEnd(width) + lines.join(`\n${' '.repeat(width)}`)
    })
    .join('\n')
}
