// The collected client data (WebAuthn §5.8.1): what the browser says of the page and the challenge, and the checks of
// §7.1 steps 7 to 11 and §7.2 steps 10 to 14.
import { equalInConstantTime } from '../constant-time.ts'
import { ensure } from './refusal.ts'

/** What the client data must say. */
export type ExpectedClientData = {
  readonly type: 'webauthn.create' | 'webauthn.get'
  readonly challenge: Uint8Array
  readonly origins: readonly string[]
}

/** @throws RefusedCeremony at the first thing that does not hold */
export function checkClientData(clientDataJson: Buffer, expected: ExpectedClientData): void {
  const clientData = parseClientData(clientDataJson)
  const { type, challenge, origin, crossOrigin, topOrigin, tokenBinding } = clientData
  ensure(type === expected.type, 'type')
  const expectedChallenge = Buffer.from(expected.challenge).toString('base64url')
  ensure(typeof challenge === 'string', 'malformed')
  ensure(equalInConstantTime(challenge, expectedChallenge), 'challenge')
  ensure(typeof origin === 'string' && expected.origins.includes(origin), 'origin')
  // No page of ours is meant to be framed; a ceremony inside a frame is somebody else's page asking.
  ensure(crossOrigin === undefined || crossOrigin === false, 'crossOrigin')
  ensure(topOrigin === undefined, 'crossOrigin')
  ensure(!isBound(tokenBinding), 'tokenBinding')
}

function parseClientData(clientDataJson: Buffer): Readonly<Record<string, unknown>> {
  const clientData = parseJson(clientDataJson)
  ensure(typeof clientData === 'object' && clientData !== null, 'malformed')
  return clientData as Readonly<Record<string, unknown>>
}

function parseJson(bytes: Buffer): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
  } catch {
    return undefined
  }
}

/** Level 2's token binding: gone from browsers, and what is claimed of a connection cannot be compared with anything here. */
function isBound(tokenBinding: unknown) {
  if (tokenBinding === undefined) return false
  if (typeof tokenBinding !== 'object' || tokenBinding === null) return true
  return 'status' in tokenBinding && tokenBinding.status === 'present'
}
