// What can be known of a request before it is made: the condition keys that follow from the caller.
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
import type { ConditionKeys } from '../context-keys.ts'
import { MFA_STATES, withMfa } from '../mfa-states.ts'
import type { PrincipalFacts } from '../principal.ts'

/**
 * Keys in lower case with their values; undefined is known to be absent. A key that is not in the
 * map is not known.
 */
export type KnownKeys = ReadonlyMap<string, string | readonly string[] | undefined>

/** The MFA keys, which are known in every state. */
const MFA_KEYS: ReadonlySet<string> = new Set([
  'aws:multifactorauthpresent',
  'aws:multifactorauthage',
])

/** Whether the MFA state says what the key is. */
export function isMfaKey(lowerKey: string): boolean {
  return MFA_KEYS.has(lowerKey)
}

/** What a principal's own facts say, with what is known of it beside them. */
export function knownKeysOf(principal: PrincipalFacts, beside: KnownKeys = new Map()): KnownKeys {
  const known = new Map<string, string | readonly string[] | undefined>(ownKeys(principal))
  for (const [name, value] of beside) {
    const key = name.toLowerCase()
    // Whoever assumes a role may be let to pass tags, which then stand before the role's own.
    const isOfSession = principal.kind === 'role' && key.startsWith('aws:principaltag/')
    if (!isOfSession) known.set(key, value)
  }
  return known
}

type KeyValue = readonly [key: string, value: string | undefined]

function ownKeys({ kind, account, arns, ids }: PrincipalFacts): readonly KeyValue[] {
  const ofAccount = [['aws:principalaccount', account]] as const
  const [arn] = arns
  switch (kind) {
    case 'user':
      return [...ofAccount, ['aws:principaltype', 'User'], ...keysOfUser(arn, ids)]
    case 'role':
      // A session is known by its role's ARN, and how it will be called nobody knows.
      return [
        ...ofAccount,
        ['aws:principaltype', 'AssumedRole'],
        ['aws:principalarn', roleArnOf(arns)],
        ['aws:username', undefined],
      ]
    case 'root':
      return [
        ...ofAccount,
        ['aws:principaltype', 'Account'],
        ['aws:principalarn', arn],
        ['aws:username', undefined],
        ['aws:userid', account],
      ]
    case 'federatedUser':
      return [...ofAccount, ['aws:username', undefined]]
    case 'service':
    case 'federated':
    case 'anonymous':
      return []
    default:
      return kind satisfies never
  }
}

/** Documents can be looked at for a user of whom nothing is known. */
function keysOfUser(arn: string | undefined, ids: readonly string[]): readonly KeyValue[] {
  const [id, ...more] = ids
  return [
    ...(arn === undefined
      ? []
      : [
          ['aws:principalarn', arn] as const,
          ['aws:username', arn.slice(arn.lastIndexOf('/') + 1)] as const,
        ]),
    ...(id === undefined || more.length > 0 ? [] : [['aws:userid', id] as const]),
  ]
}

/** The ARN of the role among those that name a role's session. */
export function roleArnOf(arns: readonly string[]): string {
  return arns.find(arn => arn.includes(':role/')) ?? arns[0] ?? ''
}

/**
 * A request of which only the known keys are known. It notes whether anybody asked for another:
 * what was decided without it would be decided so whatever that key's value.
 */
export type PartialRequest = {
  /** One for each of `MFA_STATES`. */
  readonly inStates: readonly ConditionKeys[]
  /** Whether an unknown key was asked for since the last call. */
  readonly wasUnsure: () => boolean
}

/** The request of a caller with these keys. */
export function partialRequest(
  known: KnownKeys,
  options: { readonly staleSeconds?: number },
): PartialRequest {
  let unsure = false
  const keys: ConditionKeys = {
    get(key) {
      if (!known.has(key)) unsure = true
      return known.get(key)
    },
  }
  return {
    inStates: MFA_STATES.map(state => withMfa(keys, state, options)),
    wasUnsure() {
      const was = unsure
      unsure = false
      return was
    },
  }
}
