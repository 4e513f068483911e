import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import type { Tag } from '../services/operation.ts'
import { readingsOf } from './tag-readings.ts'

const TAG_POLICY = { action: 'iam:TagPolicy', resource: 'arn:aws:iam::123456789012:policy/x' }

const tag = (Key: string, Value = Key): Tag => ({ Key, Value })

const shown = (tags: readonly Tag[] = []) => tags.map(({ Key }) => Key).join(' ')

test('tags that are all different are read as they are', () => {
  const permission = { ...TAG_POLICY, requestTags: [tag('team'), tag('stage')] }
  assert.deepEqual(readingsOf(TAG_POLICY), [TAG_POLICY])
  const [only, ...others] = readingsOf(permission)
  assert.deepEqual(only?.requestTags, permission.requestTags)
  assert.deepEqual(others, [])
})

test('tags whose keys differ by case alone are read in every combination, those of the resource too', () => {
  const readings = readingsOf({
    ...TAG_POLICY,
    requestTags: ['team', 'TEAM', 'STAGE', 'stage'].map(key => tag(key)),
    resourceTags: ['owner', 'Owner'].map(key => tag(key)),
  })
  assert.deepEqual(
    readings.map(({ requestTags, resourceTags }) => [shown(requestTags), shown(resourceTags)]),
    ['team STAGE', 'team stage', 'TEAM STAGE', 'TEAM stage'].flatMap(request => [
      [request, 'owner'],
      [request, 'Owner'],
    ]),
  )
})

test('in every reading all keys were sent', () => {
  const key = fc.constantFrom('a', 'A', 'b', 'B', 'c')
  fc.assert(
    fc.property(fc.uniqueArray(key), fc.uniqueArray(key), (sent, untagged) => {
      const requestTags = sent.map(each => tag(each))
      for (const reading of readingsOf({ ...TAG_POLICY, requestTags, requestTagKeys: untagged })) {
        const { requestTags: read = [], requestTagKeys = [] } = reading
        const keys = [...read.map(({ Key }) => Key), ...requestTagKeys]
        assert.deepEqual(keys.toSorted(), [...sent, ...untagged].toSorted())
      }
    }),
  )
})

test('more combinations than anybody means are refused, of the request and of the resource', () => {
  const alike = (count: number) =>
    Array.from({ length: count }, (_, index) => [tag(`k${index}`), tag(`K${index}`)]).flat()
  const most = { requestTags: alike(3), resourceTags: alike(3) }
  assert.equal(readingsOf({ ...TAG_POLICY, ...most }).length, 64)
  for (const tags of [{ requestTags: alike(4) }, { resourceTags: alike(4) }]) {
    assert.throws(() => readingsOf({ ...TAG_POLICY, ...tags }), { code: 'InvalidInput' })
  }
})
