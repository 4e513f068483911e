// Files that hold secrets: readable by their owner alone from their first byte on, whole or not there, and on the disk when written.
import {
  closeSync,
  fsyncSync,
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
  const draft = `${file}.${process.pid}.new`
  rmSync(draft, { force: true })
  const descriptor = openSync(draft, 'wx', OWNER_ONLY)
  try {
    writeSync(descriptor, text)
    fsyncSync(descriptor)
  } finally {
    closeSync(descriptor)
  }
  renameSync(draft, file)
  syncFolder(dirname(file))
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
