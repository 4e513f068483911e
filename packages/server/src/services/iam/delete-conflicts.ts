// What must go before a user, group or role can be deleted, and AWS's words for it: those for policies and devices are
// recorded, the others were seen by AWS's customers. In which order AWS looks is not known: this order is ours.
import { AwsError } from '@twinlock/protocol'
import type { Context } from '../context.ts'

/** One kind of thing that may hang on an identity. */
export type Holding = {
  readonly remedy: string
  readonly find: (context: Context, id: string) => Promise<object | undefined>
}

const ofPrincipal =
  (table: 'accessKey' | 'attachment' | 'inlinePolicy' | 'mfaDevice'): Holding['find'] =>
  ({ account, db }, id) =>
    db
      .selectFrom(table)
      .select('accountId')
      .where('accountId', '=', account)
      .where('principalId', '=', id)
      .limit(1)
      .executeTakeFirst()

const ofUser =
  (table: 'loginProfile' | 'membership'): Holding['find'] =>
  ({ account, db }, id) =>
    db
      .selectFrom(table)
      .select('accountId')
      .where('accountId', '=', account)
      .where('userId', '=', id)
      .limit(1)
      .executeTakeFirst()

const findMember: Holding['find'] = ({ account, db }, id) =>
  db
    .selectFrom('membership')
    .select('accountId')
    .where('accountId', '=', account)
    .where('groupId', '=', id)
    .limit(1)
    .executeTakeFirst()

const POLICIES: readonly Holding[] = [
  { find: ofPrincipal('attachment'), remedy: 'must detach all policies first' },
  { find: ofPrincipal('inlinePolicy'), remedy: 'must delete policies first' },
]
const MEMBERS = 'must remove users from group first'

export const HELD_BY_USERS: readonly Holding[] = [
  { find: ofPrincipal('accessKey'), remedy: 'must delete access keys first' },
  { find: ofUser('loginProfile'), remedy: 'must delete login profile first' },
  { find: ofUser('membership'), remedy: MEMBERS },
  ...POLICIES,
  { find: ofPrincipal('mfaDevice'), remedy: 'must remove tokens from principal first' },
]
export const HELD_BY_GROUPS: readonly Holding[] = [
  { find: findMember, remedy: MEMBERS },
  ...POLICIES,
]
export const HELD_BY_ROLES: readonly Holding[] = POLICIES

/** @throws AwsError DeleteConflict while something hangs on the identity */
export async function checkHoldsNothing(
  context: Context,
  id: string,
  holdings: readonly Holding[],
): Promise<void> {
  for (const { find, remedy } of holdings) {
    if ((await find(context, id)) === undefined) continue
    throw new AwsError('DeleteConflict', `Cannot delete entity, ${remedy}.`)
  }
}
