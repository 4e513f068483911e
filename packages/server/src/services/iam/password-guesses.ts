// Wrong passwords of callers that are known, who change their own: after a few in a row the next one must wait, twice as long each
// time. The count outlives the password. Sign-in, where strangers guess, counts by itself: nobody there keeps a user from changing it here.
import { AwsError } from '@twinlock/protocol'
import { remembered, waitSeconds } from '../../authentication/guess-limits.ts'
import type { Context } from '../context.ts'

/** Nobody can lock the owner out for long. */
const LIMITS = { freeGuesses: 4, longestWaitSeconds: 900 }

/** @throws AwsError Throttling while the user must wait */
export async function admitGuess(context: Context, userId: string): Promise<void> {
  const guesses = await findGuesses(context, userId)
  if (guesses === undefined || waitSeconds(LIMITS, guesses, context.now.getTime()) === 0) return
  throw new AwsError('Throttling', 'Rate exceeded')
}

/** Counts a wrong password. */
export async function countWrongGuess(context: Context, userId: string): Promise<void> {
  const before = await findGuesses(context, userId)
  const at = context.now.getTime()
  const failures = 1 + (before === undefined ? 0 : remembered(LIMITS, before, at))
  const row = { failures, lastFailureDate: at }
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
