// Asks the policy engine whether a caller may, and refuses in AWS's words.
import {
  compilePolicy,
  evaluate,
  evaluateTrust,
  explain,
  explainTrust,
  parsePolicy,
  policySet,
} from '@twinlock/policy'
import type { CompiledPolicy, Denial, EvaluationRequest, Layers, PolicySet } from '@twinlock/policy'
import { AwsError } from '@twinlock/protocol'
import type { Caller } from '../authentication/caller.ts'
import { recent } from '../recent.ts'
import type { Context } from '../services/context.ts'
import type { Permission } from '../services/operation.ts'
import type { EncodeDenial } from './authorization-message.ts'
import type { KeySource } from './condition-keys.ts'
import { conditionKeys, principalFacts } from './condition-keys.ts'
import { accessDenied, accessDeniedWithoutReason } from './denial.ts'
import type { MfaFacts } from './mfa-facts.ts'
import { mfaFacts } from './mfa-facts.ts'
import type { Principal } from './load-principal.ts'
import type { Principals } from './principals.ts'
import { readingsOf } from './tag-readings.ts'

export type Authorizer = {
  /** @throws AwsError AccessDenied for the first permission that the caller's policies do not give */
  readonly demand: (context: Context, permissions: readonly Permission[]) => Promise<void>
  /** Whether the caller's policies give each permission: for answers that show to everybody what they may see. */
  readonly permits: (
    context: Context,
    permissions: readonly Permission[],
  ) => Promise<readonly boolean[]>
  /**
   * Whether the caller may act on a role: by the role's trust policy, and by its own policies where those must agree.
   * @param trust undefined of a role that does not exist, and so trusts nobody
   * @param mfa what a code that came with the request has proved, or else the caller's session
   * @throws AwsError AccessDenied, without a reason, as for a role that does not exist
   */
  readonly demandTrust: (
    context: Context,
    permission: Permission,
    trust: TrustPolicy | undefined,
    mfa: MfaFacts,
  ) => Promise<void>
}

/** Of a role of the account. */
export type TrustPolicy = {
  readonly document: string
  /** ARN → unique id, as bound when the policy was saved. */
  readonly bindings: Readonly<Record<string, string>>
}

type Asking = Pick<KeySource, 'context' | 'principal' | 'mfa'> & { readonly layers: Layers }

type Denied = {
  readonly source: KeySource
  readonly request: EvaluationRequest
  readonly layers: Layers
  readonly evaluation: Denial
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

const TRUSTS_NOBODY = policySet([])

export function authorizer(principals: Principals, encodeDenial: EncodeDenial): Authorizer {
  const sessionDocuments = recent<CompiledPolicy>(COMPILED_DOCUMENTS)
  const sessionSets = recent<PolicySet>(COMPILED_DOCUMENTS)
  const trustPolicies = recent<PolicySet>(COMPILED_DOCUMENTS)

  /** The policies that speak on the caller's behalf, in the layers of the engine. */
  async function layersOf({ account, caller }: Context, principal: Principal): Promise<Layers> {
    const { identity, boundary } = principal
    const passed = sessionPoliciesOf(caller)
    if (passed === undefined) return boundary === undefined ? { identity } : { identity, boundary }
    const { policy: inline, policyArns } = passed
    const managed = await Promise.all(
      policyArns.map(arn => principals.findManagedPolicy(account, arn, 'session')),
    )
    const policies = managed.map(policy => policy ?? POLICY_GONE)
    if (inline !== undefined) policies.push(compiledSession(inline))
    const session = sessionSet(`${policyArns.join(' ')} ${inline ?? ''}`, policies)
    return { identity, session, ...(boundary && { boundary }) }
  }

  /** The set of a session's policies: made anew when a managed one has got another default version. */
  function sessionSet(key: string, policies: readonly CompiledPolicy[]): PolicySet {
    const known = sessionSets.find(key)
    if (known?.policies.every((policy, at) => policy === policies[at])) return known
    const made = policySet(policies)
    sessionSets.set(key, made)
    return made
  }

  const compiledSession = (document: string) =>
    sessionDocuments.get(document, () =>
      compilePolicy(parsePolicy(document, 'session'), { type: 'session', name: 'session' }),
    )

  const compiledTrust = ({ document, bindings }: TrustPolicy) =>
    trustPolicies.get(`${JSON.stringify(bindings)} ${document}`, () =>
      policySet([
        compilePolicy(
          parsePolicy(document, 'trust'),
          { type: 'trust', name: 'trust' },
          { bindings },
        ),
      ]),
    )

  async function principalOf({ account, caller }: Context): Promise<Principal> {
    const principal = await principals.find(account, caller.id)
    if (principal === undefined) throw callerIsGone()
    return principal
  }

  const requestFor = (source: KeySource): EvaluationRequest => ({
    action: source.permission.action,
    resource: source.permission.resource,
    keys: conditionKeys(source),
    principal: principalFacts(source.context.caller),
  })

  /** What all questions of a call have in common. */
  async function askingOf(context: Context): Promise<Asking> {
    const principal = await principalOf(context)
    const layers = await layersOf(context, principal)
    return { context, principal, layers, mfa: mfaFacts(context.caller, context.now) }
  }

  /** The first reading of the permission that the policies do not allow. */
  function findDenied({ layers, ...asking }: Asking, permission: Permission): Denied | undefined {
    const asked = permission.grantedBySetting
      ? { ...layers, identity: policySet([...layers.identity.policies, ACCOUNT_SETTING]) }
      : layers
    for (const reading of readingsOf(permission)) {
      const source = { ...asking, permission: reading }
      const request = requestFor(source)
      const evaluation = evaluate(request, asked)
      if (evaluation.EvalDecision !== 'allowed') {
        return { source, request, layers: asked, evaluation }
      }
    }
    return undefined
  }

  return {
    async demand(context, permissions) {
      if (permissions.length === 0) return
      const asking = await askingOf(context)
      for (const permission of permissions) {
        const denied = findDenied(asking, permission)
        if (denied === undefined) continue
        const { source, layers, request, evaluation } = denied
        const encoded = encodeDenial(() => ({
          source,
          layers,
          explanation: explain(request, layers),
        }))
        throw accessDenied(context.caller, permission, evaluation, encoded)
      }
    },

    async permits(context, permissions) {
      const asking = await askingOf(context)
      return permissions.map(permission => findDenied(asking, permission) === undefined)
    },

    async demandTrust(context, permission, trust, mfa) {
      const principal = await principalOf(context)
      const layers = {
        ...(await layersOf(context, principal)),
        trust: trust === undefined ? TRUSTS_NOBODY : compiledTrust(trust),
      }
      const source = { context, principal, permission, mfa }
      const request = requestFor(source)
      const { EvalDecision } = evaluateTrust(request, layers, context.account)
      if (EvalDecision === 'allowed') return
      const encoded = encodeDenial(() => ({
        source,
        layers,
        explanation: explainTrust(request, layers, context.account),
      }))
      throw accessDeniedWithoutReason(context.caller, permission, encoded)
    },
  }
}

/** Deleted after the request was authenticated: told as the next one will be. */
const callerIsGone = () =>
  new AwsError('InvalidClientTokenId', 'The security token included in the request is invalid.')

/**
 * What was passed when the session was made; undefined where nothing limits it. A federated user has what somebody chose to give:
 * without session policies it may do nothing.
 */
function sessionPoliciesOf({ session }: Caller) {
  if (session?.federatedUser !== undefined) return session.federatedUser
  const role = session?.role
  if (role?.policy === undefined && (role?.policyArns.length ?? 0) === 0) return undefined
  return role
}
