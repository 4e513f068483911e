import assert from 'node:assert/strict'
import { createSecretKey } from 'node:crypto'
import { test } from 'node:test'
import rfc4226 from '../../../vectors/totp/rfc4226-appendix-d.json' with { type: 'json' }
import { hotp } from './hotp.ts'

const secret = createSecretKey(Buffer.from(rfc4226.secretAscii))

for (const { count, truncated, hotp: code } of rfc4226.rows) {
  test(`RFC 4226 Appendix D: the code of count ${count} is ${code}`, () => {
    assert.equal(hotp(secret, count), code)
  })

  test(`RFC 4226 Appendix D: count ${count} gives the truncated value ${truncated}, whatever the digits`, () => {
    for (const digits of [6, 7, 8] as const) {
      const expected = String(truncated).padStart(10, '0').slice(-digits)
      assert.equal(hotp(secret, count, { digits }), expected)
    }
  })
}

test('the counter has 64 bits: its upper half counts', () => {
  assert.notEqual(hotp(secret, 2 ** 32), hotp(secret, 0))
  assert.notEqual(hotp(secret, 2 ** 32 + 1), hotp(secret, 2 ** 33 + 1))
})

test('there is no code of a negative counter', () => {
  assert.throws(() => hotp(secret, -1), RangeError)
})
