// A world for a command under test: its own home folder, streams that are read back, and a clock that stands still.
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PassThrough, Readable, Writable } from 'node:stream'
import type { Io } from '../src/io.ts'
import { run } from '../src/run.ts'

export type World = AsyncDisposable & {
  readonly home: string
  readonly env: Record<string, string>
  /** Seconds since the epoch. */
  now: number
  /** Runs one command line, with a text or a keyboard at its stdin. */
  readonly twinlock: (args: readonly string[], options?: RunOptions) => Promise<Outcome>
}

export type RunOptions = {
  readonly input?: string | Keyboard
  /** Whether stdout and stderr are terminals. */
  readonly terminal?: boolean
  /** Presses Ctrl-C once that many milliseconds have been waited for. */
  readonly interruptAfter?: number
}

export type Outcome = { readonly status: number; readonly stdout: string; readonly stderr: string }

/** The authenticator of this world is sealed with a key file, because a passphrase takes half a second. */
export async function newWorld(): Promise<World> {
  const home = await mkdtemp(join(tmpdir(), 'twinlock-cli-'))
  const world: World = {
    home,
    env: { HOME: home, TWINLOCK_AUTHENTICATOR_KEY_FILE: join(home, 'key') },
    now: 59,
    twinlock: async (args, { input = '', terminal = false, interruptAfter = Infinity } = {}) => {
      const [stdout, stderr] = [new Sink(terminal), new Sink(terminal)]
      const controller = new AbortController()
      let waited = 0
      const io: Io = {
        stdin:
          typeof input === 'string'
            ? Readable.from(input === '' ? [] : [Buffer.from(input)])
            : input,
        stdout,
        stderr,
        env: world.env,
        clock: {
          now: () => new Date(world.now * 1000),
          wait: async milliseconds => {
            const rest = Math.min(milliseconds, interruptAfter - waited)
            waited += rest
            world.now += rest / 1000
            if (waited >= interruptAfter) controller.abort()
          },
        },
        interruption: () => controller.signal,
      }
      const status = await run(args, io)
      return { status, stdout: stdout.text, stderr: stderr.text }
    },
    [Symbol.asyncDispose]: () => rm(home, { recursive: true }),
  }
  return world
}

/** An output that keeps what is written to it. */
export class Sink extends Writable {
  text = ''
  readonly isTTY: boolean
  readonly columns = 200

  constructor(isTTY = false) {
    super()
    this.isTTY = isTTY
  }

  override _write(chunk: Buffer, _: BufferEncoding, done: () => void) {
    this.text += chunk.toString()
    done()
  }
}

/** A terminal at which keys are typed as soon as somebody reads, in raw mode or not. */
export class Keyboard extends PassThrough {
  readonly isTTY = true
  /** The raw modes it was put into, in order. */
  readonly modes: boolean[] = []

  constructor(keys: string) {
    super()
    this.write(keys)
  }

  setRawMode(mode: boolean) {
    this.modes.push(mode)
    return this
  }
}
