// The users of an account as callers: their policies compiled, and the keys of their requests.
import { type CompiledPolicy, compilePolicy } from '../compile.ts'
import type { ConditionKeys } from '../context-keys.ts'
import type { Layers } from '../evaluation.ts'
import { type MfaState, withMfa } from '../mfa-states.ts'
import { type PolicySet, policySet } from '../policy-set.ts'
import type { PrincipalFacts } from '../principal.ts'
import type { AccountDocument, AccountUser, LintedAccount, ReadDocument } from './account.ts'
import { listed } from './mfa-effect.ts'

/** A user, ready to be asked about. */
export type Caller = {
  readonly user: AccountUser
  readonly principal: PrincipalFacts
  readonly layers: Layers
  readonly keys: ConditionKeys
}

/**
 * The users all of whose policies can be read: of one that can't, nobody knows what it denies.
 */
export function callersOf(
  { id, users }: LintedAccount,
  read: (document: AccountDocument) => ReadDocument | undefined,
): readonly Caller[] {
  const compiled = new Map<ReadDocument, CompiledPolicy>()
  const compile = (document: ReadDocument) => {
    const known = compiled.get(document)
    if (known !== undefined) return known
    const policy = compilePolicy(document.policy, document.source)
    compiled.set(document, policy)
    return policy
  }
  const setOf = (documents: readonly AccountDocument[]): PolicySet | undefined => {
    const readable = documents.map(read).filter(document => document !== undefined)
    return readable.length < documents.length ? undefined : policySet(readable.map(compile))
  }
  return users.flatMap(user => {
    const identity = setOf(user.policies)
    const boundary = user.boundary && setOf([user.boundary])
    if (identity === undefined || (user.boundary && boundary === undefined)) return []
    return [
      {
        user,
        principal: factsOf(user, id),
        layers: { identity, ...(boundary && { boundary }) },
        keys: keysOf(user, id),
      },
    ]
  })
}

function factsOf({ arn, id }: AccountUser, account: string): PrincipalFacts {
  return { account, arns: [arn], ids: [id], isRoot: false, kind: 'user' }
}

/** What every request of the user says; where it comes from and when, nobody knows. */
function keysOf({ name, arn, id, tags }: AccountUser, account: string): ConditionKeys {
  return new Map<string, string>([
    ...[...(tags ?? [])].map(
      ([tag, value]) => [`aws:principaltag/${tag.toLowerCase()}`, value] as const,
    ),
    ['aws:principalaccount', account],
    ['aws:principalarn', arn],
    ['aws:principalisawsservice', 'false'],
    ['aws:principaltype', 'User'],
    ['aws:securetransport', 'true'],
    ['aws:userid', id],
    ['aws:username', name],
    ['aws:viaawsservice', 'false'],
  ])
}

/** A request of the user in that state of MFA. */
export function requestOf(
  { principal, keys }: Caller,
  action: string,
  resource: string,
  state: MfaState,
) {
  return { action, resource, principal, keys: withMfa(keys, state) }
}

/** A few by name. */
export function told(callers: readonly Caller[]): string {
  const names = callers.slice(0, 3).map(({ user }) => user.name)
  const more = callers.length - names.length
  return listed(more > 0 ? [...names, `${more} more`] : names)
}
