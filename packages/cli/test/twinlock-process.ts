// The real command as a process of its own, in a home folder of its own.
import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempDisposable } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'

const MAIN = fileURLToPath(new URL('../src/main.ts', import.meta.url))

/** A home folder that is gone afterwards. */
export const temporaryHome = () => mkdtempDisposable(join(tmpdir(), 'twinlock-home-'))

type Surroundings = { readonly input?: string; readonly env?: Readonly<Record<string, string>> }

/** A running command. Its authenticator is sealed with a key file in the home folder. */
export function spawnTwinlock(
  home: string,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): ChildProcessWithoutNullStreams {
  const key = join(home, 'key')
  return spawn(process.execPath, [MAIN, ...args], {
    env: { HOME: home, TWINLOCK_AUTHENTICATOR_KEY_FILE: key, ...env },
  })
}

/** What a command came to. */
export async function twinlock(
  home: string,
  args: readonly string[],
  { input = '', env = {} }: Surroundings = {},
) {
  const child = spawnTwinlock(home, args, env)
  child.stdin.end(input)
  const [stdout, stderr, [status]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, 'close') as Promise<[number | null]>,
  ])
  return { status, stdout, stderr }
}

/** `twinlock start` on a free port, and the environment in which AWS's tools find it. */
export async function startService(home: string) {
  const folder = join(home, 'service')
  const child = spawnTwinlock(home, ['start', '--data', folder, '--listen', '127.0.0.1:0'])
  const closed = once(child, 'close') as Promise<[number | null]>
  let endpoint: string | undefined
  for await (const line of createInterface({ input: child.stdout })) {
    endpoint = /^Twinlock .* on (http:[^\s;]+)/.exec(line)?.[1]
    if (endpoint !== undefined) break
  }
  if (endpoint === undefined)
    throw new Error(`the service did not start: ${await text(child.stderr)}`)
  return {
    endpoint,
    env: {
      AWS_CONFIG_FILE: join(folder, 'aws/config'),
      AWS_SHARED_CREDENTIALS_FILE: join(folder, 'aws/credentials'),
    },
    /** Its exit status, after SIGTERM. */
    stop: async () => {
      child.kill('SIGTERM')
      const [status] = await closed
      return status
    },
  }
}
