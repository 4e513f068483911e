// The account's revision: it grows with every change, so that caches know what they have outlived.
import type { Transaction } from 'kysely'
import type { Tables } from './tables.ts'

/**
 * Takes the account's row for this transaction, so that changes to one account come one after another, and moves its revision.
 * @returns the revision that this change makes
 */
export async function touchAccount(tx: Transaction<Tables>, account: string): Promise<number> {
  const { revision } = await tx
    .updateTable('account')
    .set(eb => ({ revision: eb('revision', '+', 1) }))
    .where('accountId', '=', account)
    .returning('revision')
    .executeTakeFirstOrThrow()
  return revision
}
