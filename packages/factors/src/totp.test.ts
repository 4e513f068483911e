import assert from 'node:assert/strict'
import { inspect } from 'node:util'
import { test } from 'node:test'
import rfc6238 from '../../../vectors/totp/rfc6238-appendix-b.json' with { type: 'json' }
import type { OtpAlgorithm } from './hotp.ts'
import { timeStep, totpCode, totpSecret } from './totp.ts'

const SEEDS: Readonly<Record<string, string>> = rfc6238.secretAscii
const ALGORITHMS: Readonly<Record<string, OtpAlgorithm>> = {
  sha1: 'sha1',
  sha256: 'sha256',
  sha512: 'sha512',
}

for (const { seconds, step, algorithm, totp } of rfc6238.rows) {
  test(`RFC 6238 Appendix B: at ${seconds} s with ${algorithm} the code is ${totp}`, () => {
    const secret = totpSecret(Buffer.from(SEEDS[algorithm] ?? ''))
    const format = { algorithm: ALGORITHMS[algorithm] ?? 'sha1', digits: 8 } as const
    assert.equal(timeStep(seconds), Number.parseInt(step, 16))
    assert.equal(totpCode(secret, timeStep(seconds), format), totp)
  })
}

test('a step lasts from its first to just before its thirtieth second', () => {
  assert.deepEqual(
    [0, 29.999, 30, 59, 60].map(seconds => timeStep(seconds)),
    [0, 0, 1, 1, 2],
  )
})

test('a secret shows its bytes neither when printed nor when serialised', () => {
  const secret = totpSecret(Buffer.from('a very secret seed'))
  for (const text of [
    JSON.stringify({ secret }),
    inspect(secret, { depth: 9, showHidden: true }),
  ]) {
    assert.doesNotMatch(text, /secret seed|61,\s?20|6120/)
  }
})
