// The condition keys of a request (https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html): each a function of the request, asked only when a
// policy names it. Keys are case-insensitive; the tables spell them as documented. docs/condition-keys.md tells of each, and of those
// that are never here.
import type { ConditionKeys, PrincipalFacts } from '@twinlock/policy'
import type { Caller } from '../authentication/caller.ts'
import { callerUserId, sessionTagsOf } from '../authentication/caller.ts'
import { isPhishingResistant } from '../authentication/mfa-method.ts'
import { findAccountId } from '../identifiers/account-id.ts'
import { findArn, findIamArn } from '../identifiers/arns.ts'
import { isoSeconds } from '../identifiers/iso-seconds.ts'
import type { Context } from '../services/context.ts'
import type { Permission, Tag } from '../services/operation.ts'
import type { MfaFacts } from './mfa-facts.ts'
import type { Principal } from './load-principal.ts'

type KeyValue = string | readonly string[]

/** What the keys are read from. */
export type KeySource = {
  readonly context: Context
  readonly principal: Principal
  readonly permission: Permission
  readonly mfa: MfaFacts
}

const PRINCIPAL_TYPE = {
  root: 'Account',
  user: 'User',
  role: 'AssumedRole',
  federatedUser: 'FederatedUser',
} as const

type Read = (source: KeySource) => KeyValue | undefined

/** Keys with one name. */
const KEYS: Readonly<Record<string, Read>> = {
  // The principal
  // A role's session goes by the role's ARN, a federated user's by its own.
  'aws:PrincipalArn': ({ context: { caller }, principal }) =>
    caller.kind === 'federatedUser' ? caller.sessionArn : principal.arn,
  'aws:PrincipalAccount': ({ context }) => context.account,
  'aws:PrincipalType': ({ context: { caller } }) => PRINCIPAL_TYPE[caller.kind],
  'aws:PrincipalIsAWSService': () => 'false',
  'aws:userid': ({ context }) => callerUserId(context.caller),
  'aws:username': ({ context: { caller } }) =>
    caller.kind === 'user' ? caller.userName : undefined,

  // The session
  'aws:MultiFactorAuthPresent': ({ mfa }) =>
    mfa.present === undefined ? undefined : String(mfa.present),
  'aws:MultiFactorAuthAge': ({ mfa }) => (mfa.present ? String(mfa.ageSeconds) : undefined),
  'aws:TokenIssueTime': ({ context: { caller } }) =>
    caller.session && isoSeconds(new Date(caller.session.issuedAt * 1000)),
  'aws:SourceIdentity': ({ context: { caller } }) => caller.session?.role?.sourceIdentity,

  // The network and the request
  'aws:SourceIp': ({ context }) => context.request.sourceIp,
  'aws:SecureTransport': ({ context }) => String(context.request.secureTransport),
  'aws:UserAgent': ({ context }) => context.request.userAgent,
  'aws:referer': ({ context }) => context.request.referer,
  'aws:CurrentTime': ({ context }) => isoSeconds(context.now),
  'aws:EpochTime': ({ context }) => String(Math.floor(context.now.getTime() / 1000)),
  'aws:RequestedRegion': ({ context, permission }) =>
    permission.action.startsWith('iam:') ? 'us-east-1' : context.region,
  'aws:ViaAWSService': () => 'false',
  'aws:TagKeys': ({ permission: { requestTags, requestTagKeys } }) => {
    const keys = [...(requestTags ?? []).map(({ Key }) => Key), ...(requestTagKeys ?? [])]
    return keys.length === 0 ? undefined : keys
  },

  // The resource
  // AWS's own policies count as the account's.
  'aws:ResourceAccount': ({ context, permission }) =>
    findAccountId(findArn(permission.resource)?.account ?? '') ?? context.account,

  // Our own, which AWS does not know. Like `aws:MultiFactorAuthPresent` they are in every temporary session, and absent for access keys.
  'twinlock:MultiFactorAuthMethod': ({ mfa }) => (mfa.present ? mfa.method : undefined),
  'twinlock:PhishingResistant': ({ mfa }) =>
    mfa.present === undefined ? undefined : String(mfa.present && isPhishingResistant(mfa.method)),
}

/** Keys that end in a tag's key, of the tags that something has. */
type TagKeys = {
  readonly tagKeys: (source: KeySource) => readonly string[]
  /** @param tagKey in lower case */
  readonly read: (source: KeySource, tagKey: string) => KeyValue | undefined
}

const keysOfTags = (tagsOf: (source: KeySource) => readonly Tag[] | undefined): TagKeys => ({
  tagKeys: source => (tagsOf(source) ?? []).map(({ Key }) => Key),
  read: (source, tagKey) => tagValue(tagsOf(source), tagKey),
})

const TAG_KEYS: Readonly<Record<string, TagKeys>> = {
  // A session's tags come before those of its role or user.
  'aws:PrincipalTag/': {
    tagKeys({ context, principal }) {
      const ofSession = (sessionTagsOf(context.caller) ?? []).map(({ Key }) => Key)
      return [...new Set([...ofSession, ...principal.tags.keys()])]
    },
    read: ({ context, principal }, tagKey) =>
      tagValue(sessionTagsOf(context.caller), tagKey) ?? principal.tags.get(tagKey),
  },
  'aws:RequestTag/': keysOfTags(({ permission }) => permission.requestTags),
  'aws:ResourceTag/': keysOfTags(({ permission }) => permission.resourceTags),
  // Of all that has tags, only users and roles have them under IAM's own key too.
  'iam:ResourceTag/': keysOfTags(({ permission: { resource, resourceTags } }) => {
    const type = findIamArn(resource)?.type
    return type === 'user' || type === 'role' ? resourceTags : undefined
  }),
}

/** The keys that a request here can have whatever its action, spelled as documented. */
export const SUPPLIED_KEYS: readonly string[] = [...Object.keys(KEYS), ...Object.keys(TAG_KEYS)]

const byLowerCase = <Value>(table: Readonly<Record<string, Value>>): ReadonlyMap<string, Value> =>
  new Map(Object.entries(table).map(([name, value]) => [name.toLowerCase(), value]))

const READ = byLowerCase(KEYS)
const READ_TAG = byLowerCase(TAG_KEYS)

/** The keys of one permission that one request asks for. */
export function conditionKeys(source: KeySource): ConditionKeys {
  return {
    get(key) {
      const read = READ.get(key)
      if (read !== undefined) return read(source)
      const prefix = key.slice(0, key.indexOf('/') + 1)
      const ofTag = READ_TAG.get(prefix)
      if (ofTag !== undefined) return ofTag.read(source, key.slice(prefix.length))
      return keyOfAction(source.permission, key)
    },
  }
}

/** A key that only this action has, such as `iam:PolicyARN`. */
function keyOfAction({ keys = {} }: Permission, key: string): KeyValue | undefined {
  for (const [name, value] of Object.entries(keys)) {
    if (name.toLowerCase() === key) return value
  }
  return undefined
}

/** The value of a tag, its key compared ignoring case. */
const tagValue = (tags: readonly Tag[] | undefined, tagKey: string): string | undefined =>
  tags?.find(({ Key }) => Key.toLowerCase() === tagKey)?.Value

/** Every key that the request has, in its documented spelling, with its value: those of the request's own action first. */
export function presentKeys(source: KeySource): readonly (readonly [string, KeyValue])[] {
  const names = [
    ...Object.keys(source.permission.keys ?? {}),
    ...Object.keys(KEYS),
    ...Object.entries(TAG_KEYS).flatMap(([prefix, { tagKeys }]) =>
      tagKeys(source).map(tagKey => prefix + tagKey),
    ),
  ]
  const values = conditionKeys(source)
  return names.flatMap(name => {
    const value = values.get(name.toLowerCase())
    return value === undefined ? [] : [[name, value] as const]
  })
}

/** What the policy engine must know of the caller itself. A root user's federated user is bound by no more than its session policies. */
export function principalFacts(caller: Caller): PrincipalFacts {
  const { account, arn, id, kind } = caller
  const isSession = 'sessionArn' in caller
  return {
    account,
    arns: isSession ? [caller.sessionArn, arn] : [arn],
    ids: isSession ? [callerUserId(caller), id] : [id],
    isRoot: id === account,
    kind,
  }
}
