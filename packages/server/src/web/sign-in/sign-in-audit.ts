// The records that a sign-in leaves.
import type { CeremonyRefusal } from '@twinlock/factors'
import type { BrowserSession } from '../../authentication/browser-sessions.ts'
import type { MfaMethod } from '../../authentication/mfa-method.ts'
import type { Session } from '../../authentication/session-tokens.ts'
import type { Attempt } from '../../authentication/sign-in-attempts.ts'
import type { FoundName, SignInPrincipal } from '../../authentication/sign-in-password.ts'
import type { OwnDevice } from '../../authentication/sign-in-state.ts'
import type { AuditRow } from '../../audit/audit-row.ts'
import { mfaType, signInRow } from '../../audit/sign-in-record.ts'
import type { Visit, WebParts } from '../visit.ts'

const FAILED = 'Failed authentication'
const NO_SUCH_USER = 'No username found in supplied account'

const requestOf = ({ now, connection, userAgent }: Visit) => ({
  now,
  sourceIp: connection.sourceIp,
  userAgent,
})

const login = (parts: WebParts, returnTo: string, mfaUsed: boolean) => ({
  LoginTo: `${parts.origin.origin}${returnTo}`,
  MobileVersion: 'No',
  MFAUsed: mfaUsed ? 'Yes' : 'No',
})

/** A wrong password. Of an account that is not here there is nobody to tell. */
export async function notePasswordFailure(
  parts: WebParts,
  visit: Visit,
  { account, principal }: FoundName,
  returnTo: string,
): Promise<void> {
  if (account === undefined) return
  const row = signInRow(
    principal === undefined ? { unknownIn: account } : { known: principal },
    requestOf(visit),
    {
      eventName: 'ConsoleLogin',
      outcome: 'Failure',
      errorMessage: principal === undefined ? NO_SUCH_USER : FAILED,
      additionalEventData: login(parts, returnTo, false),
    },
  )
  await parts.trail.noteRow(row, principal === undefined ? 'nobody' : 'guess', visit.now)
}

/** The password was right, and a device is asked for: AWS tells of it though no ConsoleLogin may follow. */
export async function noteMfaAsked(
  parts: WebParts,
  visit: Visit,
  principal: SignInPrincipal,
  devices: readonly OwnDevice[],
): Promise<void> {
  const row = signInRow({ known: principal }, requestOf(visit), {
    eventName: 'CheckMfa',
    outcome: 'Success',
    additionalEventData: { MfaType: mfaType(devices.map(({ kind }) => kind)) },
  })
  await parts.trail.noteRow(row, 'known', visit.now)
}

/** What proved nothing, and what is known of it. */
export type SecondFactorFailure = {
  readonly method: MfaMethod
  readonly clonedDevice?: string
  readonly refusal?: CeremonyRefusal | undefined
}

/** A code or a security key that proved nothing. */
export async function noteSecondFactorFailure(
  parts: WebParts,
  visit: Visit,
  { principal, returnTo }: Attempt,
  { method, clonedDevice, refusal }: SecondFactorFailure,
): Promise<void> {
  const row = signInRow({ known: principal }, requestOf(visit), {
    eventName: 'ConsoleLogin',
    outcome: 'Failure',
    errorMessage: FAILED,
    additionalEventData: {
      ...login(parts, returnTo, true),
      MultiFactorAuthMethod: method,
      // Its counter went back: two authenticators have the same private key.
      ClonedAuthenticator: clonedDevice,
      // `origin` of every key: --public-url is not where the pages are.
      SecurityKeyRefusal: refusal,
    },
  })
  await parts.trail.noteRow(row, 'known', visit.now)
}

/** Somebody is signed in; written with the session itself. */
export const signedInRow = (
  parts: WebParts,
  visit: Visit,
  { principal, returnTo, mfa }: Attempt,
  arn: string,
): AuditRow =>
  signInRow({ known: principal, arn }, requestOf(visit), {
    eventName: 'ConsoleLogin',
    outcome: 'Success',
    additionalEventData: {
      ...login(parts, returnTo, mfa !== undefined),
      MFAIdentifier: mfa?.serialNumber,
      MultiFactorAuthMethod: mfa?.method,
    },
  })

export const passwordUpdatedRow = (visit: Visit, { principal }: Attempt): AuditRow =>
  signInRow({ known: principal }, requestOf(visit), {
    eventName: 'PasswordUpdated',
    outcome: 'Success',
  })

/** A device that was enrolled while signing in. */
export const enrolledRow = (visit: Visit, { principal }: Attempt, serialNumber: string): AuditRow =>
  signInRow({ known: principal }, requestOf(visit), {
    eventName: 'EnableMFADevice',
    outcome: 'Success',
    additionalEventData: { MFAIdentifier: serialNumber },
  })

/** A session that was ended by who had it. */
export const signedOutRow = (
  visit: Visit,
  { account, principalId, session }: BrowserSession,
): AuditRow =>
  signInRow(
    { session: { account, principalId, accessKeyId: session.accessKeyId } },
    requestOf(visit),
    {
      eventName: 'Logout',
      outcome: 'Success',
    },
  )

/** Temporary credentials that open the console: MFA is none of it. */
export const federatedRow = (
  parts: WebParts,
  visit: Visit,
  { account, principalId, accessKeyId }: Session,
  eventName: 'GetSigninToken' | 'ConsoleLogin',
  destination: string,
): AuditRow =>
  signInRow({ session: { account, principalId, accessKeyId } }, requestOf(visit), {
    eventName,
    outcome: 'Success',
    ...(eventName === 'ConsoleLogin' && {
      additionalEventData: login(parts, destination, false),
    }),
  })
