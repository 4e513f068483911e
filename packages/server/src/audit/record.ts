// A CloudTrail record of one request (https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-record-contents.html).
import type { AwsError } from '@twinlock/protocol'
import type { Authenticated } from '../authentication/authenticate.ts'
import type { Caller, FederatedUserCaller, RoleCaller } from '../authentication/caller.ts'
import { callerArn, callerUserId } from '../authentication/caller.ts'
import type { Progress } from '../http/progress.ts'
import type { AccountId } from '../identifiers/account-id.ts'
import { findArn } from '../identifiers/arns.ts'
import { isoSeconds } from '../identifiers/iso-seconds.ts'
import type { AuditRow } from './audit-row.ts'
import { GLOBAL_REGION, auditRow } from './audit-row.ts'
import { shownMembers, withoutSecrets } from './redaction.ts'

/** How a request ended. */
export type Outcome = { readonly output: unknown } | { readonly error: AwsError }

const LONGEST_TEXT = 1024

/** The row of a request that ended with `outcome`. Where the caller is unknown, the record goes to `account`. */
export function requestRow(progress: Progress, outcome: Outcome, account: AccountId): AuditRow {
  const { now, requestId, authenticated, operation, input, connection } = progress
  const readOnly = progress.readOnly ?? true
  const { service, eventName } = eventOf(progress)
  return auditRow(
    {
      account: authenticated?.caller.account ?? account,
      userName: authenticated === undefined ? null : lookupName(authenticated.caller),
      accessKeyId: authenticated?.caller.accessKeyId ?? null,
    },
    {
      userIdentity: authenticated === undefined ? { type: 'Unknown' } : userIdentity(authenticated),
      eventSource: `${service}.amazonaws.com`,
      eventName: shortened(eventName),
      awsRegion: service === 'iam' ? GLOBAL_REGION : (authenticated?.region ?? GLOBAL_REGION),
      sourceIPAddress: connection.sourceIp,
      userAgent: shortened(progress.userAgent ?? ''),
      ...errorMembers(progress, outcome),
      requestParameters:
        (operation?.input && input && shownMembers(operation.input, input)) ?? null,
      responseElements: responseElements(progress, outcome, readOnly),
      ...resourcesMember(progress),
      requestID: requestId,
      readOnly,
      eventType: 'AwsApiCall',
      ...(progress.browser && { sessionCredentialFromConsole: 'true' }),
    },
    now,
  )
}

/** What the console alone can do, CloudTrail tells of as the operation of IAM that it is. */
const RECORDED_AS: ReadonlyMap<string, string> = new Map([
  ['signin:RegisterSecurityKey', 'EnableMFADevice'],
  ['signin:EnableMFADevice', 'EnableMFADevice'],
  ['signin:ResyncMFADevice', 'ResyncMFADevice'],
  ['signin:DeactivateMFADevice', 'DeactivateMFADevice'],
  ['signin:ListMFADevices', 'ListMFADevices'],
  ['signin:ChangeRootPassword', 'ChangePassword'],
])

function eventOf({ service = 'sts', operation, operationName = '' }: Progress) {
  const eventName = operation?.name ?? operationName
  const recorded = RECORDED_AS.get(`${service}:${eventName}`)
  return recorded === undefined ? { service, eventName } : { service: 'iam', eventName: recorded }
}

/** CloudTrail names a modelled error by its shape: NoSuchEntityException, where the wire says NoSuchEntity. */
function errorMembers({ model, input }: Progress, outcome: Outcome) {
  if (!('error' in outcome)) return {}
  const { code } = outcome.error
  const message = withoutSecrets(outcome.error.message, input)
  const shape = Object.entries(model?.errors ?? {}).find(([, error]) => error.code === code)?.[0]
  return { errorCode: shape ?? code, errorMessage: shortened(message) }
}

/** What was made. Reading operations answer null, except that credentials are always told of. */
function responseElements({ operation }: Progress, outcome: Outcome, readOnly: boolean) {
  if ('error' in outcome || operation?.output === undefined) return null
  if (readOnly && !operation.output.members.some(({ name }) => name === 'Credentials')) return null
  return shownMembers(operation.output, outcome.output) ?? null
}

/** Of IAM's and STS's events, only those of AssumeRole name a resource: the role. */
function resourcesMember({ operation, input }: Progress) {
  const arn = operation?.name === 'AssumeRole' ? input?.['RoleArn'] : undefined
  if (typeof arn !== 'string') return {}
  return { resources: [{ ARN: arn, accountId: findArn(arn)?.account, type: 'AWS::IAM::Role' }] }
}

/** The element userIdentity. Only temporary credentials have a sessionContext. */
function userIdentity({ caller }: Authenticated) {
  const { account, accessKeyId, session } = caller
  return {
    type: IDENTITY_TYPE[caller.kind],
    principalId: callerUserId(caller),
    arn: callerArn(caller),
    accountId: account,
    accessKeyId,
    ...(caller.kind === 'user' && { userName: caller.userName }),
    ...(session && {
      sessionContext: {
        ...('sessionArn' in caller && { sessionIssuer: sessionIssuer(caller) }),
        attributes: {
          creationDate: isoSeconds(new Date(session.issuedAt * 1000)),
          mfaAuthenticated: String(session.mfa !== undefined),
        },
        ...(session.role?.sourceIdentity !== undefined && {
          sourceIdentity: session.role.sourceIdentity,
        }),
      },
    }),
  }
}

/** Whose permissions a session with a name of its own has. */
function sessionIssuer(caller: RoleCaller | FederatedUserCaller) {
  const { id: principalId, arn, account: accountId } = caller
  const issuer = { principalId, arn, accountId }
  if (caller.kind === 'role') return { type: 'Role', ...issuer, userName: caller.roleName }
  const { userName } = caller
  return userName === undefined
    ? { type: 'Root', ...issuer }
    : { type: 'IAMUser', ...issuer, userName }
}

const IDENTITY_TYPE = {
  root: 'Root',
  user: 'IAMUser',
  role: 'AssumedRole',
  federatedUser: 'FederatedUser',
} as const

/** What LookupEvents calls Username. */
function lookupName(caller: Caller): string {
  switch (caller.kind) {
    case 'root':
      return 'root'
    case 'user':
      return caller.userName
    case 'role':
    case 'federatedUser':
      return caller.sessionName
    default:
      return caller satisfies never
  }
}

export const shortened = (text: string) => text.slice(0, LONGEST_TEXT)
