// ACC001 to ACC003: what no document shows by itself, but the account does. Decisions are the
// engine's own.
import { compileResource } from '../resource.ts'
import { evaluate, evaluateTrust } from '../evaluate.ts'
import type { MfaState } from '../mfa-states.ts'
import { policySet } from '../policy-set.ts'
import { compilePolicy } from '../compile.ts'
import type { AccountRole, AccountUser, ReadDocument } from './account.ts'
import { type Caller, requestOf, told } from './account-users.ts'
import type { LintedStatement } from './document.ts'
import { rewriteList } from './edits.ts'
import { isExempt, isGate } from './gates.ts'
import { ENROL } from './mfa-actions.ts'
import { listed } from './mfa-effect.ts'
import { newDevices } from './new-devices.ts'
import { ownName } from './own-resources.ts'
import type { Observation } from './rule.ts'

/** An observation of one of the account's documents, and of whom it is true. */
export type AccountObservation = Observation & { readonly users: readonly AccountUser[] }

const WITHOUT_MFA: readonly MfaState[] = ['longTermKey', 'noMfaSession']

/**
 * ACC001: a deny-unless-MFA exempts enrolling, and then no Allow permits it.
 * @param callers the users who have the document
 */
export function nothingLetsThemEnrol(
  { document }: ReadDocument,
  callers: readonly Caller[],
): readonly AccountObservation[] {
  const gate = document.statements.find(
    statement => isGate(document, statement) && ENROL.every(action => isExempt(statement, action)),
  )
  if (gate === undefined) return []
  const stuck = callers.filter(caller => !canEnrol(caller))
  if (stuck.length === 0) return []
  return [
    {
      code: 'ACC001',
      at: gate.action.name,
      statement: gate.index,
      users: stuck.map(({ user }) => user),
      why: `${told(stuck)} can do nothing without MFA but what this list exempts, and no policy of theirs allows ${listed(ENROL)} on a device and on themselves without MFA. The list exempts from the Deny; it does not allow.`,
    },
  ]
}

function canEnrol(caller: Caller): boolean {
  const [create, enable] = ENROL
  return WITHOUT_MFA.some(
    state =>
      may(caller, enable, caller.user.arn, state) &&
      newDevices(caller).some(device => may(caller, create, device, state)),
  )
}

function may(caller: Caller, action: string, resource: string, state: MfaState): boolean {
  const { EvalDecision } = evaluate(requestOf(caller, action, resource, state), caller.layers)
  return EvalDecision === 'allowed'
}

/**
 * ACC002: `user/${aws:username}` and a user with a path, or the other way round.
 * @param callers the users who have the document
 */
export function ownArnNotMatched(
  { document, policy }: ReadDocument,
  callers: readonly Caller[],
): readonly AccountObservation[] {
  return document.statements.flatMap(linted => {
    const own = linted.resource?.entries.find(({ text }) => ownName(text)?.type === 'user')
    const { resource, Effect } = linted.statement
    if (own === undefined || resource?.element !== 'Resource') return []
    const matches = compileResource(resource, policy.kind, document.version)
    const strangers = callers.filter(({ user, keys }) => !matches(user.arn, keys))
    const [first] = strangers
    if (first === undefined) return []
    return [
      {
        code: 'ACC002',
        at: own.json,
        statement: linted.index,
        users: strangers.map(({ user }) => user),
        why: `${told(strangers)} ${strangers.length === 1 ? 'has' : 'have'} this policy, and the ARN of ${first.user.name} is ${first.user.arn}: the statement is not about ${strangers.length === 1 ? 'that user' : 'them'}, and ${Effect === 'Allow' ? 'allows them nothing' : 'denies them nothing'}. The path is a part of the ARN.`,
        fix: () => withOtherForm(document.text, linted, strangers),
      } satisfies AccountObservation,
    ]
  })
}

/** Both `user/name` and `user/…/name` are what everybody's ARN is one of. */
function withOtherForm(text: string, { resource }: LintedStatement, callers: readonly Caller[]) {
  const forms = new Set(callers.map(({ user }) => (user.path === '/' ? '' : '*/')))
  const added = [...forms].map(form => `arn:aws:iam::*:user/${form}\${aws:username}`)
  return (resource && rewriteList(text, resource.json, [], added)) ?? []
}

/** ACC003: the way past a user's MFA policy is a role that asks for none. */
export function roleWithinReach(
  { document, policy, source }: ReadDocument,
  role: AccountRole,
  callers: readonly Caller[],
): readonly AccountObservation[] {
  const trust = policySet([compilePolicy(policy, source)])
  const reaching = callers.filter(caller =>
    WITHOUT_MFA.some(state => assumes(caller, role, trust, state)),
  )
  if (reaching.length === 0) return []
  return [
    {
      code: 'ACC003',
      at: document.json.members.get('Statement') ?? document.json,
      users: reaching.map(({ user }) => user),
      why: `${told(reaching)} can assume ${role.name} with an access key alone, and its session is past every MFA policy of its users. Ask for MFA in the trust policy, or deny them sts:AssumeRole without it.`,
    },
  ]
}

function assumes(
  caller: Caller,
  role: AccountRole,
  trust: ReturnType<typeof policySet>,
  state: MfaState,
): boolean {
  const request = requestOf(caller, 'sts:AssumeRole', role.arn, state)
  const { account } = caller.principal
  return evaluateTrust(request, { ...caller.layers, trust }, account).EvalDecision === 'allowed'
}
