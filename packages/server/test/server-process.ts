// Twinlock as a process of its own, as `npm start` runs it: one that tests can stop, kill and start again.
import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { IAMClient } from '@aws-sdk/client-iam'
import { STSClient } from '@aws-sdk/client-sts'
import type { Credentials, TestTwinlock } from './twinlock.ts'

const COMMAND = fileURLToPath(new URL('../../cli/src/main.ts', import.meta.url))

export type ServerProcess = Pick<TestTwinlock, 'iam' | 'sts'> & {
  /** `127.0.0.1:6238`, for `listen` of the next start. */
  readonly address: string
  readonly pid: number
  /** Root's key. */
  readonly root: Credentials
  /** Asks it to end (SIGTERM), and sees that it ends well. */
  readonly stop: () => Promise<void>
  /** Ends it on the spot (SIGKILL). */
  readonly kill: () => Promise<void>
  readonly [Symbol.asyncDispose]: () => Promise<void>
}

export type StartOptions = {
  /** The folder of its files. */
  readonly data: string
  /** A free port when left out. */
  readonly listen?: string
  /** A `postgres://` URL; SQLite in `data` when left out. */
  readonly database?: string
  /** Takes what the server tells of its failures, line by line, where a test provokes them. */
  readonly failures?: string[]
  /** More of the command line. */
  readonly options?: readonly string[]
}

/** Starts a server, and resolves when it answers. */
export async function startServerProcess(options: StartOptions): Promise<ServerProcess> {
  const child = spawn(process.execPath, [COMMAND, 'start', ...commandLine(options)], {
    stdio: ['ignore', 'pipe', options.failures === undefined ? 'inherit' : 'pipe'],
  })
  const { stdout, stderr, pid } = child
  assert(stdout !== null && pid !== undefined)
  if (stderr !== null) {
    createInterface({ input: stderr }).on('line', line => options.failures?.push(line))
  }
  const exited = once(child, 'exit')
  const end = async (signal: NodeJS.Signals) => {
    child.kill(signal)
    await exited
  }
  const endpoint = await answersOn(stdout)
  const root = await rootCredentials(options.data)
  const settings = { endpoint, region: 'us-east-1', maxAttempts: 1 }
  return {
    address: new URL(endpoint).host,
    pid,
    root,
    iam: (credentials = root) => new IAMClient({ ...settings, credentials }),
    sts: (credentials = root) => new STSClient({ ...settings, credentials }),
    async stop() {
      await end('SIGTERM')
      assert.equal(child.exitCode, 0)
    },
    kill: () => end('SIGKILL'),
    [Symbol.asyncDispose]: () => end('SIGKILL'),
  }
}

function commandLine({ data, listen = '127.0.0.1:0', database, options = [] }: StartOptions) {
  const store = database === undefined ? [] : ['--database', database]
  return ['--data', data, '--listen', listen, ...store, ...options]
}

async function answersOn(stdout: NodeJS.ReadableStream): Promise<string> {
  for await (const line of createInterface({ input: stdout })) {
    const endpoint = / on (http:[^\s;]+)/.exec(line)?.[1]
    if (endpoint === undefined) continue
    // What it still prints must not fill the pipe.
    stdout.resume()
    return endpoint
  }
  throw new Error('the server did not start')
}

/** Root's key, as the first start wrote it for the AWS CLI. */
async function rootCredentials(data: string): Promise<Credentials> {
  const profile = await readFile(join(data, 'aws', 'credentials'), 'utf8')
  const read = (key: string) => new RegExp(`^${key} = (.+)$`, 'm').exec(profile)?.[1] ?? ''
  return { accessKeyId: read('aws_access_key_id'), secretAccessKey: read('aws_secret_access_key') }
}
