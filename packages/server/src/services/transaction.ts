// The open transaction of an operation that changes the account, for what must not run outside one.
import { Transaction } from 'kysely'
import type { Tables } from '../store/tables.ts'
import type { Context } from './context.ts'

/** @throws Error in an operation that does not declare `changes: true` */
export function transactionOf({ db }: Context): Transaction<Tables> {
  if (db instanceof Transaction) return db
  throw new Error('an operation that needs a transaction must declare `changes: true`')
}
