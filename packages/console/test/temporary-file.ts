// Files that the command line of a test's server names.
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after } from 'node:test'

let folder: Promise<string> | undefined

after(async () => {
  if (folder !== undefined) await rm(await folder, { recursive: true })
})

/** Writes it; it goes when the test file is over. Returns its path. */
export async function fileWith(name: string, text: string): Promise<string> {
  const file = join(await (folder ??= mkdtemp(join(tmpdir(), 'twinlock-'))), name)
  await writeFile(file, text, { mode: 0o600 })
  return file
}
