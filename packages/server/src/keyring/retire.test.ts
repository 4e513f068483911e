import assert from 'node:assert/strict'
import { test } from 'node:test'
import { modelOf, validateInput } from '@twinlock/protocol'
import { MADE, insertAccessKeys, keyringOf, laterThan, newKeyStore } from '../../test/key-store.ts'
import { KNOWN_FOR_DAYS } from '../authentication/known-browsers.ts'
import { onEveryEngine } from '../store/every-engine.ts'
import { makeFirstKeys } from './data-keys.ts'
import { readKeyStates } from './key-states.ts'
import { retireDataKey } from './retire.ts'
import { publishDataKey, resealAll } from './rotate.ts'
import { LIFE_OF_SEALS, LONGEST_SESSION_MS } from './token-lifetimes.ts'

const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS

test('session tokens live no longer than the operations give them, nor browsers known for longer', () => {
  for (const name of ['GetSessionToken', 'GetFederationToken']) {
    const operation = modelOf('sts').findOperation(name)
    assert.ok(operation)
    const input = (DurationSeconds: number) => ({ Name: 'guest', DurationSeconds })
    validateInput(operation, input(LONGEST_SESSION_MS / 1000))
    assert.throws(() => validateInput(operation, input(LONGEST_SESSION_MS / 1000 + 1)))
  }
  assert.equal(LIFE_OF_SEALS['known-browser'], KNOWN_FOR_DAYS * DAY_MS)
})

onEveryEngine('retiring a data key', newDatabase => {
  test('is refused while it seals, is needed, or may be', async () => {
    await using keys = await newKeyStore(await newDatabase())
    const first = await keyringOf(keys, MADE)
    await keys.store.transaction(tx => insertAccessKeys(tx, first, ['AKIA1']))
    const retire = (keyId: number, now: Date, endSessions = false) =>
      retireDataKey(keys, { keyId, endSessions }, now)
    const refused = (message: RegExp) => ({ name: 'ConfigError', message })

    await assert.rejects(retire(7, MADE), refused(/^There is no key 7\.$/))
    await assert.rejects(retire(0, MADE), refused(/^There is no key 0\.$/))
    await assert.rejects(retire(1, MADE, true), refused(/the one that seals/))
    const { keyId, sealsFrom, settled } = await publishDataKey(keys, MADE)
    await assert.rejects(retire(keyId, MADE, true), refused(/about to seal/))
    await assert.rejects(retire(keyId, sealsFrom, true), refused(/the one that seals/))
    await assert.rejects(retire(1, sealsFrom, true), refused(/Servers may still seal by key 1/))
    await assert.rejects(
      retire(1, settled, true),
      refused(/^Secrets at rest are still sealed by key 1 \(1\)/),
    )
    await Array.fromAsync(resealAll(keys, settled))
    await assert.rejects(
      retire(1, laterThan(settled, 36 * HOUR_MS - 1)),
      refused(/^Session tokens that key 1 sealed may live until 2026-01-03T12:01:00\.000Z/),
    )
    await assert.rejects(
      retire(1, laterThan(settled, 90 * DAY_MS - 1)),
      refused(/^Browsers are known by key 1 until/),
    )
    assert.equal((await readKeyStates(keys.store.db, settled)).length, 2)
  })

  for (const [title, wait, endSessions] of [
    ['takes it away when everything that it sealed is over', 90 * DAY_MS, false],
    ['takes it away at once when sessions may end', 0, true],
  ] as const) {
    test(title, async () => {
      await using keys = await newKeyStore(await newDatabase())
      const sealed = (await keyringOf(keys, MADE)).seal('session', Buffer.from('token'))
      const { settled } = await publishDataKey(keys, MADE)
      const now = laterThan(settled, wait)
      await retireDataKey(keys, { keyId: 1, endSessions }, now)
      const states = await readKeyStates(keys.store.db, now)
      assert.deepEqual(
        states.map(({ keyId, use }) => [keyId, use.kind]),
        [[2, 'sealing']],
      )
      assert.equal((await keyringOf(keys, now)).open('session', sealed), undefined)
    })
  }

  test('its number comes back at no start, and is given to no other', async () => {
    await using keys = await newKeyStore(await newDatabase())
    const { store, masterKey, random } = keys
    const { settled } = await publishDataKey(keys, MADE)
    await retireDataKey(keys, { keyId: 1, endSessions: true }, settled)
    await makeFirstKeys(store, masterKey, random, settled)
    await publishDataKey(keys, settled)
    const rows = await store.db.selectFrom('sealedKey').select('keyId').orderBy('keyId').execute()
    assert.deepEqual(
      rows.map(({ keyId }) => keyId),
      [0, 2, 3],
    )
  })

  test('a secret that is being sealed by it is waited for, and counted', async () => {
    await using keys = await newKeyStore(await newDatabase())
    const first = await keyringOf(keys, MADE)
    const { settled } = await publishDataKey(keys, MADE)
    let retired: Promise<void> | undefined
    await keys.store.transaction(async tx => {
      await insertAccessKeys(tx, first, ['AKIA1'])
      retired = retireDataKey(keys, { keyId: 1, endSessions: true }, settled)
      retired.catch(() => undefined)
    })
    await assert.rejects(
      retired ?? Promise.resolve(),
      /Secrets at rest are still sealed by key 1 \(1\)/,
    )
  })
})
