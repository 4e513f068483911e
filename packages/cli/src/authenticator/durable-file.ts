// Files that are complete under their name or not there, also after a power cut; and, unless told otherwise, readable by their owner alone.
import { randomBytes } from 'node:crypto'
import { open, rename, unlink } from 'node:fs/promises'
import { dirname } from 'node:path'

const OWNER_ONLY = 0o600

/** Puts the text in the place of what was there. A reader sees the old file or the new one. */
export async function replaceFile(path: string, text: string, mode = OWNER_ONLY) {
  const draft = `${path}.${randomBytes(6).toString('hex')}`
  try {
    await writeSynced(draft, text, mode)
    await rename(draft, path)
  } catch (error) {
    await unlink(draft).catch(() => undefined)
    throw error
  }
  await syncFolder(dirname(path))
}

/** Makes a file, which must not exist, and waits until it is on the disk. */
export async function writeSynced(path: string, text: string | Buffer, mode = OWNER_ONLY) {
  await using file = await open(path, 'wx', OWNER_ONLY)
  // Not left to `open`, from whose mode the process's mask takes away.
  if (mode !== OWNER_ONLY) await file.chmod(mode)
  await file.writeFile(text)
  await file.sync()
}

/** A rename is on the disk when its folder is. Windows doesn't open folders, and needs no such step. */
async function syncFolder(path: string) {
  if (process.platform === 'win32') return
  await using folder = await open(path, 'r')
  await folder.sync()
}

/** The operating system's code of an error, such as ENOENT. */
export function codeOf(error: unknown) {
  return error instanceof Error && 'code' in error ? error.code : undefined
}
