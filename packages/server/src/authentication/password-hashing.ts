// Hashes of passwords, each 19 MiB and tens of milliseconds: they take turns (fair-turns.ts), and those who wait are not too many. Threads
// are the process's: so is the queue for them.
import { hashPassword, verifyPassword } from '@twinlock/factors'
import { AwsError } from '@twinlock/protocol'
import { fairTurns } from '../fair-turns.ts'
import type { VerifyPassword } from './sign-in-password.ts'

export type Hasher = {
  readonly hash: (password: string) => Promise<string>
  readonly verify: VerifyPassword
}

/** Of libuv's four threads one is left to files. */
const AT_ONCE = 3
/** Requests of one holder, and of all, that have hashes under way or wait for them: a few seconds' work in all. */
const MOST_OF_HOLDER = 16
const MOST_IN_ALL = 128
/** Strangers' guesses leave the rest to those who are known: there may be many strangers. */
export const MOST_WITH_STRANGERS = 96

const inTurn = fairTurns(AT_ONCE)

/** Requests by their holders. */
const requests = new Map<string, number>()
let requestsInAll = 0

/**
 * Work that needs hashes, one after another. It is refused before its first one or not at all.
 * @param holder whose requests wait for each other
 * @param mostInAll from how many requests on this one is refused
 * @throws AwsError Throttling, where the holder has too many; ServiceUnavailable, where all have
 */
export async function hashFor<Result>(
  holder: string,
  work: (hasher: Hasher) => Promise<Result>,
  mostInAll = MOST_IN_ALL,
): Promise<Result> {
  const ofHolder = requests.get(holder) ?? 0
  if (ofHolder >= MOST_OF_HOLDER) throw new AwsError('Throttling', 'Rate exceeded')
  if (requestsInAll >= mostInAll) throw tooBusy()
  count(holder, 1)
  try {
    return await work({
      hash: password => inTurn(holder, () => hashPassword(password)),
      verify: (passwordHash, password) =>
        inTurn(holder, () => verifyPassword(passwordHash, password)),
    })
  } finally {
    count(holder, -1)
  }
}

function count(holder: string, more: number) {
  requestsInAll += more
  const ofHolder = (requests.get(holder) ?? 0) + more
  if (ofHolder === 0) requests.delete(holder)
  else requests.set(holder, ofHolder)
}

/** Whether the password is one of those that were hashed: one is tried after the other, up to the first that it is. */
export async function isReused(
  { verify }: Pick<Hasher, 'verify'>,
  passwordHashes: readonly string[],
  password: string,
): Promise<boolean> {
  for (const passwordHash of passwordHashes) {
    if (await verify(passwordHash, password)) return true
  }
  return false
}

const tooBusy = () =>
  new AwsError(
    'ServiceUnavailable',
    'The request has failed due to a temporary failure of the server.',
  )
