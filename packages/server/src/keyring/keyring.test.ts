import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { pooledRandom } from '../identifiers/random.ts'
import { openKeyring } from './keyring.ts'

const random = pooledRandom()
const keys = [
  { keyId: 1, key: random(32) },
  { keyId: 2, key: random(32) },
]

test('what is sealed opens to the same bytes, for the same purpose and place', () => {
  const keyring = openKeyring(keys, random)
  fc.assert(
    fc.property(fc.uint8Array(), fc.string(), (plain, place) => {
      const sealed = keyring.seal('totp-seed', Buffer.from(plain), place)
      assert.deepEqual(keyring.open('totp-seed', sealed, place), Buffer.from(plain))
      assert.equal(keyring.open('session', sealed, place), undefined)
      assert.equal(keyring.open('totp-seed', sealed, `${place}.`), undefined)
    }),
    { numRuns: 50 },
  )
})

test('a seal with any bit turned does not open', () => {
  const keyring = openKeyring(keys, random)
  const sealed = keyring.seal('session', Buffer.from('secret'))
  for (let bit = 0; bit < sealed.length * 8; bit++) {
    const altered = Buffer.from(sealed)
    altered[bit >> 3] = (altered[bit >> 3] ?? 0) ^ (1 << (bit & 7))
    assert.equal(keyring.open('session', altered), undefined)
  }
})

test('bytes of no shape at all do not open', () => {
  const keyring = openKeyring(keys, random)
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), bytes => {
      assert.equal(keyring.open('session', bytes), undefined)
    }),
  )
})

test('older keys still open, and a ring without the key does not', () => {
  const [older] = keys
  assert.ok(older)
  const sealed = openKeyring([older], random).seal('session', Buffer.from('secret'))
  assert.deepEqual(openKeyring(keys, random).open('session', sealed), Buffer.from('secret'))
  assert.equal(openKeyring(keys.slice(1), random).open('session', sealed), undefined)
})

test('the newest key seals, or the one that is named; proofs are the same whichever it is', () => {
  const [older, newer] = keys.map(({ keyId }) => keyId)
  const rings = [openKeyring(keys, random), openKeyring(keys, random, keys[0])]
  const sealedBy = rings.map(ring => ring.seal('session', Buffer.from('secret')).readUInt32BE(1))
  assert.deepEqual(sealedBy, [newer, older])
  const [proof, same] = rings.map(ring => ring.mac('sign-in', 'user nobody'))
  assert.deepEqual(proof, same)
})
