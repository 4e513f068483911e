import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as fc from 'fast-check'
import rfc4648 from '../../../vectors/totp/rfc4648-base32.json' with { type: 'json' }
import { decodeBase32, encodeBase32 } from './base32.ts'

for (const { ascii, base32 } of rfc4648.rows) {
  test(`RFC 4648 section 10: '${ascii}' is ${base32 || 'empty'}`, () => {
    assert.equal(encodeBase32(Buffer.from(ascii)), base32.replaceAll('=', ''))
    assert.equal(decodeBase32(base32).toString(), ascii)
  })
}

test('bytes survive being written and read', () => {
  fc.assert(
    fc.property(fc.uint8Array(), bytes => {
      assert.deepEqual(new Uint8Array(decodeBase32(encodeBase32(bytes))), bytes)
    }),
  )
})

test('there is one text for given bytes: what can be read is written the same way again', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: fc.constantFrom('A', 'B', 'M', 'Q', 'Y', 'Z', '2', '7') }),
      text => {
        const bytes = readOrUndefined(text)
        if (bytes !== undefined) assert.equal(encodeBase32(bytes), text)
      },
    ),
  )
})

test('case, blanks and padding do not matter', () => {
  assert.equal(decodeBase32(' mzxw 6ytb\toi== ====\n').toString(), 'foobar')
})

for (const text of ['MZXW1', 'MZXW0', 'MZ-XW6', 'MÄ', 'M=Y', 'A', 'MZX', 'MZ', 'MZXW6Y']) {
  test(`'${text}' is not Base32, and the refusal does not repeat it`, () => {
    assert.throws(
      () => decodeBase32(text),
      (error: Error & { code?: string }) =>
        error.code === 'InvalidBase32' && !error.message.includes(text.slice(1) || 'A is'),
    )
  })
}

function readOrUndefined(text: string) {
  try {
    return decodeBase32(text)
  } catch {
    return undefined
  }
}
