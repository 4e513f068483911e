// The `Session` parameter of getSigninToken: temporary credentials, secret included. They are proved by knowing all three parts, as a
// signature would prove them.
import { equalInConstantTime } from '@twinlock/factors'
import type { Session, SessionTokens } from '../../authentication/session-tokens.ts'

const LONGEST = 16_384

/** Whose credentials may open the console: those of somebody who is not an IAM user signing in without a password. */
const FEDERATED: ReadonlySet<Session['issuedBy']> = new Set(['AssumeRole', 'GetFederationToken'])

/** The session of these credentials, without its secret; undefined when any part is wrong or their time is over. */
export function openPresented(text: string, tokens: SessionTokens, now: Date): Session | undefined {
  const presented = parse(text)
  const opened = presented && tokens.open(presented.sessionToken)
  if (presented === undefined || opened === undefined) return undefined
  const { secretAccessKey, ...session } = opened
  const isOwn =
    session.accessKeyId === presented.sessionId &&
    equalInConstantTime(secretAccessKey, presented.sessionKey)
  const isLive = now.getTime() < session.expiresAt * 1000
  return isOwn && isLive && FEDERATED.has(session.issuedBy) ? session : undefined
}

type Presented = {
  readonly sessionId: string
  readonly sessionKey: string
  readonly sessionToken: string
}

function parse(text: string): Presented | undefined {
  if (text.length > LONGEST) return undefined
  try {
    const { sessionId, sessionKey, sessionToken } = JSON.parse(text) as Record<string, unknown>
    return typeof sessionId === 'string' &&
      typeof sessionKey === 'string' &&
      typeof sessionToken === 'string'
      ? { sessionId, sessionKey, sessionToken }
      : undefined
  } catch {
    return undefined
  }
}
