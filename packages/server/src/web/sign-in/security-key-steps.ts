// The second lock, with a passkey or security key.
import { beginCeremony, takeCeremony } from '../../authentication/security-key-ceremonies.ts'
import type { KeyOutcome } from '../../authentication/security-keys.ts'
import { authenticationOptionsFor, proveSecurityKey } from '../../authentication/security-keys.ts'
import type { SecurityKeyInput, SecurityKeyOptions } from '../api.ts'
import type { Visit, WebParts } from '../visit.ts'
import { authenticationFailed } from '../web-error.ts'
import { proved, refuse } from './code-steps.ts'
import type { StepResult } from './steps.ts'
import { theAttempt } from './steps.ts'

/** What the browser asks the key for. @throws WebError AuthenticationFailed for somebody without one */
export async function askSecurityKey(
  parts: WebParts,
  visit: Visit,
  token: string | undefined,
): Promise<SecurityKeyOptions> {
  const { attempt } = await theAttempt(parts, visit, token, 'mfa')
  const { store, house, origin } = parts
  const { account, tokenHash, principal } = attempt
  const options = await store.transaction(async tx => {
    const challenge = await beginCeremony(
      tx,
      { account, boundTo: tokenHash },
      { purpose: 'authentication', principalId: principal.principalId, deviceName: null },
      house.random,
      visit.now,
    )
    return authenticationOptionsFor(tx, principal, origin, challenge)
  })
  if (options === undefined) throw authenticationFailed()
  return { options }
}

/** The key's answer. The challenge is spent whatever it proves. It is no guess, and waits for nobody's. @throws WebError AuthenticationFailed */
export async function submitSecurityKey(
  parts: WebParts,
  visit: Visit,
  token: string | undefined,
  { response }: SecurityKeyInput,
): Promise<StepResult> {
  const { attempt } = await theAttempt(parts, visit, token, 'mfa')
  const { store, origin } = parts
  const { account, tokenHash, principal } = attempt
  const ceremony = await store.transaction(tx =>
    takeCeremony(tx, { account, boundTo: tokenHash }, 'authentication', visit.now),
  )
  const result: KeyOutcome =
    ceremony?.principalId === principal.principalId
      ? await proveSecurityKey(store, principal, ceremony, response, origin, visit.now)
      : { outcome: 'wrong' }
  const method = 'security-key'
  switch (result.outcome) {
    case 'proved':
      return proved(parts, visit, attempt, {
        authenticatedAt: Math.floor(visit.now.getTime() / 1000),
        serialNumber: result.serialNumber,
        method,
      })
    case 'cloned':
      return refuse(parts, visit, attempt, { method, clonedDevice: result.serialNumber })
    case 'wrong':
      return refuse(parts, visit, attempt, { method, refusal: result.reason })
    default:
      return result satisfies never
  }
}
