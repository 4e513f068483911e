// The vectors of Action and NotAction.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { compiled, readVectors } from '../test/vectors.ts'

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
      const policy = compiled({
        Statement: { Effect: 'Allow', [element]: patterns, Resource: '*' },
      })
      assert.equal(policy.statementsFor(action).Allow.length, matches ? 1 : 0)
      assert.equal(policy.statementsFor(action.toUpperCase()).Allow.length, matches ? 1 : 0)
    })
  }
})

test('actions that nobody has, however many, do not change what is known of the others', () => {
  const policy = compiled({ Statement: { Effect: 'Allow', Action: 's3:Get*', Resource: '*' } })
  for (let made = 0; made < 5000; made++) {
    assert.equal(policy.statementsFor(`s3:Made${made}`).Allow.length, 0)
  }
  assert.equal(policy.statementsFor('s3:GetObject').Allow.length, 1)
})
