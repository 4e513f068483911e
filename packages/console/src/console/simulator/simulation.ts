// One question, asked once for each way in which credentials can stand towards MFA. The engine that decides the service's own requests
// runs here in the browser, over the account's documents as they are now.
import type {
  CompiledPolicy,
  Explanation,
  Layers,
  MfaState,
  PolicySet,
  PrincipalFacts,
} from '@twinlock/policy'
import {
  compilePolicy,
  explain,
  explainTrust,
  MFA_STATES,
  parsePolicy,
  PolicyError,
  policySet,
  withMfa,
} from '@twinlock/policy'
import type { PolicyText, Principal } from './account.ts'

export type Question = {
  readonly principal: Principal
  /** `iam:CreateUser`, without wildcards. */
  readonly actions: readonly string[]
  /** An ARN, or `*`. */
  readonly resource: string
  /** Condition keys of the request beside those that follow from the caller. */
  readonly context: readonly (readonly [key: string, value: string])[]
  /** How long ago stale MFA was proved. */
  readonly staleSeconds: number
  readonly now: Date
}

export type Answer = {
  readonly action: string
  readonly explanations: Readonly<Record<MfaState, Explanation>>
}

/** A document that cannot be read may hold a Deny: nothing is answered without it. */
export class SimulationRefused extends Error {}

/**
 * @param principals the account's, whose roles have trust policies
 * @throws SimulationRefused naming the document
 */
export function simulate(question: Question, principals: readonly Principal[]): readonly Answer[] {
  const { principal, actions, resource } = question
  const layers: Layers = {
    identity: setOf(principal.policies),
    ...(principal.boundary && { boundary: setOf([principal.boundary]) }),
  }
  const role = principals.find(({ kind, arn }) => kind === 'role' && arn === resource)
  const trust = role?.trust && setOf([role.trust])
  return actions.map(action => {
    const asked = isAssumption(action) ? trust : undefined
    return {
      action,
      explanations: byState(state => decide(question, action, state, layers, asked)),
    }
  })
}

/** Whether a role's trust policy has a say. */
const isAssumption = (action: string) =>
  /^sts:(assumerole|tagsession|setsourceidentity)$/i.test(action)

function byState(explained: (state: MfaState) => Explanation): Answer['explanations'] {
  return Object.fromEntries(
    MFA_STATES.map(state => [state, explained(state)]),
  ) as Answer['explanations']
}

function decide(
  { principal, resource, context, staleSeconds, now }: Question,
  action: string,
  state: MfaState,
  layers: Layers,
  trust: PolicySet | undefined,
): Explanation {
  const keys = keysOf(principal, context, now)
  const account = accountIn(principal.arn)
  const resourceAccount = accountIn(resource) || account
  const request = {
    action,
    resource,
    resourceAccount,
    keys: withMfa(keys, state, { staleSeconds }),
    principal: factsOf(principal, account),
  }
  return trust === undefined
    ? explain(request, layers)
    : explainTrust(request, { ...layers, trust }, resourceAccount)
}

function setOf(texts: readonly PolicyText[]): PolicySet {
  return policySet(texts.map(compiled))
}

function compiled({ source, kind, text }: PolicyText): CompiledPolicy {
  if (text === undefined) {
    throw new SimulationRefused(
      `The document of ${source.name} is not among the account's details.`,
    )
  }
  try {
    return compilePolicy(parsePolicy(text, kind), source)
  } catch (error) {
    if (!(error instanceof PolicyError)) throw error
    throw new SimulationRefused(`${source.name}: ${error.message}`, { cause: error })
  }
}

function factsOf({ kind, arn, id, path }: Principal, account: string): PrincipalFacts {
  return {
    kind,
    account,
    arns: [arn],
    ids: [id],
    isRoot: false,
    ...(path.startsWith('/aws-service-role/') && { isServiceLinked: true }),
  }
}

/** What every request of theirs says; what is given beside it goes before. */
function keysOf(
  { kind, arn, id, name, tags }: Principal,
  context: Question['context'],
  now: Date,
): ReadonlyMap<string, string> {
  const own: readonly (readonly [string, string])[] =
    kind === 'user'
      ? [
          ['aws:principaltype', 'User'],
          ['aws:username', name],
          ['aws:userid', id],
        ]
      : [['aws:principaltype', 'AssumedRole']]
  return new Map([
    ['aws:principalarn', arn],
    ['aws:principalaccount', accountIn(arn)],
    ['aws:principalisawsservice', 'false'],
    ['aws:currenttime', now.toISOString()],
    ['aws:epochtime', String(Math.floor(now.getTime() / 1000))],
    ['aws:securetransport', 'true'],
    ['aws:viaawsservice', 'false'],
    ...own,
    ...tags.map(({ Key = '', Value = '' }) => [lower(`aws:PrincipalTag/${Key}`), Value] as const),
    ...context.map(([key, value]) => [lower(key), value] as const),
  ])
}

const lower = (text: string) => text.toLowerCase()

/** Empty for ARNs that name none, as S3's. */
const accountIn = (arn: string) => arn.split(':')[4] ?? ''
