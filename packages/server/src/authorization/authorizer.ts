// Asks the policy engine whether a caller may, and refuses in AWS's words.
import { compilePolicy, evaluate, evaluateTrust, parsePolicy } from '@twinlock/policy'
import type { CompiledPolicy, EvaluationRequest, Layers } from '@twinlock/policy'
import { recent } from '../recent.ts'
import type { Context } from '../services/context.ts'
import type { Permission } from '../services/operation.ts'
import { conditionKeys, principalFacts } from './condition-keys.ts'
import { accessDenied, accessDeniedWithoutReason } from './denial.ts'
import type { MfaFacts } from './mfa-facts.ts'
import { mfaFacts } from './mfa-facts.ts'
import type { Principal } from './load-principal.ts'
import type { Principals } from './principals.ts'

export type Authorizer = {
  /** @throws AwsError AccessDenied for the first permission that the caller's policies do not give */
  readonly demand: (context: Context, permissions: readonly Permission[]) => Promise<void>
  /**
   * Whether the caller may act on a role: by the role's trust policy, and by its own policies where those must agree.
   * @param mfa what a code that came with the request has proved, or else the caller's session
   * @throws AwsError AccessDenied, without a reason, as for a role that does not exist
   */
  readonly demandTrust: (
    context: Context,
    permission: Permission,
    trust: TrustPolicy,
    mfa: MfaFacts,
  ) => Promise<void>
}

export type TrustPolicy = {
  readonly roleAccount: string
  readonly document: string
  /** ARN → unique id, as bound when the policy was saved. */
  readonly bindings: Readonly<Record<string, string>>
}

const COMPILED_DOCUMENTS = 1000

/** Stands for a managed session policy that is gone: it may have denied, so nothing passes without it. */
const POLICY_GONE = compilePolicy(
  parsePolicy(
    '{"Version":"2012-10-17","Statement":{"Effect":"Deny","Action":"*","Resource":"*"}}',
    'session',
  ),
  { type: 'session', name: 'a session policy that is gone' },
)

/** A setting of the account that grants a permission counts as one more policy of the caller's. */
const ACCOUNT_SETTING = compilePolicy(
  parsePolicy(
    '{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"*","Resource":"*"}}',
    'identity',
  ),
  { type: 'inline', name: 'account setting' },
)

export function authorizer(principals: Principals): Authorizer {
  const sessionPolicies = recent<CompiledPolicy>(COMPILED_DOCUMENTS)
  const trustPolicies = recent<CompiledPolicy>(COMPILED_DOCUMENTS)

  /** The policies that speak on the caller's behalf, in the layers of the engine. */
  async function layersOf({ account, caller }: Context, principal: Principal): Promise<Layers> {
    const { identity, boundary } = principal
    const role = caller.session?.role
    if (role === undefined || (role.policy === undefined && role.policyArns.length === 0)) {
      return boundary === undefined ? { identity } : { identity, boundary }
    }
    const managed = await Promise.all(
      role.policyArns.map(arn => principals.findManagedPolicy(account, arn, 'session')),
    )
    const session = managed.map(policy => policy ?? POLICY_GONE)
    if (role.policy !== undefined) session.push(compiledSession(role.policy))
    return { identity, session, ...(boundary && { boundary }) }
  }

  const compiledSession = (document: string) =>
    sessionPolicies.get(document, () =>
      compilePolicy(parsePolicy(document, 'session'), { type: 'session', name: 'session' }),
    )

  const compiledTrust = ({ document, bindings }: TrustPolicy) =>
    trustPolicies.get(`${JSON.stringify(bindings)} ${document}`, () =>
      compilePolicy(parsePolicy(document, 'trust'), { type: 'trust', name: 'trust' }, { bindings }),
    )

  async function principalOf({ account, caller }: Context): Promise<Principal> {
    const principal = await principals.find(account, caller.id)
    if (principal === undefined) throw new Error('the caller is gone')
    return principal
  }

  const requestFor = (
    context: Context,
    principal: Principal,
    permission: Permission,
    mfa: MfaFacts,
  ): EvaluationRequest => ({
    action: permission.action,
    resource: permission.resource,
    keys: conditionKeys({ context, principal, permission, mfa }),
    principal: principalFacts(context.caller),
  })

  return {
    async demand(context, permissions) {
      if (permissions.length === 0) return
      const principal = await principalOf(context)
      const layers = await layersOf(context, principal)
      const mfa = mfaFacts(context.caller, context.now)
      for (const permission of permissions) {
        const request = requestFor(context, principal, permission, mfa)
        const evaluation = evaluate(
          request,
          permission.grantedBySetting
            ? { ...layers, identity: [...layers.identity, ACCOUNT_SETTING] }
            : layers,
        )
        if (evaluation.EvalDecision !== 'allowed') {
          throw accessDenied(context.caller, permission, evaluation)
        }
      }
    },

    async demandTrust(context, permission, trust, mfa) {
      const principal = await principalOf(context)
      const layers = { ...(await layersOf(context, principal)), trust: compiledTrust(trust) }
      const evaluation = evaluateTrust(
        requestFor(context, principal, permission, mfa),
        layers,
        trust.roleAccount,
      )
      if (evaluation.EvalDecision !== 'allowed') {
        throw accessDeniedWithoutReason(context.caller, permission)
      }
    },
  }
}
