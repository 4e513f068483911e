// Printing: what is printed means what was parsed, for documents of every kind.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { parsePolicy, type Policy, type PolicyKind, printPolicy } from '../src/index.ts'
import { asciiJson } from './agreement.ts'
import { ANY_DOCUMENT } from './arbitrary/documents.ts'

const KINDS = Object.keys(ANY_DOCUMENT) as PolicyKind[]

/** All but the places. */
function meaningOf({ statements, ...policy }: Policy) {
  return {
    ...policy,
    statements: statements.map(({ start: _start, end: _end, ...meaning }) => meaning),
  }
}

for (const kind of KINDS) {
  test(`${kind}: parse after print is the identity, and print is stable`, () => {
    fc.assert(
      fc.property(ANY_DOCUMENT[kind], document => {
        const policy = parsePolicy(asciiJson(document), kind)
        const printed = printPolicy(policy)
        const again = parsePolicy(printed, kind)
        assert.deepEqual(meaningOf(again), meaningOf(policy))
        assert.equal(printPolicy(again), printed)
      }),
      { numRuns: 300 },
    )
  })
}
