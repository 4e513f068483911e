// The `twinlock` command. The real streams, clock and Ctrl-C are put together here and nowhere else.
import type { Io } from './io.ts'
import { run } from './run.ts'

let interruption: AbortSignal | undefined

const io: Io = {
  stdin: process.stdin,
  stdout: process.stdout,
  stderr: process.stderr,
  env: process.env,
  clock: {
    now: () => new Date(),
    wait: (milliseconds, signal) =>
      new Promise(resolve => {
        if (signal.aborted) return resolve()
        const done = () => {
          clearTimeout(timer)
          signal.removeEventListener('abort', done)
          resolve()
        }
        const timer = setTimeout(done, milliseconds)
        signal.addEventListener('abort', done)
      }),
  },
  interruption: () => {
    if (interruption === undefined) {
      const controller = new AbortController()
      interruption = controller.signal
      // The second one ends the process at once, as the first would have without us.
      for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
        process.once(signal, () => controller.abort())
      }
    }
    return interruption
  },
}

// A reader that has seen enough (`twinlock … | head -1`) is no fault of the user's.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error
  process.exit()
})

process.exitCode = await run(process.argv.slice(2), io)
