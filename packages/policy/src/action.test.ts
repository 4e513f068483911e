// The vectors of Action and NotAction.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { compiled, readVectors } from '../test/vectors.ts'
import { policySet } from './index.ts'

type ActionCase = {
  readonly title: string
  readonly element: 'Action' | 'NotAction'
  readonly patterns: readonly string[]
  readonly action: string
  readonly matches: boolean
}

test('actions.json: a statement is about an action or is not', async t => {
  for (const { title, element, patterns, action, matches } of readVectors<ActionCase>(
    'actions.json',
  ).cases) {
    await t.test(title, () => {
      const policies = policySet([
        compiled({ Statement: { Effect: 'Allow', [element]: patterns, Resource: '*' } }),
      ])
      assert.equal(policies.statementsFor(action).Allow.length, matches ? 1 : 0)
      assert.equal(policies.statementsFor(action.toUpperCase()).Allow.length, matches ? 1 : 0)
    })
  }
})
