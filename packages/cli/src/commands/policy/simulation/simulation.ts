// One question, asked once for each way in which credentials can stand towards MFA.
// https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_mfa_configure-api-require.html
import {
  type Explanation,
  type Layers,
  MFA_STATES,
  type MfaState,
  type PolicySet,
  explain,
  explainTrust,
  withMfa,
} from '@twinlock/policy'
import { type Caller, accountIn } from './caller.ts'
import { type GivenKeys, conditionKeys, keysOfRequest } from './request-keys.ts'

export type Question = {
  readonly caller: Caller
  readonly action: string
  /** An ARN, or `*`. */
  readonly resource: string
  /** For ARNs that name no account. Undefined: the caller's own. */
  readonly resourceAccount: string | undefined
  readonly layers: Layers
  /** That of the role, when the action is its assumption. */
  readonly trust: PolicySet | undefined
  readonly given: GivenKeys
  readonly now: Date
  /** How long ago the MFA of the last column was proved. */
  readonly staleSeconds: number
}

export type Answer = {
  readonly action: string
  readonly resource: string
  /** The keys of the request, apart from the two on MFA. */
  readonly keys: GivenKeys
  readonly explanations: Readonly<Record<MfaState, Explanation>>
  /** What holds whatever the policies say. */
  readonly rule: ServiceRule | undefined
}

/** Where AWS asks no policy, or asks one in vain. */
export type ServiceRule = 'asks no policy' | 'takes no root user' | 'takes no session without MFA'

/** https://docs.aws.amazon.com/STS/latest/APIReference/API_GetSessionToken.html and its neighbours */
const ASKS_NO_POLICY = new Set(['sts:getcalleridentity', 'sts:getsessiontoken'])

export function simulate(question: Question): Answer {
  const { action, resource } = question
  const keys = keysOfRequest(question)
  const explanations = Object.fromEntries(
    MFA_STATES.map(state => [state, explanationIn(state, question, keys)]),
  ) as Record<MfaState, Explanation>
  return { action, resource, keys, explanations, rule: ruleOf(question, explanations) }
}

function explanationIn(state: MfaState, question: Question, keys: GivenKeys): Explanation {
  const { caller, action, resource, layers, trust, staleSeconds } = question
  const resourceAccount = question.resourceAccount ?? (accountIn(resource) || undefined)
  const request = {
    action,
    resource,
    ...(resourceAccount !== undefined && { resourceAccount }),
    keys: withMfa(conditionKeys(keys), state, { staleSeconds }),
    principal: caller.facts,
    // A key's own policy has the first word, once there is one to ask.
    ...(/^kms:/i.test(action) && layers.resource !== undefined && { needsResourcePolicy: true }),
  }
  return trust === undefined
    ? explain(request, layers)
    : explainTrust(request, { ...layers, trust }, accountIn(resource))
}

function ruleOf(
  { caller: { facts }, action }: Question,
  { noMfaSession }: Answer['explanations'],
): ServiceRule | undefined {
  const name = action.toLowerCase()
  if (ASKS_NO_POLICY.has(name)) return 'asks no policy'
  if (name === 'sts:assumerole' && facts.kind === 'root') return 'takes no root user'
  const isAllowed = noMfaSession.evaluation.EvalDecision === 'allowed'
  if (!isAllowed || facts.kind !== 'user' || !name.startsWith('iam:')) return undefined
  return 'takes no session without MFA'
}

/** What a request comes to, policies and rules taken together. */
export type Decision = Explanation['evaluation']['EvalDecision']

export function decisionIn({ explanations, rule }: Answer, state: MfaState): Decision {
  if (rule === 'asks no policy') return 'allowed'
  if (rule === 'takes no root user') return 'explicitDeny'
  return explanations[state].evaluation.EvalDecision
}
