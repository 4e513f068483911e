// All that is wrong with a seed file, told at once and by place, and the rule that a file is imported whole or not at all.
import { FactorsError } from '../errors.ts'
import type { ImportedToken } from './imported-token.ts'

/** One thing that is wrong. Neither part repeats a value of the file. */
export type TokenFileProblem = {
  /** For instance `line 7` or `key package 3`. */
  readonly place: string
  readonly reason: string
}

/** More would help nobody, and a file of nothing but errors must not make an answer larger than itself. */
const MOST_PROBLEMS = 100

/** A seed file of which nothing was imported. The message tells the first problem, `problems` the first hundred. */
export class TokenFileError extends FactorsError {
  readonly problems: readonly TokenFileProblem[]

  constructor(problems: readonly TokenFileProblem[]) {
    const [first] = problems
    const others = problems.length - 1
    const rest = others > 0 ? ` There ${others === 1 ? 'is 1 more' : `are ${others} more`}.` : ''
    const told = first === undefined ? 'it has no tokens' : `${first.place}: ${first.reason}`
    super('InvalidTokenFile', `Nothing was imported: ${told}.${rest}`)
    this.name = 'TokenFileError'
    this.problems = problems.slice(0, MOST_PROBLEMS)
  }
}

/** A file that is wrong as a whole. */
export function unusableFile(reason: string) {
  return new TokenFileError([{ place: 'the file', reason }])
}

/** What `read` returns; a fault that it finds is the file's, not an entry's. */
export async function wholeFile<Value>(read: () => Promise<Value>): Promise<Value> {
  try {
    return await read()
  } catch (error) {
    throw isOfOneEntry(error) ? unusableFile(error.message) : error
  }
}

/**
 * The tokens of all entries.
 * @throws TokenFileError naming each entry that `read` refuses and each serial number that comes twice
 */
export function readEveryEntry<Entry>(
  entries: readonly Entry[],
  placeOf: (entry: Entry, index: number) => string,
  read: (entry: Entry) => ImportedToken,
): readonly ImportedToken[] {
  const problems: TokenFileProblem[] = []
  const tokens = new Map<string, ImportedToken>()
  const places = new Map<string, string>()
  for (const [index, entry] of entries.entries()) {
    const place = placeOf(entry, index)
    const token = tokenOrReason(() => read(entry))
    if (typeof token === 'string') {
      problems.push({ place, reason: token })
      continue
    }
    const before = places.get(token.serialNumber)
    if (before !== undefined) {
      problems.push({ place, reason: `the serial number is that of ${before}` })
      continue
    }
    tokens.set(token.serialNumber, token)
    places.set(token.serialNumber, place)
  }
  if (problems.length > 0 || tokens.size === 0) throw new TokenFileError(problems)
  return [...tokens.values()]
}

/** An entry's own fault is told beside those of others; what concerns the whole file is told at once. */
function tokenOrReason(read: () => ImportedToken) {
  try {
    return read()
  } catch (error) {
    if (isOfOneEntry(error)) return error.message.replace(/\.$/, '')
    throw error
  }
}

function isOfOneEntry(error: unknown): error is FactorsError {
  if (!(error instanceof FactorsError) || error instanceof TokenFileError) return false
  return error.code !== 'WrongTokenFileKey'
}
