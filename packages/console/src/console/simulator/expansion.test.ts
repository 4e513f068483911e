import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readCatalogue } from '@twinlock/catalogue'
import { suggestActions } from './action-suggestions.ts'
import { allActions, expand } from './expansion.ts'
import { MOST_REQUESTS, requestsFor } from './requests.ts'

const known = allActions(readCatalogue())

test('wildcards stand for all documented actions that they match, each once', () => {
  const { actions } = expand(['IAM:List*', 'iam:ListUsers', 'twinlock:*Sessions'], known)
  assert.ok(actions.includes('iam:ListMFADevices'))
  assert.ok(!actions.includes('iam:CreateUser'))
  assert.equal(new Set(actions).size, actions.length)
  assert.ok(actions.includes('twinlock:EndSessions'))
})

test('an action is asked about as AWS writes it, and as it is where nobody documents it', () => {
  const { actions, undocumented } = expand(['s3:getobject', 's3:FlyAway'], known)
  assert.deepEqual(actions, ['s3:GetObject', 's3:FlyAway'])
  assert.deepEqual(undocumented, ['s3:FlyAway'])
})

test('what matches nothing, and what is no action, is told', () => {
  const { actions, unmatched, malformed } = expand(['s3:Fly*', 's3', 'a:b:c', '<b>'], known)
  assert.deepEqual([actions, unmatched, malformed], [[], ['s3:Fly*'], ['s3', 'a:b:c', '<b>']])
})

test('all that AWS documents is asked about on one resource, and not more than is bearable', () => {
  const { actions } = expand(['*'], known)
  assert.equal(requestsFor(actions, ['*']).length, known.length)
  const requests = requestsFor(actions, ['a', 'b', 'c'])
  assert.equal(requests.length, MOST_REQUESTS)
  assert.deepEqual(requests.slice(0, 2), [
    { action: actions[0], resource: 'a' },
    { action: actions[0], resource: 'b' },
  ])
})

test('an action is suggested by any part of its name, what begins so first', () => {
  const values = suggestActions('getobj', known).map(({ value }) => value)
  assert.ok(values[0]?.toLowerCase().includes(':getobj'))
  assert.equal(suggestActions('s3', known)[0]?.value, 's3:*')
})
