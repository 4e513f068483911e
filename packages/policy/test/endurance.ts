// Everything that the package does with a document that it was given, one after the other: what must
// not throw, whatever the document.
import assert from 'node:assert/strict'
import {
  compilePolicy,
  type EvaluationRequest,
  evaluate,
  evaluateTrust,
  explain,
  explainTrust,
  parsePolicy,
  type Policy,
  PolicyError,
  policySet,
  policySize,
  principalsOf,
  printPolicy,
} from '../src/index.ts'
import type { HostileDocument } from './arbitrary/hostile.ts'

/** The policy, or undefined where the document is refused as documents are. */
export function parseOrRefuse({ text, kind }: HostileDocument): Policy | undefined {
  try {
    return parsePolicy(text, kind)
  } catch (error) {
    assert.ok(error instanceof PolicyError, `not a PolicyError: ${String(error)}`)
    return undefined
  }
}

/** Asks everything of the document. @returns whether it was one */
export function endure(document: HostileDocument, request: EvaluationRequest): boolean {
  policySize(document.text)
  const policy = parseOrRefuse(document)
  if (policy === undefined) return false

  principalsOf(policy)
  const again = parsePolicy(printPolicy(policy), document.kind)
  assert.equal(again.statements.length, policy.statements.length)

  const source = { type: 'inline', name: 'hostile' } as const
  const set = policySet([compilePolicy(policy, source)])
  const layers = {
    identity: set,
    boundary: set,
    session: set,
    resource: set,
    scps: [set],
    rcps: [set],
  }
  assert.deepEqual(explain(request, layers).evaluation, evaluate(request, layers))
  const trust = { ...layers, trust: set }
  const { account } = request.principal
  assert.deepEqual(
    explainTrust(request, trust, account).evaluation,
    evaluateTrust(request, trust, account),
  )
  return true
}
