// The first lock of sign-in: whose password is it? Whatever is wrong, an account, a user, a login profile or the password, the
// same query runs, one hash is computed, and one answer is given.
import { LONGEST_PASSWORD } from '@twinlock/factors'
import { sql } from 'kysely'
import type { AccountId } from '../identifiers/account-id.ts'
import { parseAccountId } from '../identifiers/account-id.ts'
import type { Queries } from '../store/store.ts'

/** Who somebody says to be. */
export type SignInName =
  | { readonly kind: 'root'; readonly email: string }
  | {
      readonly kind: 'user'
      /** Twelve digits or the alias. */
      readonly account: string
      readonly userName: string
    }

/** Who signs in. */
export type SignInPrincipal = {
  readonly account: AccountId
  /** The user's id, or the account id for root. */
  readonly principalId: string
} & ({ readonly kind: 'root' } | { readonly kind: 'user'; readonly userName: string })

/** What a name led to. A caller from outside must not learn which of it is there. */
export type FoundName = {
  readonly account: AccountId | undefined
  readonly principal: SignInPrincipal | undefined
  /** undefined of somebody without a password. */
  readonly passwordHash: string | undefined
}

export function findSignInName(db: Queries, name: SignInName): Promise<FoundName> {
  return name.kind === 'root' ? findRoot(db, name.email) : findUser(db, name.account, name.userName)
}

const NOBODY: FoundName = { account: undefined, principal: undefined, passwordHash: undefined }

async function findRoot(db: Queries, email: string): Promise<FoundName> {
  const row = await db
    .selectFrom('account')
    .select(['accountId', 'rootPasswordHash'])
    .where(sql`lower(email)`, '=', email.toLowerCase())
    .executeTakeFirst()
  if (row === undefined) return NOBODY
  const account = parseAccountId(row.accountId)
  return {
    account,
    principal: { kind: 'root', account, principalId: account },
    passwordHash: row.rootPasswordHash ?? undefined,
  }
}

async function findUser(db: Queries, accountOrAlias: string, userName: string): Promise<FoundName> {
  const row = await db
    .selectFrom('account')
    .leftJoin('user', join =>
      join
        .onRef('user.accountId', '=', 'account.accountId')
        .on('user.userNameKey', '=', userName.toLowerCase()),
    )
    .leftJoin('loginProfile', join =>
      join
        .onRef('loginProfile.accountId', '=', 'user.accountId')
        .onRef('loginProfile.userId', '=', 'user.userId'),
    )
    .select(['account.accountId', 'user.userId', 'user.userName', 'loginProfile.passwordHash'])
    .where(eb =>
      eb.or([
        eb('account.accountId', '=', accountOrAlias),
        eb('account.alias', '=', accountOrAlias.toLowerCase()),
      ]),
    )
    .executeTakeFirst()
  if (row === undefined) return NOBODY
  const account = parseAccountId(row.accountId)
  const { userId, passwordHash } = row
  if (userId === null || row.userName === null) return { ...NOBODY, account }
  return {
    account,
    principal: { kind: 'user', account, principalId: userId, userName: row.userName },
    passwordHash: passwordHash ?? undefined,
  }
}

/** Computes one hash, of a password that nobody has where there is none: factors' `verifyPassword`. */
export type VerifyPassword = (
  passwordHash: string | undefined,
  password: string,
) => Promise<boolean>

/** Whether the password is that of the found name. Takes as long whatever was found. */
export async function isPasswordOf(
  { principal, passwordHash }: FoundName,
  password: string,
  verify: VerifyPassword,
): Promise<boolean> {
  const isPossible = principal !== undefined && password.length <= LONGEST_PASSWORD
  const matches = await verify(isPossible ? passwordHash : undefined, password)
  return matches && isPossible
}
