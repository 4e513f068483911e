import assert from 'node:assert/strict'
import { test } from 'node:test'
import { decodeBase32 } from './base32.ts'
import { newTotpSeed } from './totp-seed.ts'

test('a seed is 64 Base32 characters that hold 40 bytes', () => {
  const seed = newTotpSeed()
  assert.match(seed, /^[A-Z2-7]{64}$/)
  assert.equal(decodeBase32(seed).length, 40)
})

test('a seed holds exactly the random bytes that it was given', () => {
  const bytes = Buffer.from(Array.from({ length: 40 }, (_, index) => index * 6))
  const seed = newTotpSeed(size => bytes.subarray(0, size))
  assert.deepEqual(decodeBase32(seed), bytes)
})

test('no two seeds are alike', () => {
  assert.equal(new Set(Array.from({ length: 100 }, () => newTotpSeed())).size, 100)
})
