import assert from 'node:assert/strict'
import { test } from 'node:test'
import { AwsError } from '@twinlock/protocol'
import fc from 'fast-check'
import { checkManagedPolicy, encodeDocument, parsePolicyDocument } from './policy-documents.ts'

/** The characters that IAM takes in a document: tab, line feed, carriage return, U+0020 to U+00FF. */
const character = fc.oneof(
  fc.constantFrom('\t', '\n', '\r'),
  fc.integer({ min: 0x20, max: 0xff }).map(code => String.fromCharCode(code)),
)

test('RFC 3986 §2.3: an encoded document holds unreserved characters and escapes only, and decodes to itself', () => {
  fc.assert(
    fc.property(fc.string({ unit: character }), document => {
      const encoded = encodeDocument(document)
      assert.match(encoded, /^(?:[A-Za-z0-9._~-]|%[0-9A-F]{2})*$/)
      assert.equal(decodeURIComponent(encoded), document)
    }),
  )
})

test('whatever a caller sends as a document, the refusal is one that the caller may read', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string({ unit: character }), fc.json()), document => {
      for (const check of [
        () => checkManagedPolicy(document),
        () => parsePolicyDocument(document, 'identity'),
      ]) {
        assert.throws(check, (error: unknown) => {
          assert.ok(error instanceof AwsError)
          return error.code === 'MalformedPolicyDocument'
        })
      }
    }),
  )
})
