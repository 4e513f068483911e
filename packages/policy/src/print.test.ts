// parse ∘ print is the identity on meaning.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { anyPolicy } from '../test/arbitrary-policies.ts'
import { type Document, readVectors } from '../test/vectors.ts'
import { parsePolicy, type Policy, type PolicyKind, principalsOf, printPolicy } from './index.ts'

type DocumentCase = {
  readonly title: string
  readonly kind: PolicyKind
  readonly document?: Document
  readonly text?: string
  readonly message?: string
}

/** All but the places. */
function meaningOf({ statements, ...policy }: Policy) {
  return {
    ...policy,
    statements: statements.map(({ start: _start, end: _end, ...meaning }) => meaning),
  }
}

for (const file of ['documents.json', 'trust-documents.json', 'resource-documents.json']) {
  test(`${file}: what is stored means the same when it is printed`, async t => {
    for (const { title, kind, document, text, message } of readVectors<DocumentCase>(file).cases) {
      if (message !== undefined) continue
      await t.test(title, () => {
        const policy = parsePolicy(text ?? JSON.stringify(document), kind)
        const again = parsePolicy(printPolicy(policy), kind)
        assert.deepEqual(meaningOf(again), meaningOf(policy))
        assert.equal(printPolicy(again), printPolicy(policy))
      })
    }
  })
}

test('what is printed parses to the same meaning', () => {
  fc.assert(
    fc.property(anyPolicy, Statement => {
      const policy = parsePolicy(JSON.stringify({ Version: '2012-10-17', Statement }), 'identity')
      assert.deepEqual(meaningOf(parsePolicy(printPolicy(policy), 'identity')), meaningOf(policy))
    }),
    { numRuns: 300 },
  )
})

test('principalsOf names the AWS principals of a policy, each once', () => {
  const user = 'arn:aws:iam::123456789012:user/a'
  const policy = parsePolicy(
    JSON.stringify({
      Version: '2012-10-17',
      Statement: [
        {
          Effect: 'Allow',
          Principal: { AWS: [user, '*', '123456789012'] },
          Action: 'sts:AssumeRole',
        },
        {
          Effect: 'Deny',
          Principal: { AWS: user, Service: 'ec2.amazonaws.com' },
          Action: 'sts:AssumeRole',
        },
      ],
    }),
    'trust',
  )
  assert.deepEqual(principalsOf(policy), [user, '123456789012'])
})
