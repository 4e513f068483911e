import assert from 'node:assert/strict'
import { test } from 'node:test'
import { DEFAULT_RULES, policyOf, rulesOf } from './password-rules.ts'

test('what IAM does not ask for is empty in the form, and left out of the request', () => {
  const rules = rulesOf({ MinimumPasswordLength: 14, MaxPasswordAge: 0, RequireNumbers: true })
  assert.equal(rules.MaxPasswordAge, '')
  assert.equal(rules.RequireNumbers, true)
  assert.equal(rules.RequireSymbols, false)
  const policy = policyOf(rules)
  assert.equal(policy.MinimumPasswordLength, 14)
  assert.equal(policy.MaxPasswordAge, undefined)
})

test('a hard expiry without an expiry is none', () => {
  assert.equal(policyOf({ ...DEFAULT_RULES, HardExpiry: true }).HardExpiry, false)
  assert.equal(
    policyOf({ ...DEFAULT_RULES, HardExpiry: true, MaxPasswordAge: '90' }).HardExpiry,
    true,
  )
})
