// Files that hold secrets: readable by their owner alone from their first byte on, whole or not there, and on the disk when written.
import {
  closeSync,
  fsyncSync,
  linkSync,
  mkdirSync,
  openSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs'
import { dirname } from 'node:path'

const OWNER_ONLY = 0o600
const OWNERS_FOLDER = 0o700

/** Makes the folder, and those above it, where they are missing. One by one: Node's own `recursive` never ends where nothing can be made. */
export function makePrivateFolder(folder: string): void {
  if (statSync(folder, { throwIfNoEntry: false })?.isDirectory()) return
  makePrivateFolder(dirname(folder))
  mkdirSync(folder, { mode: OWNERS_FOLDER })
}

/** Writes `text` to `file`, in place of what was there: another's file of that name, or a link, gets nothing of it. */
export function writePrivateFile(file: string, text: string): void {
  renameSync(writeDraft(file, text), file)
  syncFolder(dirname(file))
}

/** Writes `text` to `file` if there is none: whoever comes first has written it, whole. */
export function makePrivateFile(file: string, text: string): void {
  const draft = writeDraft(file, text)
  try {
    linkSync(draft, file)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
  } finally {
    rmSync(draft)
  }
  syncFolder(dirname(file))
}

function writeDraft(file: string, text: string): string {
  const draft = `${file}.${process.pid}.new`
  rmSync(draft, { force: true })
  const descriptor = openSync(draft, 'wx', OWNER_ONLY)
  try {
    writeSync(descriptor, text)
    fsyncSync(descriptor)
  } finally {
    closeSync(descriptor)
  }
  return draft
}

/** A new name is on the disk when its folder is. */
function syncFolder(folder: string): void {
  const descriptor = openSync(folder, 'r')
  try {
    fsyncSync(descriptor)
  } finally {
    closeSync(descriptor)
  }
}
