import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { parseAccountId } from './account-id.ts'
import { pooledRandom } from './random.ts'
import { accountOfId, newUniqueId } from './unique-ids.ts'

test('the published example key names its account', () => {
  assert.equal(accountOfId('ASIAQNZGKIQY56JQ7WML'), '029608264753')
})

test('an id names the account that it was made for', () => {
  const random = pooledRandom()
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 999_999_999_999 }),
      fc.constantFrom('AKIA', 'ASIA', 'AIDA', 'AROA', 'AGPA', 'ANPA'),
      (number, prefix) => {
        const account = parseAccountId(String(number).padStart(12, '0'))
        const id = newUniqueId(prefix, account, random)
        assert.match(id, /^[A-Z]{4}[Q-Z2-7][A-Z2-7]+$/)
        assert.equal(id.length, prefix === 'AKIA' || prefix === 'ASIA' ? 20 : 21)
        assert.equal(accountOfId(id), account)
      },
    ),
  )
})

test('text of another shape names no account', () => {
  for (const id of [
    '',
    'AKIA',
    'AKIAIOSFODNN7EXAMPLE',
    'akiaqnzgkiqy56jq7wml',
    'AKIA0000000000000000',
  ]) {
    assert.equal(accountOfId(id), undefined)
  }
})
