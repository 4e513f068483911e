// A PostgreSQL for tests, held by a process of its own that ends when this one does, however this one ends.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { Socket } from 'node:net'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'

const HOLDER = fileURLToPath(new URL('./hold-postgres.ts', import.meta.url))

export type PostgresProcess = {
  /** A folder that is removed with everything in it when the server ends. */
  readonly folder: string
  /** The URL of a database whose schema is up to date: copy it, and leave it unconnected, or copies fail. */
  readonly template: string
  readonly [Symbol.asyncDispose]: () => Promise<void>
}

/** Starts a server, and resolves when it answers. Nobody needs to end it: it never outlives this process. */
export async function startPostgresProcess(): Promise<PostgresProcess> {
  // A process group of its own: Ctrl-C is for the tests, and what they leave must be removed after them.
  const stdio = ['pipe', 'pipe', 'inherit'] as const
  const holder = spawn(process.execPath, [HOLDER], { stdio: [...stdio], detached: true })
  const exited = once(holder, 'exit')
  const { folder, template } = await announced(holder.stdout)
  holder.stdout.destroy()
  // This process ends when its own work does.
  holder.unref()
  if (holder.stdin instanceof Socket) holder.stdin.unref()
  return {
    folder,
    template,
    async [Symbol.asyncDispose]() {
      holder.stdin.end()
      await exited
    },
  }
}

async function announced(
  stdout: NodeJS.ReadableStream,
): Promise<Pick<PostgresProcess, 'folder' | 'template'>> {
  for await (const line of createInterface({ input: stdout })) return JSON.parse(line)
  throw new Error('PostgreSQL did not start')
}
