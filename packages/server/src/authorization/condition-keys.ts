// The condition keys of a request (https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html): each a function of the request, asked only when a
// policy names it. Keys are case-insensitive; the tables hold them in lower case. docs/condition-keys.md tells of each, and of those
// that are never here.
import { GLOBAL_KEYS } from '@twinlock/policy'
import type { ConditionKeys, PrincipalFacts } from '@twinlock/policy'
import type { Caller } from '../authentication/caller.ts'
import { callerUserId, sessionTagsOf } from '../authentication/caller.ts'
import { isPhishingResistant } from '../authentication/mfa-method.ts'
import { findArn } from '../identifiers/arns.ts'
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
  /** Which of several tags whose keys differ by case alone is the one: see `readingsOf`. */
  readonly reading?: number
}

const PRINCIPAL_TYPE = {
  root: 'Account',
  user: 'User',
  role: 'AssumedRole',
  federatedUser: 'FederatedUser',
} as const

/** Global keys with one name. */
const KEYS: Readonly<Record<string, (source: KeySource) => KeyValue | undefined>> = {
  // The principal
  // A role's session goes by the role's ARN, a federated user's by its own.
  'aws:principalarn': ({ context: { caller }, principal }) =>
    caller.kind === 'federatedUser' ? caller.sessionArn : principal.arn,
  'aws:principalaccount': ({ context }) => context.account,
  'aws:principaltype': ({ context: { caller } }) => PRINCIPAL_TYPE[caller.kind],
  'aws:principalisawsservice': () => 'false',
  'aws:userid': ({ context }) => callerUserId(context.caller),
  'aws:username': ({ context: { caller } }) =>
    caller.kind === 'user' ? caller.userName : undefined,

  // The session
  'aws:multifactorauthpresent': ({ mfa }) =>
    mfa.present === undefined ? undefined : String(mfa.present),
  'aws:multifactorauthage': ({ mfa }) => (mfa.present ? String(mfa.ageSeconds) : undefined),
  'aws:tokenissuetime': ({ context: { caller } }) =>
    caller.session && isoSeconds(new Date(caller.session.issuedAt * 1000)),
  'aws:sourceidentity': ({ context: { caller } }) => caller.session?.role?.sourceIdentity,

  // The network and the request
  'aws:sourceip': ({ context }) => context.request.sourceIp,
  'aws:securetransport': ({ context }) => String(context.request.secureTransport),
  'aws:useragent': ({ context }) => context.request.userAgent,
  'aws:referer': ({ context }) => context.request.referer,
  'aws:currenttime': ({ context }) => isoSeconds(context.now),
  'aws:epochtime': ({ context }) => String(Math.floor(context.now.getTime() / 1000)),
  'aws:requestedregion': ({ context, permission }) =>
    permission.action.startsWith('iam:') ? 'us-east-1' : context.region,
  'aws:viaawsservice': () => 'false',
  'aws:tagkeys': ({ permission: { requestTags, requestTagKeys } }) => {
    const keys = [...(requestTags ?? []).map(({ Key }) => Key), ...(requestTagKeys ?? [])]
    return keys.length === 0 ? undefined : keys
  },

  // The resource
  // AWS's own policies count as the account's.
  'aws:resourceaccount': ({ context, permission }) =>
    /^\d{12}$/.exec(findArn(permission.resource)?.account ?? '')?.[0] ?? context.account,
}

/** Keys that end in a tag's key: `aws:PrincipalTag/team`. A session's tags come before those of its role or user. */
const TAG_KEYS: Readonly<
  Record<string, (source: KeySource, tagKey: string) => KeyValue | undefined>
> = {
  'aws:principaltag/': ({ context, principal }, tagKey) =>
    tagValue(sessionTagsOf(context.caller), tagKey) ?? principal.tags.get(tagKey),
  'aws:requesttag/': ({ permission, reading }, tagKey) =>
    tagValue(permission.requestTags, tagKey, reading),
  'aws:resourcetag/': ({ permission, reading }, tagKey) =>
    tagValue(permission.resourceTags, tagKey, reading),
  'iam:resourcetag/': ({ permission, reading }, tagKey) =>
    USER_OR_ROLE.test(permission.resource)
      ? tagValue(permission.resourceTags, tagKey, reading)
      : undefined,
}

/** Of all that has tags, only these have them under IAM's own key too. */
const USER_OR_ROLE = /^arn:aws:iam::\d{12}:(?:user|role)\//

/** Keys of our own, which AWS does not know. Like `aws:MultiFactorAuthPresent` they are in every temporary session, and absent for access keys. */
const OWN_KEYS: Readonly<Record<string, (source: KeySource) => KeyValue | undefined>> = {
  'twinlock:multifactorauthmethod': ({ mfa }) => (mfa.present ? mfa.method : undefined),
  'twinlock:phishingresistant': ({ mfa }) =>
    mfa.present === undefined ? undefined : String(mfa.present && isPhishingResistant(mfa.method)),
}

/** The global keys that a request here can have, in lower case. */
export const SUPPLIED_KEYS: readonly string[] = [...Object.keys(KEYS), ...Object.keys(TAG_KEYS)]

/** The keys of one permission that one request asks for. */
export function conditionKeys(source: KeySource): ConditionKeys {
  return {
    get(key) {
      const own = Object.hasOwn(KEYS, key) ? KEYS[key] : undefined
      if (own !== undefined) return own(source)
      const ofOurs = Object.hasOwn(OWN_KEYS, key) ? OWN_KEYS[key] : undefined
      if (ofOurs !== undefined) return ofOurs(source)
      const prefix = key.slice(0, key.indexOf('/') + 1)
      const ofTag = Object.hasOwn(TAG_KEYS, prefix) ? TAG_KEYS[prefix] : undefined
      if (ofTag !== undefined) return ofTag(source, key.slice(prefix.length))
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

/** The value of a tag, its key compared ignoring case; of several such tags that of the reading. */
function tagValue(
  tags: readonly Tag[] | undefined,
  tagKey: string,
  reading = 0,
): string | undefined {
  const alike = (tags ?? []).filter(({ Key }) => Key.toLowerCase() === tagKey)
  return (alike[reading] ?? alike[0])?.Value
}

/**
 * How many ways there are to read the tags of a permission. Policies and MFA devices can have tags whose keys differ by case alone, of
 * which a condition sees one, and AWS does not say which: whoever adds the second must hide the first from no Deny, and gain nothing
 * from an Allow. What is permitted is permitted in every reading.
 */
export function readingsOf({ requestTags = [], resourceTags = [] }: Permission): number {
  return Math.max(1, mostAlike(requestTags), mostAlike(resourceTags))
}

function mostAlike(tags: readonly Tag[]): number {
  if (tags.length < 2) return tags.length
  const alike = Map.groupBy(tags, ({ Key }) => Key.toLowerCase())
  return Math.max(...Array.from(alike.values(), ({ length }) => length))
}

/** Every key that the request has, in its documented spelling, with its value: those of the request's own action first. */
export function presentKeys(source: KeySource): readonly (readonly [string, KeyValue])[] {
  const { context, permission, principal } = source
  const { keys = {}, requestTags = [], resourceTags = [] } = permission
  const principalTags = (sessionTagsOf(context.caller) ?? []).map(({ Key }) => Key)
  const tagKeys: Readonly<Record<string, readonly string[]>> = {
    'aws:PrincipalTag/': [...new Set([...principalTags, ...principal.tags.keys()])],
    'aws:RequestTag/': requestTags.map(({ Key }) => Key),
    'aws:ResourceTag/': resourceTags.map(({ Key }) => Key),
  }
  const names = GLOBAL_KEYS.flatMap(({ name }) =>
    name.endsWith('/') ? (tagKeys[name] ?? []).map(tagKey => name + tagKey) : [name],
  )
  const values = conditionKeys(source)
  return [...Object.keys(keys), ...names].flatMap(name => {
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
