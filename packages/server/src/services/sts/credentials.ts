// Temporary credentials: a new key whose session token holds all that is to be known of the session.
import type { Credentials } from '@aws-sdk/client-sts'
import type { Caller } from '../../authentication/caller.ts'
import type { Session, TokenSession } from '../../authentication/session-tokens.ts'
import { newSecretAccessKey } from '../../identifiers/secret-access-key.ts'
import { newUniqueId } from '../../identifiers/unique-ids.ts'
import type { Context } from '../context.ts'

type SessionFacts = Pick<Session, 'issuedBy' | 'principalId' | 'mfa' | 'role' | 'federatedUser'>

/** For how long the credentials are valid, and how many bytes their token has at least. */
type Validity = {
  readonly durationSeconds: number
  readonly minimumTokenSize: number | undefined
}

const DEFAULT_SECONDS = 43_200
const ROOT_MOST_SECONDS = 3600

/** How long a session made with a long-term key lasts. Root is not refused a longer one: it gets an hour without a word. */
export function secondsFor(caller: Caller, asked: number = DEFAULT_SECONDS): number {
  return caller.kind === 'root' ? Math.min(asked, ROOT_MOST_SECONDS) : asked
}

/** Issues credentials for a session of the caller's account. */
export function issueCredentials(
  { account, house, now }: Context,
  { durationSeconds, minimumTokenSize }: Validity,
  facts: SessionFacts,
): Credentials {
  const issuedAt = Math.floor(now.getTime() / 1000)
  const session: TokenSession = {
    account,
    accessKeyId: newUniqueId('ASIA', account, house.random),
    secretAccessKey: newSecretAccessKey(house.random),
    issuedAt,
    expiresAt: issuedAt + durationSeconds,
    ...facts,
  }
  return {
    AccessKeyId: session.accessKeyId,
    SecretAccessKey: session.secretAccessKey,
    SessionToken: house.sessionTokens.seal(session, minimumTokenSize),
    Expiration: new Date(session.expiresAt * 1000),
  }
}
