import assert from 'node:assert/strict'
import { test } from 'node:test'
import { MFA_STATES, type MfaState, withMfa } from './mfa-states.ts'

const PRESENT = 'aws:multifactorauthpresent'
const AGE = 'aws:multifactorauthage'

const EXPECTED: Readonly<
  Record<MfaState, readonly [present: string | undefined, age: string | undefined]>
> = {
  longTermKey: [undefined, undefined],
  noMfaSession: ['false', undefined],
  freshMfa: ['true', '0'],
  staleMfa: ['true', '43200'],
}

for (const state of MFA_STATES) {
  test(`a request in the state ${state} has that state's MFA keys, whatever it had before`, () => {
    const before = new Map([
      [PRESENT, 'before'],
      [AGE, 'before'],
      ['aws:username', 'alice'],
    ])
    const keys = withMfa(before, state)
    assert.deepEqual([keys.get(PRESENT), keys.get(AGE)], EXPECTED[state])
    assert.equal(keys.get('aws:username'), 'alice')
  })
}

test('how old a stale MFA is can be said', () => {
  assert.equal(withMfa(new Map(), 'staleMfa', { staleSeconds: 3601 }).get(AGE), '3601')
  assert.equal(withMfa(new Map(), 'freshMfa', { staleSeconds: 3601 }).get(AGE), '0')
})

test('keys other than those of MFA are asked for only when they are needed', () => {
  const keys = withMfa({ get: () => assert.fail('was asked') }, 'freshMfa')
  assert.equal(keys.get(PRESENT), 'true')
})
