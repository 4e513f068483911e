// How often somebody may set another password. A new one is compared with up to 24 former ones, each a hash, whatever comes out of it: a
// change that is refused counts like one that is made.
import { AwsError } from '@twinlock/protocol'
import type { Context } from '../services/context.ts'
import type { Caller } from './caller.ts'
import type { Bucket } from './throttle.ts'
import { admitIn } from './throttle.ts'

/** As many in a row as former passwords are kept; then a minute's wait at most: an owner whose password is known must be able to change it. */
export const CHANGES = { freeGuesses: 24, longestWaitSeconds: 60 }

/** By one caller, of one principal's password: what a user does with it keeps no administrator from setting another. */
export const changeBucket = (caller: Pick<Caller, 'id'>, principalId: string): Bucket => ({
  name: `changes of ${principalId} by ${caller.id}`,
  ...CHANGES,
})

/** Counts a change that the caller is about to make. @throws AwsError Throttling while it must wait */
export async function admitChange(
  { account, caller, db, now }: Context,
  principalId: string,
): Promise<void> {
  const { outcome } = await admitIn(db, account, [changeBucket(caller, principalId)], now)
  if (outcome === 'wait') throw new AwsError('Throttling', 'Rate exceeded')
}
