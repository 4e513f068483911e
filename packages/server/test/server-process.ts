// Twinlock as a process of its own, as `npm start` runs it: one that tests can stop, kill and start again.
import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import type { Credentials } from './twinlock.ts'

export const TWINLOCK = fileURLToPath(new URL('../../cli/src/main.ts', import.meta.url))

export type ServerProcess = {
  readonly endpoint: string
  /** Asks it to end (SIGTERM), and sees that it ends well. */
  readonly stop: () => Promise<void>
  /** Ends it on the spot (SIGKILL). */
  readonly kill: () => Promise<void>
  readonly [Symbol.asyncDispose]: () => Promise<void>
}

/** Starts a server that keeps its files in `data`. Without `listen` it takes a free port. */
export async function startServerProcess(
  data: string,
  {
    listen = '127.0.0.1:0',
    database,
  }: { readonly listen?: string; readonly database?: string } = {},
): Promise<ServerProcess> {
  const options = [
    '--data',
    data,
    '--listen',
    listen,
    ...(database ? ['--database', database] : []),
  ]
  const child = spawn(process.execPath, [TWINLOCK, 'start', ...options], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const exited = once(child, 'exit')
  const end = async (signal: NodeJS.Signals) => {
    child.kill(signal)
    await exited
  }
  return {
    endpoint: await answersOn(child.stdout),
    async stop() {
      await end('SIGTERM')
      assert.equal(child.exitCode, 0)
    },
    kill: () => end('SIGKILL'),
    [Symbol.asyncDispose]: () => end('SIGKILL'),
  }
}

async function answersOn(stdout: NodeJS.ReadableStream): Promise<string> {
  for await (const line of createInterface({ input: stdout })) {
    const endpoint = / on (http:\S+)$/.exec(line)?.[1]
    if (endpoint !== undefined) {
      stdout.resume()
      return endpoint
    }
  }
  throw new Error('the server did not start')
}

/** Root's key, as the first start wrote it for the AWS CLI. */
export async function rootCredentials(data: string): Promise<Credentials> {
  const profile = await readFile(join(data, 'aws', 'credentials'), 'utf8')
  const read = (key: string) => new RegExp(`^${key} = (.+)$`, 'm').exec(profile)?.[1] ?? ''
  return { accessKeyId: read('aws_access_key_id'), secretAccessKey: read('aws_secret_access_key') }
}
