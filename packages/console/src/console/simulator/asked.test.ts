import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { readAsked, writeAsked } from './asked.ts'

test('a question comes back from its address as it was', () => {
  const word = fc.stringMatching(/^[a-z]+:[A-Za-z*?]+$/)
  const asked = fc.record(
    {
      principal: fc.string(),
      actions: fc.uniqueArray(word),
      resources: fc.uniqueArray(fc.string({ minLength: 1 }), { minLength: 1 }),
      staleSeconds: fc.nat(),
      context: fc.array(
        fc.tuple(fc.stringMatching(/^[a-z]+:[A-Za-z/]*$/), fc.string()) as fc.Arbitrary<
          readonly [string, string]
        >,
      ),
    },
    { noNullPrototype: true },
  )
  fc.assert(
    fc.property(asked, question => {
      const address = writeAsked(question).toString()
      assert.deepEqual(readAsked(new URLSearchParams(address)), question)
    }),
  )
})

test('what an address does not say, or says wrongly, is as usual', () => {
  const asked = readAsked(new URLSearchParams('stale=yesterday&resource='))
  assert.deepEqual(asked.resources, ['*'])
  assert.equal(asked.staleSeconds, 43_200)
  assert.ok(asked.actions.includes('s3:GetObject'))
})
