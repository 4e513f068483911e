import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sessionTokens } from './session-tokens.ts'
import { parseAccountId } from '../identifiers/account-id.ts'
import { pooledRandom } from '../identifiers/random.ts'
import { openKeyring } from '../keyring/keyring.ts'

test('a session token has one spelling', () => {
  const random = pooledRandom()
  const tokens = sessionTokens(openKeyring([{ keyId: 1, key: random(32) }], random))
  const account = parseAccountId('123456789012')
  const times = { issuedAt: 0, expiresAt: 1, issuedBy: 'GetSessionToken' } as const
  const credentials = { accessKeyId: 'ASIA', secretAccessKey: 'x' }
  const token = tokens.seal({ account, ...credentials, principalId: account, ...times })
  assert.equal(tokens.open(token)?.accessKeyId, 'ASIA')
  for (const spelling of [`${token}=`, ` ${token}`, token.replace(/(.{9})/, '$1!')]) {
    assert.equal(tokens.open(spelling), undefined)
  }
})
