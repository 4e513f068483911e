// The words of a denial, per layer: the vectors.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readVectors } from '../test/vectors.ts'
import { type Denial, denialReason, type PolicySource } from './index.ts'

type DenialCase = {
  readonly title: string
  readonly action: string
  readonly decision: Denial['EvalDecision']
  readonly deniedBy: Denial['deniedBy']
  readonly policyArn?: string
  readonly reason: string
}

test('denials.json: a denial says which layer denied, and by which policy', async t => {
  for (const { title, action, decision, deniedBy, policyArn, reason } of readVectors<DenialCase>(
    'denials.json',
  ).cases) {
    await t.test(title, () => {
      const source: PolicySource =
        policyArn === undefined
          ? { type: 'inline', name: 'p' }
          : { type: 'managed', name: 'p', arn: policyArn }
      const place = { line: 1, column: 1 }
      const MatchedStatements =
        decision === 'explicitDeny' ? [{ source, start: place, end: place }] : []
      assert.equal(
        denialReason({ EvalDecision: decision, deniedBy, MatchedStatements }, action),
        reason,
      )
    })
  }
})
