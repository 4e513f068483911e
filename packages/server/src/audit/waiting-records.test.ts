// What becomes of records while the store cannot take them.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { parseAccountId } from '../identifiers/account-id.ts'
import { onEveryEngine, openStore } from '../store/every-engine.ts'
import type { Store } from '../store/store.ts'
import type { AuditRow } from './audit-row.ts'
import { trail } from './trail.ts'

const account = parseAccountId('123456789012')
const now = new Date(Date.UTC(2026, 0, 2))

/** As trail.ts has them: records that one transaction writes, and that may wait. */
const TOGETHER = 1024
const MOST_WAITING = 4096

const nameOf = (number: number) => `Call${String(number).padStart(5, '0')}`

const row = (number: number): AuditRow => ({
  accountId: account,
  eventTime: now.getTime(),
  eventId: nameOf(number),
  eventName: nameOf(number),
  eventSource: 'iam.amazonaws.com',
  userName: null,
  accessKeyId: null,
  readOnly: 1,
  record: '{}',
})

const namesIn = async ({ db }: Store) =>
  (await db.selectFrom('auditEvent').select('eventName').orderBy('eventName').execute()).map(
    ({ eventName }) => eventName,
  )

const namesTo = (count: number) => Array.from({ length: count }, (_, number) => nameOf(number))

/** A store on a disk that is full after so many more transactions, until it is cleared. */
function onFullDisk(store: Store, room = 0) {
  let left = room
  const unhurried: Store['unhurried'] = work =>
    left-- > 0 ? store.unhurried(work) : Promise.reject(new Error('the disk is full'))
  return { store: { ...store, unhurried }, clear: () => void (left = Infinity) }
}

onEveryEngine('Records that cannot be written yet', newDatabase => {
  /** A trail that has so many records to write, and what it told the operator. */
  async function noted(store: Store, count: number) {
    const told: unknown[] = []
    const records = trail(store, account, error => told.push(error))
    const note = (number: number) => records.noteRow(row(number), 'known', now)
    for (let number = 0; number < count; number++) assert.equal(note(number), undefined)
    return { ...records, note, told }
  }

  test('are kept, and written when they can be: the oldest first, and each once', async () => {
    await using store = await openStore(await newDatabase())
    const disk = onFullDisk(store, 1)
    const { flush } = await noted(disk.store, TOGETHER + 10)
    await assert.rejects(flush(now), /disk is full/)
    assert.deepEqual(await namesIn(store), namesTo(TOGETHER))
    await assert.rejects(flush(now), /disk is full/)
    disk.clear()
    await flush(now)
    await flush(now)
    assert.deepEqual(await namesIn(store), namesTo(TOGETHER + 10))
  })

  test('are not lost with a batch that fails half-way', async () => {
    await using store = await openStore(await newDatabase())
    let broken = true
    const unhurried: Store['unhurried'] = work =>
      store.unhurried(async tx => {
        const result = await work(tx)
        if (broken) throw new Error('cut off')
        return result
      })
    const { flush } = await noted({ ...store, unhurried }, 10)
    await assert.rejects(flush(now), /cut off/)
    assert.deepEqual(await namesIn(store), [])
    broken = false
    await flush(now)
    assert.deepEqual(await namesIn(store), namesTo(10))
  })

  test('are 4,096 at most: the requests after them wait until there is room', async () => {
    await using store = await openStore(await newDatabase())
    const { promise: free, resolve: goOn } = Promise.withResolvers<void>()
    const unhurried: Store['unhurried'] = async work => {
      await free
      return store.unhurried(work)
    }
    const { note, flush } = await noted({ ...store, unhurried }, MOST_WAITING)
    let answered = 0
    const requests = [0, 1, 2].map(async more => {
      await note(MOST_WAITING + more)
      answered++
    })
    await new Promise(setImmediate)
    assert.equal(answered, 0)
    goOn()
    await Promise.all(requests)
    await flush(now)
    assert.deepEqual(await namesIn(store), namesTo(MOST_WAITING + 3))
  })

  test('are 4,096 at most even while none can be written: what is left out is told of', async () => {
    await using store = await openStore(await newDatabase())
    const disk = onFullDisk(store)
    const { note, flush, told } = await noted(disk.store, MOST_WAITING)
    await Promise.all([note(MOST_WAITING), note(MOST_WAITING + 1)])
    assert.match(String(told), /disk is full/)
    disk.clear()
    await flush(now)
    assert.deepEqual(await namesIn(store), namesTo(MOST_WAITING))
    await flush(new Date(now.getTime() + 1000))
    assert.equal((await namesIn(store)).at(-1), 'RecordsLeftOut')
  })
})
