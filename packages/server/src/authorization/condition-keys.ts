// The condition keys of a request (https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html): each a function of the request, asked only when a
// policy names it. Keys are case-insensitive; the tables hold them in lower case.
import type { ConditionKeys } from '@twinlock/policy'
import type { Caller } from '../authentication/caller.ts'
import { callerUserId } from '../authentication/caller.ts'
import { isoSeconds } from '../identifiers/iso-seconds.ts'
import type { Context } from '../services/context.ts'
import type { Permission, Tag } from '../services/operation.ts'
import type { MfaFacts } from './mfa-facts.ts'
import type { Principal } from './load-principal.ts'

type Value = string | readonly string[] | undefined

/** What the keys are read from. */
export type KeySource = {
  readonly context: Context
  readonly principal: Principal
  readonly permission: Permission
  readonly mfa: MfaFacts
}

const PRINCIPAL_TYPE = { root: 'Account', user: 'User', role: 'AssumedRole' } as const

/** Keys with one name. */
const KEYS: Readonly<Record<string, (source: KeySource) => Value>> = {
  // The principal
  'aws:principalarn': ({ principal }) => principal.arn,
  'aws:principalaccount': ({ context }) => context.account,
  'aws:principaltype': ({ principal }) => PRINCIPAL_TYPE[principal.kind],
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
  'aws:resourceaccount': ({ context }) => context.account,
}

/** Keys that end in a tag's key: `aws:PrincipalTag/team`. */
const TAG_KEYS: Readonly<Record<string, (source: KeySource, tagKey: string) => Value>> = {
  'aws:principaltag': ({ context, principal }, tagKey) =>
    tagValue(context.caller.session?.role?.tags, tagKey) ?? principal.tags.get(tagKey),
  'aws:requesttag': ({ permission }, tagKey) => tagValue(permission.requestTags, tagKey),
  'aws:resourcetag': ({ permission }, tagKey) => tagValue(permission.resourceTags, tagKey),
  'iam:resourcetag': ({ permission }, tagKey) => tagValue(permission.resourceTags, tagKey),
}

/** The keys of one permission that one request asks for. */
export function conditionKeys(source: KeySource): ConditionKeys {
  return {
    get(key) {
      const own = Object.hasOwn(KEYS, key) ? KEYS[key] : undefined
      if (own !== undefined) return own(source)
      const slash = key.indexOf('/')
      const prefix = slash < 0 ? key : key.slice(0, slash)
      const ofTag = slash >= 0 && Object.hasOwn(TAG_KEYS, prefix) ? TAG_KEYS[prefix] : undefined
      if (ofTag !== undefined) return ofTag(source, key.slice(slash + 1))
      return keyOfAction(source.permission, key)
    },
  }
}

/** A key that only this action has, such as `iam:PolicyARN`. */
function keyOfAction({ keys = {} }: Permission, key: string): Value {
  for (const [name, value] of Object.entries(keys)) {
    if (name.toLowerCase() === key) return value
  }
  return undefined
}

/**
 * The value of a tag, its key compared ignoring case. Two tags whose keys differ by case alone have none: whoever sets both does not
 * choose which one a condition sees.
 */
function tagValue(tags: readonly Tag[] | undefined, tagKey: string): string | undefined {
  const [tag, ...others] = (tags ?? []).filter(({ Key }) => Key.toLowerCase() === tagKey)
  return others.length === 0 ? tag?.Value : undefined
}

/** What the policy engine must know of the caller itself. */
export function principalFacts({ account, arn, id, kind, ...caller }: Caller) {
  const session = 'sessionArn' in caller ? [caller.sessionArn] : []
  const sessionId = 'sessionName' in caller ? [`${id}:${caller.sessionName}`] : []
  return {
    account,
    arns: [...session, arn],
    ids: [...sessionId, id],
    isRoot: kind === 'root',
    kind,
  }
}
