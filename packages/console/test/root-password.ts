// A server whose root user has a password that the tests know.
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after } from 'node:test'
import { ROOT_PASSWORD } from '../../server/test/sign-in-people.ts'

let folder: Promise<string> | undefined

after(async () => {
  if (folder !== undefined) await rm(await folder, { recursive: true })
})

/** Options of the command line that give root the password `ROOT_PASSWORD`. */
export async function rootPassword(): Promise<readonly string[]> {
  const file = join(await (folder ??= mkdtemp(join(tmpdir(), 'twinlock-root-'))), 'password')
  await writeFile(file, ROOT_PASSWORD, { mode: 0o600 })
  return ['--root-password-file', file]
}
