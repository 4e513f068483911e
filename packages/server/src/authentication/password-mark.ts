// Which password something was opened with: it is worth nothing once the user has another one.
import { hash } from 'node:crypto'

/** A mark of a password's hash. No two hashes have the same, not even of one password, for each has a salt of its own. */
export const passwordMark = (passwordHash: string) => hash('sha256', passwordHash, 'base64url')
