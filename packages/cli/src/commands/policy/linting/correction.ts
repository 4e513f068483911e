// A corrected document in the place of the one that it corrects.
import { readFile, realpath, stat } from 'node:fs/promises'
import { replaceFile } from '../../../authenticator/durable-file.ts'
import { Refusal } from '../../../command-errors.ts'

/**
 * Puts the corrected text into the file, in one piece, with the permissions that the file had.
 * @throws Refusal when the file is no longer what was corrected
 */
export async function replaceDocument(path: string, before: string, after: string) {
  // The file that a link names, and not the link, is what has the document.
  const target = await realpath(path)
  if ((await readFile(target, 'utf8')) !== before) {
    throw new Refusal(`${path} has changed while it was looked at: it was left as it is.`)
  }
  const { mode } = await stat(target)
  await replaceFile(target, after, mode & 0o777)
}
