// Wrong passwords of callers that are known, who change their own: after a few in a row the next one must wait, twice as long each
// time. The count outlives the password. Sign-in, where strangers guess, counts by itself: nobody there keeps a user from changing it here.
import { AwsError } from '@twinlock/protocol'
import type { Context } from '../context.ts'

/** Wrong ones that cost no wait: typing errors. */
const FREE_GUESSES = 4
/** Waits are 1, 2, 4, … seconds, at most this: nobody can lock the owner out for long. */
const LONGEST_WAIT_SECONDS = 900

/** @throws AwsError Throttling while the user must wait */
export async function admitGuess(context: Context, userId: string): Promise<void> {
  const guesses = await findGuesses(context, userId)
  if (guesses === undefined || guesses.failures <= FREE_GUESSES) return
  const wait = Math.min(2 ** (guesses.failures - FREE_GUESSES - 1), LONGEST_WAIT_SECONDS)
  // The distance, so that a clock that was ahead locks nobody out.
  const waited = Math.abs(context.now.getTime() - guesses.lastFailureDate) / 1000
  if (waited < wait) throw new AwsError('Throttling', 'Rate exceeded')
}

/** Counts a wrong password. */
export async function countWrongGuess(context: Context, userId: string): Promise<void> {
  const failures = ((await findGuesses(context, userId))?.failures ?? 0) + 1
  const row = { failures, lastFailureDate: context.now.getTime() }
  await context.db
    .insertInto('passwordGuess')
    .values({ accountId: context.account, userId, ...row })
    .onConflict(conflict => conflict.columns(['accountId', 'userId']).doUpdateSet(row))
    .execute()
}

/** A right password ends the count. */
export async function forgetGuesses({ account, db }: Context, userId: string): Promise<void> {
  await db
    .deleteFrom('passwordGuess')
    .where('accountId', '=', account)
    .where('userId', '=', userId)
    .execute()
}

function findGuesses({ account, db }: Context, userId: string) {
  return db
    .selectFrom('passwordGuess')
    .select(['failures', 'lastFailureDate'])
    .where('accountId', '=', account)
    .where('userId', '=', userId)
    .executeTakeFirst()
}
