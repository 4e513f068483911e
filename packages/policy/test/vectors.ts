// The vectors of the policy language, for the tests of this package. Their format:
// vectors/policy/README.md.
import { readFileSync } from 'node:fs'
import {
  compilePolicy,
  type CompiledPolicy,
  type Layers,
  parsePolicy,
  type PolicyKind,
  policySet,
  type PrincipalFacts,
} from '../src/index.ts'

/** A document as it stands in a vector. */
export type Document = Readonly<Record<string, unknown>>

/** Condition keys as a vector writes them; names in any case. */
export type Keys = Readonly<Record<string, string | readonly string[]>>

export type Vectors<Case, Extra = object> = { readonly cases: readonly Case[] } & Extra

/** A document, or the name of one that the file defines. */
export type Named = string | Document

export type VectorLayers = {
  readonly identity: readonly Named[]
  readonly boundary?: Named
  readonly session?: readonly Named[]
  readonly resource?: Named
  readonly scps?: readonly (readonly Named[])[]
  readonly rcps?: readonly (readonly Named[])[]
  readonly task?: Named
}

export type Definitions = {
  readonly policies: Readonly<Record<string, Document>>
  readonly principals: Readonly<Record<string, PrincipalFacts>>
}

/** The file of that name; its shape is the caller's claim, and a wrong claim shows in the tests. */
export function readVectors<Case, Extra = object>(name: string): Vectors<Case, Extra> {
  const url = new URL(`../../../vectors/policy/${name}`, import.meta.url)
  return JSON.parse(readFileSync(url, 'utf8')) as Vectors<Case, Extra>
}

/** The condition keys of a request, looked up as the evaluator does: in lower case. */
export function conditionKeys(keys: Keys = {}) {
  const values = new Map(Object.entries(keys).map(([name, value]) => [name.toLowerCase(), value]))
  return { get: (key: string) => values.get(key) }
}

/** A document, compiled. */
export function compiled(
  document: Document,
  kind: PolicyKind = 'identity',
  name: string = kind,
): CompiledPolicy {
  return compilePolicy(parsePolicy(JSON.stringify(document), kind), { type: 'inline', name })
}

/** The layers of a vector, compiled. */
export function compiledLayers(
  { identity, boundary, session, task, resource, scps, rcps }: VectorLayers,
  policies: Definitions['policies'],
): Layers {
  const setOf = (kind: PolicyKind, ...layer: readonly Named[]) =>
    policySet(
      layer.map(named =>
        compiled(typeof named === 'string' ? (policies[named] ?? {}) : named, kind),
      ),
    )
  return {
    identity: setOf('identity', ...identity),
    ...(boundary !== undefined && { boundary: setOf('boundary', boundary) }),
    ...(session && { session: setOf('session', ...session) }),
    ...(task !== undefined && { task: setOf('session', task) }),
    ...(resource !== undefined && { resource: setOf('resource', resource) }),
    ...(scps && { scps: scps.map(level => setOf('scp', ...level)) }),
    ...(rcps && { rcps: rcps.map(level => setOf('rcp', ...level)) }),
  }
}

/** The principal of that name. */
export function principalOf(name: string, principals: Definitions['principals']): PrincipalFacts {
  const principal = principals[name]
  if (principal === undefined) throw new Error(`no principal ${name}`)
  return principal
}
