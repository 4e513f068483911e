import assert from 'node:assert/strict'
import { test } from 'node:test'
import { tagChanges } from './tag-changes.ts'

const BEFORE = [
  { key: 'team', value: 'red' },
  { key: 'stage', value: 'test' },
]

test('a tag whose value changes is never taken away', () => {
  const wanted = [
    { key: 'team', value: 'blue', existing: true },
    { key: 'stage', value: 'test', existing: true },
  ]
  assert.deepEqual(tagChanges(BEFORE, wanted, 'exact'), {
    tagged: [{ Key: 'team', Value: 'blue' }],
    untagged: [],
  })
})

test('new tags are added, removed ones are taken away, others are left alone', () => {
  const wanted = [
    { key: 'team', value: 'red', markedForRemoval: true },
    { key: 'stage', value: 'test' },
    { key: 'cost', value: '' },
  ]
  assert.deepEqual(tagChanges(BEFORE, wanted, 'exact'), {
    tagged: [{ Key: 'cost', Value: '' }],
    untagged: ['team'],
  })
})

test('a tag that was removed and written again with another value is tagged over', () => {
  const wanted = [
    { key: 'team', value: 'red', markedForRemoval: true },
    { key: 'team', value: 'blue' },
    { key: 'stage', value: 'test' },
  ]
  assert.deepEqual(tagChanges(BEFORE, wanted, 'exact'), {
    tagged: [{ Key: 'team', Value: 'blue' }],
    untagged: [],
  })
})

test('a key that is spelled otherwise is the same one, or another, as the service has it', () => {
  const wanted = [
    { key: 'Team', value: 'red' },
    { key: 'stage', value: 'test' },
  ]
  const tagged = [{ Key: 'Team', Value: 'red' }]
  assert.deepEqual(tagChanges(BEFORE, wanted, 'ignoring case'), { tagged, untagged: [] })
  assert.deepEqual(tagChanges(BEFORE, wanted, 'exact'), { tagged, untagged: ['team'] })
})
