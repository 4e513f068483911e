// The master key: 32 random bytes in a file that only its owner can read, made at the first start. It seals the data keys
// and nothing else.
import { closeSync, existsSync, fsyncSync, openSync, readFileSync, statSync } from 'node:fs'
import { dirname } from 'node:path'
import { ConfigError } from '../config.ts'
import type { Random } from '../identifiers/random.ts'
import { makePrivateFile, makePrivateFolder } from '../private-file.ts'
import { KEY_BYTES } from './keyring.ts'

const OTHERS_MAY_READ = 0o077

/**
 * The key in `file`.
 * @param make whether a missing file is made: only while there is nothing yet that an older key could have sealed
 * @throws ConfigError when the file is missing, readable by others, or not a key
 */
export function readMasterKey(file: string, make: boolean, random: Random): Buffer {
  if (make) makeMasterKey(file, random)
  let text: string
  try {
    const { mode, uid } = statSync(file)
    if ((mode & OTHERS_MAY_READ) !== 0) {
      throw new ConfigError(`The master key ${file} can be read by others: chmod 600 it.`)
    }
    if (process.getuid !== undefined && uid !== process.getuid()) {
      throw new ConfigError(`The master key ${file} belongs to another user.`)
    }
    text = readFileSync(file, 'utf8').trim()
  } catch (error) {
    if (error instanceof ConfigError) throw error
    throw new ConfigError(
      `The master key ${file} cannot be read, and without it nothing in the database can be opened.`,
      { cause: error },
    )
  }
  const key = Buffer.from(text, 'base64')
  if (key.length !== KEY_BYTES || key.toString('base64') !== text) {
    throw new ConfigError(`The master key ${file} must hold ${KEY_BYTES} bytes in base64.`)
  }
  return key
}

function makeMasterKey(file: string, random: Random): void {
  try {
    if (existsSync(file)) return
    makePrivateFolder(dirname(file))
    // Of two nodes that start together for the first time, the later one reads the other's.
    makePrivateFile(file, `${random(KEY_BYTES).toString('base64')}\n`)
  } catch (error) {
    throw new ConfigError(`The master key ${file} cannot be written.`, { cause: error })
  }
}

/** Waits until the file, whoever wrote it, outlives a power cut. */
export function keepOnDisk(file: string): void {
  for (const path of [file, dirname(file)]) {
    const descriptor = openSync(path, 'r')
    try {
      fsyncSync(descriptor)
    } finally {
      closeSync(descriptor)
    }
  }
}
