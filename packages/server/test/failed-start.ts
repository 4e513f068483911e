// `twinlock start` as a process of its own that is expected to stop by itself, with what it said.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'

const COMMAND = fileURLToPath(new URL('../../cli/src/main.ts', import.meta.url))

/** How a start ended. One that serves is ended after a while, and has no status. */
export async function failedStart(data: string, ...options: readonly string[]) {
  const given = options.includes('--listen') ? [] : ['--listen', '127.0.0.1:0']
  const child = spawn(process.execPath, [COMMAND, 'start', '--data', data, ...given, ...options], {
    stdio: ['ignore', 'pipe', 'pipe'],
    timeout: 20_000,
    killSignal: 'SIGKILL',
  })
  const [stdout, stderr, [status]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, 'close') as Promise<[number | null]>,
  ])
  return { status, stdout, stderr }
}
