// What counts against the size quotas.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { readVectors } from '../test/vectors.ts'
import { policySize, SIZE_QUOTAS, sizeAgainst, type SizeQuota } from './policy-size.ts'

type SizeCase = {
  readonly title: string
  readonly quota: SizeQuota
  readonly documents: readonly string[]
  readonly size: number
  readonly fits: boolean
}

test('sizes.json: what counts against a quota, and what fits', async t => {
  for (const { title, quota, documents, ...expected } of readVectors<SizeCase>('sizes.json')
    .cases) {
    await t.test(title, () => {
      const size = sizeAgainst(quota, documents)
      assert.deepEqual({ size, fits: size <= SIZE_QUOTAS[quota].most }, expected)
    })
  }
})

test('white space between tokens does not count', () => {
  fc.assert(
    fc.property(
      fc.jsonValue({ maxDepth: 3 }),
      fc.constantFrom(1, '\t', ' \r\n'),
      (value, space) => {
        assert.equal(
          policySize(JSON.stringify(value, undefined, space)),
          JSON.stringify(value).length,
        )
      },
    ),
    { numRuns: 300 },
  )
})

test('white space inside a string counts, after an escaped quote too', () => {
  assert.equal(policySize('{ "a b" : "c \\" d" }'), '{"a b":"c \\" d"}'.length)
  assert.equal(policySize('{ "a\\\\" : " " }'), '{"a\\\\":" "}'.length)
})

test('a document that breaks off is counted to its end', () => {
  assert.equal(policySize('{ "a\\'), 4)
})
