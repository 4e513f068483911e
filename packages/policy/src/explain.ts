// The explanation of a decision: the same layers in the same order, looked at in full. For people
// and for AWS's simulator; decisions that nobody asks about are `evaluate`'s.
import { type BindingLayer, bindingLayers } from './binding-layers.ts'
import type { CompiledStatement } from './compile.ts'
import { evaluate, evaluateTrust } from './evaluate.ts'
import type { Evaluation, EvaluationRequest, Layers, TrustLayers } from './evaluation.ts'
import { examine, missingKeysOf } from './explain-statement.ts'
import type { ExaminedStatement, Explanation, Step } from './explanation.ts'
import { RESOURCE_POLICY, TRUST_POLICY } from './resource-side.ts'

/** What `evaluate` answers, and why. */
export function explain(request: EvaluationRequest, layers: Layers): Explanation {
  const owner = request.resourceAccount ?? request.principal.account
  const binding = bindingLayers(request, layers, RESOURCE_POLICY, owner)
  return tell(evaluate(request, layers), request, binding, layers.boundary !== undefined)
}

/**
 * What `evaluateTrust` answers, and why.
 * @param roleAccount the account that owns the role
 */
export function explainTrust(
  request: EvaluationRequest,
  layers: TrustLayers,
  roleAccount: string,
): Explanation {
  const evaluation = evaluateTrust(request, layers, roleAccount)
  const binding = bindingLayers(request, layers, TRUST_POLICY, roleAccount)
  return tell(evaluation, request, binding, layers.boundary !== undefined)
}

type ExaminedLayer = BindingLayer & {
  readonly compiled: readonly CompiledStatement[]
  readonly statements: readonly ExaminedStatement[]
}

function tell(
  evaluation: Evaluation,
  request: EvaluationRequest,
  binding: readonly BindingLayer[],
  hasBoundary: boolean,
): Explanation {
  const layers = binding.map(layer => examineLayer(layer, request, hasBoundary))
  return {
    evaluation,
    steps: evaluation.EvalDecision === 'explicitDeny' ? deniedSteps(layers) : steps(layers),
    matchedStatements: matchedStatements(evaluation, layers),
    missingKeys: missingKeys(layers, request),
  }
}

function examineLayer(
  layer: BindingLayer,
  request: EvaluationRequest,
  hasBoundary: boolean,
): ExaminedLayer {
  const about = layer.policies?.statementsFor(request.action)
  const compiled = about === undefined ? [] : [...about.Deny, ...about.Allow]
  const statements = compiled.map(statement => examine(statement, request, hasBoundary))
  return { ...layer, compiled, statements }
}

function deniedSteps(layers: readonly ExaminedLayer[]): readonly Step[] {
  return layers
    .filter(layer => appliesIn(layer, 'Deny').length > 0)
    .map(layer => stepOf(layer, 'denies'))
}

/** Up to the step at which the request fell. */
function steps(layers: readonly ExaminedLayer[]): readonly Step[] {
  const told: Step[] = []
  for (const layer of layers) {
    const outcome = layer.outcome(appliesIn(layer, 'Allow').length > 0)
    told.push(stepOf(layer, outcome))
    if (outcome === 'does not allow' && layer.mayPass !== true) break
  }
  return told
}

function stepOf({ layer, level, statements }: ExaminedLayer, outcome: Step['outcome']): Step {
  return { layer, ...(level !== undefined && { level }), outcome, statements }
}

function matchedStatements({ EvalDecision }: Evaluation, layers: readonly ExaminedLayer[]) {
  switch (EvalDecision) {
    case 'explicitDeny':
      return layers.flatMap(layer => appliesIn(layer, 'Deny')).map(({ statement }) => statement)
    case 'allowed':
      return layers
        .filter(({ grants }) => grants)
        .flatMap(layer => appliesIn(layer, 'Allow'))
        .map(({ statement }) => statement)
    case 'implicitDeny':
      return []
    default:
      return EvalDecision satisfies never
  }
}

function appliesIn({ statements }: ExaminedLayer, wanted: 'Allow' | 'Deny') {
  return statements.filter(({ applies, effect }) => applies && effect === wanted)
}

/** Each once, in its first spelling. */
function missingKeys(layers: readonly ExaminedLayer[], request: EvaluationRequest) {
  const spelled = new Map<string, string>()
  for (const { compiled, statements } of layers) {
    for (const [at, statement] of compiled.entries()) {
      const examined = statements[at]
      for (const key of examined ? missingKeysOf(statement, examined, request) : []) {
        if (!spelled.has(key.toLowerCase())) spelled.set(key.toLowerCase(), key)
      }
    }
  }
  return [...spelled.values()]
}
