// One question, asked once for each way in which credentials can stand towards MFA. The engine that decides the service's own requests
// runs here in the browser, over the account's documents as they are now.
import type {
  CompiledPolicy,
  Evaluation,
  EvaluationRequest,
  Explanation,
  Layers,
  MfaState,
  PolicySet,
} from '@twinlock/policy'
import {
  compilePolicy,
  evaluate,
  evaluateTrust,
  explain,
  explainTrust,
  MFA_STATES,
  parsePolicy,
  PolicyError,
  policySet,
  withMfa,
} from '@twinlock/policy'
import type { PolicyText, Principal } from './account.ts'
import { accountIn, factsOf, keysOf } from './caller.ts'

export type Question = {
  readonly principal: Principal
  /** Condition keys of the request beside those that follow from the caller. */
  readonly context: readonly (readonly [key: string, value: string])[]
  /** How long ago stale MFA was proved. */
  readonly staleSeconds: number
  readonly now: Date
}

export type Answer = {
  /** `iam:CreateUser`, without wildcards. */
  readonly action: string
  /** An ARN, or `*`. */
  readonly resource: string
  readonly evaluations: Readonly<Record<MfaState, Evaluation>>
}

export type Explanations = Readonly<Record<MfaState, Explanation>>

export type Simulation = {
  readonly answer: (action: string, resource: string) => Answer
  /** Ten times the work of an answer. */
  readonly explain: (answer: Answer) => Explanations
}

/** A document that cannot be read may hold a Deny: nothing is answered without it. */
export class SimulationRefused extends Error {}

/**
 * @param principals the account's, whose roles have trust policies
 * @throws SimulationRefused naming the document
 */
export function simulation(question: Question, principals: readonly Principal[]): Simulation {
  const { principal, context, staleSeconds, now } = question
  const layers: Layers = {
    identity: setOf(principal.policies),
    ...(principal.boundary && { boundary: setOf([principal.boundary]) }),
  }
  const trustOf = trustsIn(principals)
  const facts = factsOf(principal)
  const keys = keysOf(principal, context, now)
  const requestIn = (state: MfaState, action: string, resource: string): EvaluationRequest => ({
    action,
    resource,
    resourceAccount: accountIn(resource) || facts.account,
    keys: withMfa(keys, state, { staleSeconds }),
    principal: facts,
  })

  return {
    answer(action, resource) {
      const trust = isAssumption(action) ? trustOf(resource) : undefined
      const evaluations = byState(state => {
        const request = requestIn(state, action, resource)
        return trust === undefined
          ? evaluate(request, layers)
          : evaluateTrust(request, { ...layers, trust }, accountIn(resource))
      })
      return { action, resource, evaluations }
    },
    explain({ action, resource }) {
      const trust = isAssumption(action) ? trustOf(resource) : undefined
      return byState(state => {
        const request = requestIn(state, action, resource)
        return trust === undefined
          ? explain(request, layers)
          : explainTrust(request, { ...layers, trust }, accountIn(resource))
      })
    },
  }
}

/** Whether a role's trust policy has a say. */
const isAssumption = (action: string) =>
  /^sts:(assumerole|tagsession|setsourceidentity)$/i.test(action)

/** The trust policies of the account's roles, each read when it is first asked for. */
function trustsIn(principals: readonly Principal[]): (role: string) => PolicySet | undefined {
  const texts = new Map(principals.map(({ arn, trust }) => [arn, trust]))
  const read = new Map<string, PolicySet>()
  return role => {
    const text = texts.get(role)
    if (text === undefined) return undefined
    const set = read.get(role) ?? setOf([text])
    read.set(role, set)
    return set
  }
}

function byState<Found>(inState: (state: MfaState) => Found): Readonly<Record<MfaState, Found>> {
  return Object.fromEntries(MFA_STATES.map(state => [state, inState(state)])) as Record<
    MfaState,
    Found
  >
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
