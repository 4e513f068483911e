import assert from 'node:assert/strict'
import { test } from 'node:test'
import { parseAccountId } from '../identifiers/account-id.ts'
import { onEveryEngine, openStore } from '../store/every-engine.ts'
import type { Store } from '../store/store.ts'
import { auditRow } from './audit-row.ts'
import type { AuditEvent, AuditRow } from './audit-row.ts'
import { trail } from './trail.ts'

const account = parseAccountId('123456789012')
const now = new Date(Date.UTC(2026, 0, 2))
const later = new Date(now.getTime() + 1000)

const event: AuditEvent = {
  userIdentity: { type: 'Unknown' },
  eventSource: 'iam.amazonaws.com',
  eventName: 'ListUsers',
  awsRegion: 'us-east-1',
  requestParameters: null,
  responseElements: null,
  readOnly: true,
  eventType: 'AwsApiCall',
}

const row = (eventName: string) =>
  auditRow({ account, userName: null, accessKeyId: null }, { ...event, eventName }, now)

/** What the database refuses on both engines: a column that must not be null. */
const refused: AuditRow = { ...row('Refused'), eventName: null as unknown as string }

const namesIn = async ({ db }: Store) =>
  (await db.selectFrom('auditEvent').select('eventName').orderBy('eventName').execute()).map(
    ({ eventName }) => eventName,
  )

test('of parameters that are too long the long texts are cut, and the short ones stay', () => {
  const requestParameters = { userName: 'mallory', policyDocument: ' '.repeat(200_000) }
  const { record } = auditRow(
    { account, userName: null, accessKeyId: null },
    { ...event, requestParameters },
    now,
  )
  assert.ok(record.length < 4096)
  const told = JSON.parse(record).requestParameters
  assert.equal(told.userName, 'mallory')
  assert.match(told.policyDocument, /… \(200000 characters\)$/)
})

test('of parameters that are too many nothing is kept but that they were', () => {
  const requestParameters = Array.from({ length: 100_000 }, (_, index) => `tag ${index}`)
  const { record } = auditRow(
    { account, userName: null, accessKeyId: null },
    { ...event, requestParameters },
    now,
  )
  assert.deepEqual(JSON.parse(record).requestParameters, { omitted: true })
})

onEveryEngine('the audit trail', newDatabase => {
  test('a record that the database refuses is left out, told of, and stops none behind it', async () => {
    await using store = await openStore(await newDatabase())
    const told: unknown[] = []
    const records = trail(store, account, error => told.push(error))
    const names = Array.from({ length: 30 }, (_, index) => `Call${String(index).padStart(2, '0')}`)
    for (const name of names.slice(0, 20)) void records.noteRow(row(name), 'known', now)
    void records.noteRow(refused, 'known', now)
    for (const name of names.slice(20)) void records.noteRow(row(name), 'known', now)

    await records.flush(now)
    assert.deepEqual(await namesIn(store), names)
    assert.equal(told.length, 1)
    await records.flush(later)
    assert.deepEqual(await namesIn(store), [...names, 'RecordsLeftOut'])
  })

  test('a name with NUL is kept with its replacement', async () => {
    await using store = await openStore(await newDatabase())
    const records = trail(store, account, error => assert.fail(String(error)))
    void records.noteRow(row('List\0Users'), 'known', now)
    await records.flush(now)
    assert.deepEqual(await namesIn(store), ['List\u{FFFD}Users'])
  })

  test('a record that is written twice, its first commit unheard of, is there once', async () => {
    await using store = await openStore(await newDatabase())
    const records = trail(store, account, error => assert.fail(String(error)))
    const once = row('ListUsers')
    for (let time = 0; time < 2; time++) {
      void records.noteRow(once, 'known', now)
      await records.flush(now)
    }
    assert.deepEqual(await namesIn(store), ['ListUsers'])
  })
})
