// Sign-in tokens: fifteen minutes in which one browser may open the console with somebody's temporary credentials. The store has their
// digests alone; a token is used by deleting its row, so only once.
import type { Selectable } from 'kysely'
import type { Random } from '../../identifiers/random.ts'
import { newBrowserToken, readBrowserToken } from '../../authentication/browser-token.ts'
import type { Session } from '../../authentication/session-tokens.ts'
import type { Queries } from '../../store/store.ts'
import type { Tables } from '../../store/tables.ts'

export const SIGNIN_TOKEN_SECONDS = 900

export type SigninGrant = {
  readonly session: Session
  /** How long the console session shall last; undefined: as long as the credentials. */
  readonly sessionSeconds: number | undefined
}

export async function newSigninToken(
  db: Queries,
  { session, sessionSeconds }: SigninGrant,
  random: Random,
  now: Date,
): Promise<string> {
  const { token, tokenHash } = newBrowserToken(session.account, random)
  await db
    .insertInto('signinToken')
    .values({
      accountId: session.account,
      tokenHash,
      session: JSON.stringify(session),
      sessionSeconds: sessionSeconds ?? null,
      expireDate: now.getTime() + SIGNIN_TOKEN_SECONDS * 1000,
    })
    .execute()
  return token
}

/** What the token was given for; it stays good. */
export async function findSigninToken(
  db: Queries,
  token: string,
  now: Date,
): Promise<SigninGrant | undefined> {
  const presented = readBrowserToken(token)
  if (presented === undefined) return undefined
  const row = await db
    .selectFrom('signinToken')
    .selectAll()
    .where('accountId', '=', presented.account)
    .where('tokenHash', '=', presented.tokenHash)
    .executeTakeFirst()
  return row && grantOf(row, now)
}

/** What the token was given for, to the one caller that gets it. */
export async function takeSigninToken(
  db: Queries,
  token: string,
  now: Date,
): Promise<SigninGrant | undefined> {
  const presented = readBrowserToken(token)
  if (presented === undefined) return undefined
  const { account, tokenHash } = presented
  const row = await db
    .deleteFrom('signinToken')
    .where('accountId', '=', account)
    .where('tokenHash', '=', tokenHash)
    .returningAll()
    .executeTakeFirst()
  return row && grantOf(row, now)
}

function grantOf(row: Selectable<Tables['signinToken']>, now: Date): SigninGrant | undefined {
  if (row.expireDate <= now.getTime()) return undefined
  // Only newSigninToken writes the column.
  const session = JSON.parse(row.session) as Session
  return { session, sessionSeconds: row.sessionSeconds ?? undefined }
}
