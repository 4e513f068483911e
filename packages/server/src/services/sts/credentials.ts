// Temporary credentials: a new key whose session token holds all that is to be known of the session.
import type { Credentials } from '@aws-sdk/client-sts'
import { AwsError } from '@twinlock/protocol'
import type { Session } from '../../authentication/session-tokens.ts'
import { newSecretAccessKey } from '../../identifiers/secret-access-key.ts'
import { newUniqueId } from '../../identifiers/unique-ids.ts'
import type { Context } from '../context.ts'

type SessionFacts = Pick<Session, 'issuedBy' | 'principalId' | 'mfa' | 'role'>

/** How long the credentials last, and how long their token is at least. */
type Terms = {
  readonly durationSeconds: number
  readonly minimumTokenSize: number | undefined
}

/** Issues credentials for a session of the caller's account. */
export function issueCredentials(
  { account, house, now }: Context,
  { durationSeconds, minimumTokenSize }: Terms,
  facts: SessionFacts,
): Credentials {
  const issuedAt = Math.floor(now.getTime() / 1000)
  const session: Session = {
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

const MOST_TOKEN_BYTES = 4096

/**
 * The bounds of MinimumSessionTokenSize, which AWS tells in its prose alone.
 * @throws AwsError ValidationError
 */
export function checkMinimumTokenSize(size = 0): void {
  if (size >= 0 && size <= MOST_TOKEN_BYTES) return
  const bound =
    size < 0 ? 'greater than or equal to 0' : `less than or equal to ${MOST_TOKEN_BYTES}`
  throw new AwsError(
    'ValidationError',
    `1 validation error detected: Value '${size}' at 'minimumSessionTokenSize' failed to satisfy constraint: Member must have value ${bound}`,
  )
}
