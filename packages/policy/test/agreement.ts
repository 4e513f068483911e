// The compiled engine and the reference evaluator, asked the same.
import {
  compilePolicy,
  evaluate,
  type Evaluation,
  type EvaluationRequest,
  evaluateTrust,
  type Layers,
  parsePolicy,
  type Policy,
  type PolicyKind,
  policySet,
  type PolicySet,
  type PrincipalBindings,
} from '../src/index.ts'
import {
  decide,
  decideTrust,
  type ReferenceDecision,
  type ReferenceLayers,
} from '../src/reference.ts'
import type { PlainLayers, PlainRequest, Situation } from './arbitrary/situations.ts'
import { conditionKeys, type Document } from './vectors.ts'

/** A request about which the two do not agree. */
export type Disagreement = {
  readonly layers: PlainLayers
  readonly request: PlainRequest
  readonly engine: ReferenceDecision
  readonly reference: ReferenceDecision
}

/** The layers as policies, for the reference. */
export type ParsedLayers = ReferenceLayers & { readonly trust?: readonly Policy[] }

/** The first request that the two decide differently, or undefined. */
export function findDisagreement(
  { layers, requests }: Situation,
  observe?: (
    policies: ParsedLayers,
    request: EvaluationRequest,
    decision: ReferenceDecision,
  ) => void,
): Disagreement | undefined {
  const parsed = parsedLayers(layers)
  const compiled = compiledLayers(parsed)
  for (const request of requests) {
    const asked = { ...request, keys: conditionKeys(request.keys) }
    const reference = decisionOfReference(asked, parsed)
    const engine = decisionOfEngine(asked, compiled)
    observe?.(parsed, asked, reference)
    if (engine.EvalDecision !== reference.EvalDecision || engine.deniedBy !== reference.deniedBy) {
      return { layers, request, engine, reference }
    }
  }
  return undefined
}

/** What the reference says; of a role's assumption `resourceAccount` is the role's. */
export function decisionOfReference(
  { resourceAccount = '', ...asked }: EvaluationRequest,
  { trust, ...layers }: ParsedLayers,
): ReferenceDecision {
  if (trust !== undefined) return decideTrust(asked, { ...layers, trust }, resourceAccount)
  return decide(resourceAccount === '' ? asked : { ...asked, resourceAccount }, layers)
}

/** What the engine says. */
export function decisionOfEngine(
  { resourceAccount = '', ...asked }: EvaluationRequest,
  { trust, ...layers }: CompiledLayers,
): ReferenceDecision {
  if (trust !== undefined) {
    return summaryOf(evaluateTrust(asked, { ...layers, trust }, resourceAccount))
  }
  return summaryOf(evaluate(resourceAccount === '' ? asked : { ...asked, resourceAccount }, layers))
}

function summaryOf(evaluation: Evaluation): ReferenceDecision {
  const { EvalDecision } = evaluation
  return EvalDecision === 'allowed'
    ? { EvalDecision }
    : { EvalDecision, deniedBy: evaluation.deniedBy }
}

/** Every layer's documents, parsed as AWS would before it stores them. */
export function parsedLayers(layers: PlainLayers): ParsedLayers {
  const several = (kind: PolicyKind, documents: readonly Document[]) =>
    documents.map(document => parsePolicy(asciiJson(document), kind))
  const { identity, boundary, session, task, resource, trust, scps, rcps, bindings } = layers
  return {
    identity: several('identity', identity),
    ...(boundary && { boundary: several('boundary', boundary) }),
    ...(session && { session: several('session', session) }),
    ...(task && { task: several('session', task) }),
    ...(resource && { resource: several('resource', resource) }),
    ...(trust && { trust: several('trust', trust) }),
    ...(scps && { scps: scps.map(level => several('scp', level)) }),
    ...(rcps && { rcps: rcps.map(level => several('rcp', level)) }),
    ...(bindings && { bindings }),
  }
}

/** A document of IAM has no characters beyond U+00FF but in escapes. */
export function asciiJson(document: unknown): string {
  return JSON.stringify(document).replaceAll(
    /[^\x20-\x7e]/g,
    unit => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
}

/** The layers as sets, for the engine. */
export type CompiledLayers = Layers & { readonly trust?: PolicySet }

/** The same for the engine: every layer a set. */
export function compiledLayers(layers: ParsedLayers): CompiledLayers {
  const { identity, boundary, session, task, resource, trust, scps, rcps, bindings } = layers
  return {
    identity: setOf(identity),
    ...(boundary && { boundary: setOf(boundary) }),
    ...(session && { session: setOf(session) }),
    ...(task && { task: setOf(task) }),
    ...(resource && { resource: setOf(resource, bindings) }),
    ...(trust && { trust: setOf(trust, bindings) }),
    ...(scps && { scps: scps.map(level => setOf(level)) }),
    ...(rcps && { rcps: rcps.map(level => setOf(level)) }),
  }
}

function setOf(policies: readonly Policy[], bindings?: PrincipalBindings): PolicySet {
  const source = { type: 'inline', name: 'generated' } as const
  return policySet(policies.map(policy => compilePolicy(policy, source, bindings && { bindings })))
}
