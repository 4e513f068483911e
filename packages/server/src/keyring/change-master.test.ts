import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { existsSync, writeFileSync } from 'node:fs'
import { mkdtempDisposable } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { MADE, keyringOf, newKeyStore } from '../../test/key-store.ts'
import { onEveryEngine } from '../store/every-engine.ts'
import { changeMasterKey } from './change-master.ts'
import { loadKeyring } from './data-keys.ts'
import type { KeyStore } from './key-store.ts'
import { readMasterKey } from './master-key.ts'
import { publishDataKey } from './rotate.ts'

const newFolder = () => mkdtempDisposable(join(tmpdir(), 'twinlock-master-'))
const plain = Buffer.from('secret')

const load = ({ store, random }: KeyStore, masterKey: Buffer) =>
  loadKeyring(store, masterKey, random, MADE)

const WRONG_KEY = { name: 'ConfigError', message: /^This master key is not the one/ }

onEveryEngine('changing the master key', newDatabase => {
  test('the new one opens the store, the old one does not, and the data keys are the same', async () => {
    await using folder = await newFolder()
    await using keys = await newKeyStore(await newDatabase())
    await publishDataKey(keys, MADE)
    const sealed = (await keyringOf(keys, MADE)).seal('totp-seed', plain)
    const file = join(folder.path, 'new.key')
    await changeMasterKey(keys, file)
    const next = readMasterKey(file, false, keys.random)
    assert.deepEqual((await load(keys, next)).open('totp-seed', sealed), plain)
    await assert.rejects(load(keys, keys.masterKey), WRONG_KEY)
  })

  test('with a wrong master key nothing is changed', async () => {
    await using folder = await newFolder()
    await using keys = await newKeyStore(await newDatabase())
    const wrong = { ...keys, masterKey: randomBytes(32) }
    await assert.rejects(changeMasterKey(wrong, join(folder.path, 'new.key')), WRONG_KEY)
    await assert.rejects(publishDataKey(wrong, MADE), WRONG_KEY)
    await load(keys, keys.masterKey)
  })

  for (const [title, file, content, mode] of [
    ['the same master key', 'same.key', undefined, 0o600],
    ['a file that is no key', 'short.key', 'c2hvcnQ=', 0o600],
    ['a file that others can read', 'open.key', randomBytes(32).toString('base64'), 0o644],
  ] as const) {
    test(`${title} is refused, and the old one opens the store as before`, async () => {
      await using folder = await newFolder()
      await using keys = await newKeyStore(await newDatabase())
      const path = join(folder.path, file)
      writeFileSync(path, content ?? keys.masterKey.toString('base64'), { mode })
      await assert.rejects(changeMasterKey(keys, path), { name: 'ConfigError' })
      await load(keys, keys.masterKey)
    })
  }

  test('a key that is made meanwhile is sealed under one of both, and never lost', async () => {
    await using folder = await newFolder()
    await using keys = await newKeyStore(await newDatabase())
    const file = join(folder.path, 'new.key')
    const [changed, published] = await Promise.allSettled([
      changeMasterKey(keys, file),
      publishDataKey(keys, MADE),
    ])
    assert.equal(changed.status, 'fulfilled')
    await load(keys, readMasterKey(file, false, keys.random))
    if (published.status === 'rejected') assert.match(String(published.reason), /master key/)
  })

  test('cut off before its commit, it leaves the old one, and a file that the next try takes', async () => {
    await using folder = await newFolder()
    await using keys = await newKeyStore(await newDatabase())
    const file = join(folder.path, 'new.key')
    const cut: KeyStore = {
      ...keys,
      store: {
        ...keys.store,
        transaction: work =>
          keys.store.transaction(async tx => {
            await work(tx)
            throw new Error('the power is gone')
          }),
      },
    }
    await assert.rejects(changeMasterKey(cut, file), /the power is gone/)
    await load(keys, keys.masterKey)
    assert.ok(existsSync(file))
    const made = readMasterKey(file, false, keys.random)
    await changeMasterKey(keys, file)
    await load(keys, made)
  })
})
