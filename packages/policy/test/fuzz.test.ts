// Whatever the text, parsing it throws nothing but a PolicyError, and what it parses to can be
// printed, asked and explained. `scripts/fuzz.ts` goes on for as long as one wants.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { PolicyError, type PolicyKind, parsePolicy } from '../src/index.ts'
import { ANY_DOCUMENT } from './arbitrary/documents.ts'
import { anyHostileDocument, anyHostileRequest } from './arbitrary/hostile.ts'
import { endure } from './endurance.ts'

const KINDS = Object.keys(ANY_DOCUMENT) as PolicyKind[]

test('no document and no request throws anything but a PolicyError', () => {
  let accepted = 0
  const runs = 4000
  fc.assert(
    fc.property(anyHostileDocument, anyHostileRequest, (document, request) => {
      if (endure(document, request)) accepted++
    }),
    { numRuns: runs },
  )
  // Documents that all are refused would tell nothing of what comes after.
  assert.ok(accepted > runs / 20, `${accepted} accepted`)
})

const DEPTH = 100_000

for (const [name, text] of [
  ['arrays', '['.repeat(DEPTH)],
  ['arrays with an end', '['.repeat(DEPTH) + ']'.repeat(DEPTH)],
  ['objects', '{"Statement":'.repeat(DEPTH)],
  ['a condition', `{"Statement":{"Effect":"Deny","Condition":${'{"Bool":'.repeat(DEPTH)}`],
  ['a principal', `{"Statement":{"Effect":"Deny","Principal":${'['.repeat(DEPTH)}`],
] as const) {
  test(`nesting of ${DEPTH} levels is refused: ${name}`, () => {
    for (const kind of KINDS) assert.throws(() => parsePolicy(text, kind), PolicyError)
  })
}
