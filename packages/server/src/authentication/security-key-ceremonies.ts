// Challenges that wait for a security key's answer: one for each purpose of a browser session or sign-in, for five minutes. Taking
// one deletes it, so that an answer counts once, on whichever node it arrives.
import type { Selectable } from 'kysely'
import type { AccountId } from '../identifiers/account-id.ts'
import type { Random } from '../identifiers/random.ts'
import type { Queries } from '../store/store.ts'
import type { Tables } from '../store/tables.ts'

export type Ceremony = Selectable<Tables['securityKeyCeremony']>
type Purpose = Ceremony['purpose']

/** Whose browser it is, and for whom it proves or registers. */
export type CeremonyPlace = {
  readonly account: AccountId
  /** A browser session's id or a sign-in attempt's digest. */
  readonly boundTo: string
}

export const CEREMONY_SECONDS = 300
const CHALLENGE_BYTES = 32

/** Begins a ceremony, in place of one that the same browser began before. Returns the challenge. */
export async function beginCeremony(
  db: Queries,
  { account, boundTo }: CeremonyPlace,
  begun: Pick<Ceremony, 'purpose' | 'principalId' | 'deviceName'>,
  random: Random,
  now: Date,
): Promise<Buffer> {
  const challenge = random(CHALLENGE_BYTES)
  const row = {
    challenge: challenge.toString('base64url'),
    principalId: begun.principalId,
    deviceName: begun.deviceName,
    expireDate: now.getTime() + CEREMONY_SECONDS * 1000,
  }
  await db
    .insertInto('securityKeyCeremony')
    .values({ accountId: account, boundTo, purpose: begun.purpose, ...row })
    .onConflict(conflict => conflict.columns(['accountId', 'boundTo', 'purpose']).doUpdateSet(row))
    .execute()
  return challenge
}

/** The ceremony that waits, left where it is. */
export function findCeremony(
  db: Queries,
  { account, boundTo }: CeremonyPlace,
  purpose: Purpose,
  now: Date,
): Promise<Ceremony | undefined> {
  return db
    .selectFrom('securityKeyCeremony')
    .selectAll()
    .where('accountId', '=', account)
    .where('boundTo', '=', boundTo)
    .where('purpose', '=', purpose)
    .where('expireDate', '>', now.getTime())
    .executeTakeFirst()
}

/** The ceremony that waited, for the one caller that gets it. */
export async function takeCeremony(
  db: Queries,
  { account, boundTo }: CeremonyPlace,
  purpose: Purpose,
  now: Date,
): Promise<Ceremony | undefined> {
  const taken = await db
    .deleteFrom('securityKeyCeremony')
    .where('accountId', '=', account)
    .where('boundTo', '=', boundTo)
    .where('purpose', '=', purpose)
    .returningAll()
    .executeTakeFirst()
  return taken !== undefined && taken.expireDate > now.getTime() ? taken : undefined
}

/** When the challenge was given out. */
export const begunDate = ({ expireDate }: Ceremony): number => expireDate - CEREMONY_SECONDS * 1000

export const challengeOf = ({ challenge }: Ceremony): Buffer => Buffer.from(challenge, 'base64url')
