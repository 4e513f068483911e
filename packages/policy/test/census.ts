// What a run of generated decisions was made of: a law that held because nothing it speaks of ever
// occurred would prove nothing.
import type { EvaluationRequest, Policy } from '../src/index.ts'
import type { ReferenceDecision } from '../src/reference.ts'
import { matchesAction } from '../src/reference/actions.ts'
import { meetsConditions } from '../src/reference/conditions.ts'
import { namingOf } from '../src/reference/principals.ts'
import { matchesResource } from '../src/reference/resources.ts'
import type { ParsedLayers } from './agreement.ts'

/** How often each outcome of each thing occurred, and among how many decisions. */
export type Census = {
  decisions: number
  readonly counts: Map<Topic, Map<string, number>>
}

const TOPICS = [
  'decision',
  'denied by',
  'caller',
  'layer',
  'action element',
  'resource element',
  'principal element',
  'operator',
  'set operator and suffix',
] as const

type Topic = (typeof TOPICS)[number]

/** An empty one. */
export function newCensus(): Census {
  return { decisions: 0, counts: new Map(TOPICS.map(topic => [topic, new Map()])) }
}

/** Counts one decision, its layers and the statements that are about its action. */
export function count(
  census: Census,
  layers: ParsedLayers,
  request: EvaluationRequest,
  { EvalDecision, deniedBy }: ReferenceDecision,
) {
  census.decisions++
  add(census, 'decision', EvalDecision)
  if (deniedBy !== undefined) add(census, 'denied by', `${deniedBy}: ${EvalDecision}`)
  add(census, 'caller', request.principal.kind)
  for (const [name, policies] of Object.entries(policiesOf(layers))) {
    if (policies === undefined) continue
    add(census, 'layer', name)
    for (const policy of policies) countPolicy(census, policy, request, layers)
  }
}

function policiesOf({ scps, rcps, ...layers }: ParsedLayers) {
  const { identity, boundary, session, task, resource, trust } = layers
  const levels = { scps: scps?.flat(), rcps: rcps?.flat() }
  return { identity, boundary, session, task, resource, trust, ...levels }
}

function countPolicy(
  census: Census,
  policy: Policy,
  request: EvaluationRequest,
  { boundary, bindings = {} }: ParsedLayers,
) {
  const { action, resource, keys } = request
  for (const statement of policy.statements) {
    const isAbout = matchesAction(statement.action, action)
    add(census, 'action element', `${statement.action.element}: ${yesOrNo(isAbout)}`)
    if (!isAbout) continue
    if (statement.resource !== undefined) {
      const matches = matchesResource(statement.resource, policy, resource, keys)
      add(census, 'resource element', `${statement.resource.element}: ${yesOrNo(matches)}`)
    }
    if (statement.principal !== undefined) {
      const hasBoundary = boundary !== undefined
      const naming = namingOf(statement.principal, request.principal, { hasBoundary, bindings })
      add(census, 'principal element', `${statement.principal.element}: ${naming}`)
    }
    for (const condition of statement.conditions) {
      const isMet = meetsConditions({ ...statement, conditions: [condition] }, policy, keys)
      const { prefix, base, suffix } = partsOf(condition.operator)
      add(census, 'operator', `${base}: ${yesOrNo(isMet)}`)
      add(census, 'set operator and suffix', `${prefix}…${suffix}: ${yesOrNo(isMet)}`)
    }
  }
}

function partsOf(operator: string) {
  const colon = operator.indexOf(':') + 1
  const suffix = operator.endsWith('IfExists') ? 'IfExists' : ''
  const base = operator.slice(colon, operator.length - suffix.length)
  return { prefix: operator.slice(0, colon), base, suffix }
}

function yesOrNo(matches: boolean): string {
  return matches ? 'yes' : 'no'
}

function add({ counts }: Census, topic: Topic, name: string) {
  const ofTopic = counts.get(topic)
  ofTopic?.set(name, (ofTopic.get(name) ?? 0) + 1)
}

/** The names that occurred under the topic. */
export function occurred({ counts }: Census, topic: Topic): ReadonlySet<string> {
  return new Set(counts.get(topic)?.keys())
}

/** A table for people: how often per hundred decisions. */
export function describe({ counts, decisions }: Census): string {
  return [...counts]
    .map(([topic, names]) => {
      const rows = [...names]
        .toSorted(([one], [other]) => one.localeCompare(other))
        .map(([name, times]) => `  ${name.padEnd(42)}${perHundred(times, decisions)}`)
      return [topic, ...rows].join('\n')
    })
    .join('\n')
}

function perHundred(times: number, decisions: number): string {
  return ((100 * times) / decisions).toFixed(2).padStart(8)
}
