// The vectors of Resource and NotResource, as the only element of a statement that matters.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { conditionKeys, type Keys, readVectors } from '../test/vectors.ts'
import type { PolicyVersion, ResourceElement } from './policy.ts'
import { compileResource } from './resource.ts'

type ResourceCase = ResourceElement & {
  readonly title: string
  readonly resource: string
  readonly keys: Keys
  readonly version?: PolicyVersion
  readonly matches: boolean
}

test('resources.json: a statement is about a resource or is not', async t => {
  for (const one of readVectors<ResourceCase>('resources.json').cases) {
    await t.test(one.title, () => {
      const matches = compileResource(one, 'identity', one.version ?? '2012-10-17')
      assert.equal(matches(one.resource, conditionKeys(one.keys)), one.matches)
    })
  }
})

test('only policies of principals complete a short ARN; a service control policy wants a star at its end', () => {
  const matches = (
    pattern: string,
    kind: 'identity' | 'boundary' | 'session' | 'scp' | 'resource',
  ) =>
    compileResource(
      { element: 'Resource', patterns: [pattern] },
      kind,
      '2012-10-17',
    )('arn:aws:sqs:us-east-1:123456789012:q', conditionKeys())
  for (const kind of ['identity', 'boundary', 'session'] as const)
    assert.equal(matches('arn:aws:sqs', kind), true)
  assert.equal(matches('arn:aws:sqs', 'scp'), false)
  assert.equal(matches('arn:aws:sqs:*', 'scp'), true)
  assert.equal(matches('arn:aws:sqs:*', 'resource'), false)
})
