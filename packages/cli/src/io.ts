// What a command may touch of the world, passed in so that it can be run against another one.

/** The command's input: a terminal, or anything that is piped into it. */
export type Input = NodeJS.ReadableStream & {
  readonly isTTY?: boolean
  readonly setRawMode?: (mode: boolean) => unknown
}

/** The command's output. A terminal has a width. */
type Output = NodeJS.WritableStream & {
  readonly isTTY?: boolean
  readonly columns?: number
}

/** What time it is, and the way to let it pass. */
type Clock = {
  readonly now: () => Date
  /** Resolves after that many milliseconds, or as soon as `interruption` is aborted. */
  readonly wait: (milliseconds: number, interruption: AbortSignal) => Promise<void>
}

/** Answers are written to `stdout`; questions, hints and complaints to `stderr`. */
export type Io = {
  readonly stdin: Input
  readonly stdout: Output
  readonly stderr: Output
  readonly env: Readonly<Record<string, string | undefined>>
  readonly clock: Clock
  /** Aborted by Ctrl-C, or when the terminal is closed. Who asks for it takes over the clean-up: until then Ctrl-C ends the process. */
  readonly interruption: () => AbortSignal
}

/** A line, or any number of them: a list is not spread, because a call takes only so many arguments. */
type Lines = string | readonly string[]

/** Writes lines to where the command's answer goes. */
export function print(io: Io, ...lines: readonly Lines[]) {
  for (const line of lines.flat()) io.stdout.write(`${line}\n`)
}

/** Writes lines to the person at the terminal, out of the way of the answer. */
export function tell(io: Io, ...lines: readonly Lines[]) {
  for (const line of lines.flat()) io.stderr.write(`${line}\n`)
}
