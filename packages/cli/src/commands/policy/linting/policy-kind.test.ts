import assert from 'node:assert/strict'
import { test } from 'node:test'
import { guessKind } from './policy-kind.ts'

for (const { kind, statement } of [
  { kind: 'identity', statement: { Effect: 'Allow', Action: '*', Resource: '*' } },
  { kind: 'trust', statement: { Effect: 'Allow', Action: '*', Principal: '*' } },
  {
    kind: 'resource',
    statement: { Effect: 'Deny', Action: '*', NotPrincipal: '*', Resource: '*' },
  },
]) {
  test(`elements tell a document of kind ${kind}, in a list or alone`, () => {
    assert.equal(guessKind(JSON.stringify({ Statement: statement })), kind)
    assert.equal(guessKind(JSON.stringify({ Statement: [statement] })), kind)
  })
}

test('what is no policy is taken for the commonest kind', () => {
  for (const text of ['', 'null', '[]', '{"Statement":null}', '{"Statement":[null,1]}']) {
    assert.equal(guessKind(text), 'identity')
  }
})
