// Text files that the user names.
import { readFile } from 'node:fs/promises'

/** The file's text. Node tells the path of a file that does not open, and not of one that opens and can't be read: a directory. */
export async function readText(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8')
  } catch (error) {
    throw error instanceof Error ? Object.assign(error, { path }) : error
  }
}
