// CloudTrail records of signing in (https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-aws-console-sign-in-events.html). What was typed is in
// none of them: people type passwords where names belong.
import type { MfaDeviceKind } from '../authentication/mfa-method.ts'
import type { SignInPrincipal } from '../authentication/sign-in-password.ts'
import type { AccountId } from '../identifiers/account-id.ts'
import { rootArn } from '../identifiers/arns.ts'
import type { AuditRow } from './audit-row.ts'
import { GLOBAL_REGION, auditRow } from './audit-row.ts'
import { shortened } from './record.ts'

/** Who signed in, or tried to. */
export type SignInIdentity =
  | { readonly known: SignInPrincipal; readonly arn?: string }
  /** Of an account that has no such user. */
  | { readonly unknownIn: AccountId }
  /** Somebody's session, by the ids that it has. */
  | {
      readonly session: {
        readonly account: AccountId
        readonly principalId: string
        readonly accessKeyId: string
      }
    }

/** The browser's request. */
export type SignInRequest = {
  readonly now: Date
  readonly sourceIp: string
  readonly userAgent: string
}

export type SignInEvent = {
  readonly eventName:
    | 'ConsoleLogin'
    | 'CheckMfa'
    | 'PasswordUpdated'
    | 'EnableMFADevice'
    | 'Logout'
    | 'SwitchRole'
    | 'ExitRole'
    | 'GetSigninToken'
  readonly outcome: 'Success' | 'Failure'
  readonly errorMessage?: string
  /** Beside the outcome: `MFAUsed`, `LoginTo`. */
  readonly additionalEventData?: Readonly<Record<string, string | undefined>>
}

export function signInRow(
  identity: SignInIdentity,
  { now, sourceIp, userAgent }: SignInRequest,
  { eventName, outcome, errorMessage, additionalEventData }: SignInEvent,
): AuditRow {
  return auditRow(
    { account: accountOf(identity), userName: lookupName(identity), accessKeyId: null },
    {
      userIdentity: userIdentity(identity, eventName === 'ConsoleLogin' && outcome === 'Success'),
      eventSource: 'signin.amazonaws.com',
      eventName,
      awsRegion: GLOBAL_REGION,
      sourceIPAddress: sourceIp,
      userAgent: shortened(userAgent),
      ...(errorMessage !== undefined && { errorMessage }),
      requestParameters: null,
      responseElements: { [eventName]: outcome },
      ...(additionalEventData && { additionalEventData }),
      readOnly: false,
      eventType: 'AwsConsoleSignIn',
    },
    now,
  )
}

function accountOf(identity: SignInIdentity): AccountId {
  if ('known' in identity) return identity.known.account
  return 'session' in identity ? identity.session.account : identity.unknownIn
}

/** CloudTrail's own marker for a name that might be a password. */
const HIDDEN = 'HIDDEN_DUE_TO_SECURITY_REASONS'

/** A user's ARN stands in what succeeded alone; root's always. */
function userIdentity(identity: SignInIdentity, succeeded: boolean) {
  if ('unknownIn' in identity) {
    return { type: 'IAMUser', accountId: identity.unknownIn, accessKeyId: '', userName: HIDDEN }
  }
  if ('session' in identity) {
    const { account: accountId, principalId, accessKeyId } = identity.session
    const type = principalId === accountId ? 'Root' : IDENTITY_TYPES[principalId.slice(0, 4)]
    return { type: type ?? 'Unknown', principalId, accountId, accessKeyId }
  }
  const { known, arn } = identity
  const { account: accountId, principalId } = known
  const accessKeyId = succeeded ? {} : { accessKeyId: '' }
  switch (known.kind) {
    case 'root':
      return { type: 'Root', principalId, arn: rootArn(accountId), accountId, accessKeyId: '' }
    case 'user': {
      const { userName } = known
      const arnMember = succeeded && arn !== undefined ? { arn } : {}
      return { type: 'IAMUser', principalId, ...arnMember, accountId, ...accessKeyId, userName }
    }
    default:
      return known satisfies never
  }
}

/** By the prefix of a unique id. */
const IDENTITY_TYPES: Readonly<Record<string, string>> = { AIDA: 'IAMUser', AROA: 'AssumedRole' }

function lookupName(identity: SignInIdentity): string | null {
  if ('session' in identity) return null
  if ('unknownIn' in identity) return HIDDEN
  return identity.known.kind === 'root' ? 'root' : identity.known.userName
}

const MFA_TYPE: Readonly<Record<MfaDeviceKind, string>> = {
  virtual: 'Virtual MFA',
  securityKey: 'U2F MFA',
  hardware: 'Hardware MFA',
}

/** CheckMfa's `MfaType`: that of the devices, or that there are several kinds. */
export function mfaType(kinds: readonly MfaDeviceKind[]): string {
  const [kind, ...others] = new Set(kinds)
  return kind === undefined || others.length > 0 ? 'Multiple MFA Devices' : MFA_TYPE[kind]
}
