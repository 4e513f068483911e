import assert from 'node:assert/strict'
import { createSecretKey, randomBytes } from 'node:crypto'
import { test } from 'node:test'
import { totpSecret } from '@twinlock/factors'
import * as fc from 'fast-check'
import { Refusal } from '../command-errors.ts'
import { type Entry, writeEntry } from './entry.ts'
import { type KeyOrigin, parseSealedFile, seal, unseal } from './sealed-file.ts'

const key = createSecretKey(randomBytes(32))
const passphrase: KeyOrigin = {
  from: 'passphrase',
  kdf: 'scrypt',
  N: 2 ** 17,
  r: 8,
  p: 1,
  salt: randomBytes(16).toString('base64'),
}

const entries: fc.Arbitrary<readonly Entry[]> = fc.array(
  fc.record({
    name: fc.string({ minLength: 1, unit: 'grapheme' }),
    secret: fc.uint8Array({ minLength: 1, maxLength: 64 }).map(totpSecret),
    algorithm: fc.constantFrom('sha1', 'sha256', 'sha512'),
    digits: fc.constantFrom(6, 7, 8),
    periodSeconds: fc.integer({ min: 1, max: 3600 }),
    shownSteps: fc.array(fc.nat(), { maxLength: 2 }),
  }),
  { maxLength: 4 },
)

test('what was sealed is what is unsealed', () => {
  fc.assert(
    fc.property(
      entries,
      fc.constantFrom(passphrase, { from: 'key-file' } as const),
      (entries, origin) => {
        const file = parseSealedFile(seal(entries, origin, key), 'FILE')
        assert.deepEqual(file.header.key, origin)
        assert.deepEqual(unseal(file, key)?.map(writeEntry), entries.map(writeEntry))
      },
    ),
    { numRuns: 50 },
  )
})

test('a file of which one character was changed gives no entries', () => {
  const secret = totpSecret(Buffer.from('12345678901234567890'))
  const figures = { algorithm: 'sha1', digits: 6, periodSeconds: 30, shownSteps: [] } as const
  const text = seal([{ name: 'dev', secret, ...figures }], passphrase, key)
  const meaning = JSON.stringify(JSON.parse(text))
  fc.assert(
    fc.property(fc.nat(text.length - 1), fc.string({ minLength: 1, maxLength: 1 }), (at, other) => {
      const changed = `${text.slice(0, at)}${other}${text.slice(at + 1)}`
      // Blanks between the parts of JSON mean nothing, nor do the last bits of base64.
      fc.pre(!sameMeaning(changed, meaning))
      let found: readonly Entry[] | undefined
      try {
        found = unseal(parseSealedFile(changed, 'FILE'), key)
      } catch (error) {
        assert.ok(error instanceof Refusal)
      }
      assert.equal(found, undefined)
    }),
    { numRuns: 1000 },
  )
})

/** JSON that says the same, with base64 that stands for the same bytes. */
function sameMeaning(text: string, meaning: string) {
  const canonical = (json: string) =>
    JSON.stringify(JSON.parse(json), (name, value: unknown) =>
      name === 'sealed' ? Buffer.from(String(value), 'base64').toString('base64') : value,
    )
  try {
    return canonical(text) === canonical(meaning)
  } catch {
    return false
  }
}

test('a key that is not the file’s gives no entries', () => {
  const file = parseSealedFile(seal([], passphrase, key), 'FILE')
  assert.equal(unseal(file, createSecretKey(randomBytes(32))), undefined)
})

test('every sealing has a nonce of its own', () => {
  const nonces = Array.from(
    { length: 100 },
    () => parseSealedFile(seal([], passphrase, key), 'FILE').header.nonce,
  )
  assert.equal(new Set(nonces).size, 100)
})

test('an entry does not show its secret when it is printed or logged', () => {
  const secret = totpSecret(Buffer.from('12345678901234567890'))
  assert.equal(JSON.stringify({ secret }), '{"secret":{}}')
})

for (const [reason, change] of [
  ['memory without bound', { N: 2 ** 24 }],
  ['a price that is no price', { N: 2 }],
  ['an N that is not a power of two', { N: 100_000 }],
  ['a block size out of bounds', { r: 1024 }],
  ['a parallelism out of bounds', { p: 1000 }],
  ['an unknown function', { kdf: 'md5' }],
  ['a salt of few bytes', { salt: 'AAAA' }],
] as const) {
  test(`a header that asks for ${reason} is refused`, () => {
    const file: unknown = JSON.parse(seal([], { ...passphrase, ...change } as KeyOrigin, key))
    assert.throws(() => parseSealedFile(JSON.stringify(file), 'FILE'), Refusal)
  })
}

test('a file of a later version is refused by that reason', () => {
  const text = seal([], passphrase, key).replace('"version": 1', '"version": 2')
  assert.throws(() => parseSealedFile(text, 'FILE'), /newer twinlock/)
})

test('text that is not such a file is refused by that reason', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.json()), text => {
      assert.throws(() => parseSealedFile(text, 'FILE'), /FILE is not a file of/)
    }),
  )
})
