import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { test } from 'node:test'
import { MADE, keyringOf, laterThan, newKeyStore } from '../../test/key-store.ts'
import { onEveryEngine } from '../store/every-engine.ts'
import { sealDataKey } from './data-keys.ts'
import type { KeyStore } from './key-store.ts'
import { KEYRING_TRUSTED_MS, KEY_CHECK_MS, PUBLISHED_BEFORE_MS } from './key-times.ts'
import { KEY_BYTES, KEY_ID_OFFSET } from './keyring.ts'
import { openLiveKeyring } from './live-keyring.ts'
import { publishDataKey } from './rotate.ts'

const plain = Buffer.from('secret')
const keyIdOf = (sealed: Buffer) => sealed.readUInt32BE(KEY_ID_OFFSET)

/** A running node of the store, with a clock of its own. */
async function newNode({ store, masterKey, random }: KeyStore, file = masterKey) {
  let now = MADE
  const parts = { masterKey, readAgain: () => file, random, clock: { now: () => now } }
  const keyring = await openLiveKeyring(store, parts)
  return {
    ...keyring,
    sealedBy: () => keyIdOf(keyring.seal('session', plain)),
    /** Asked something, so many milliseconds later. */
    async after(milliseconds: number) {
      now = laterThan(now, milliseconds)
      await keyring.refresh(now)
    },
    /** Nobody asks it anything. */
    sleep: (milliseconds: number) => void (now = laterThan(now, milliseconds)),
  }
}

onEveryEngine('the keyring of a running node', newDatabase => {
  test('opens by a new key before anybody seals by it, and seals by it from its time on', async () => {
    await using keys = await newKeyStore(await newDatabase())
    const node = await newNode(keys)
    const { keyId, sealsFrom } = await publishDataKey(keys, MADE)
    const elsewhere = await keyringOf(keys, sealsFrom)
    await node.after(KEY_CHECK_MS)
    assert.deepEqual(node.open('session', elsewhere.seal('session', plain)), plain)
    assert.equal(node.sealedBy(), keyId - 1)
    for (let looks = 0; looks < PUBLISHED_BEFORE_MS / KEY_CHECK_MS; looks++) {
      await node.after(KEY_CHECK_MS)
    }
    assert.equal(node.sealedBy(), keyId)
  })

  test('a node that may seal has every key by which others seal, though its clock is 10 seconds off', async () => {
    await using keys = await newKeyStore(await newDatabase())
    const idle = await newNode(keys)
    const { sealsFrom } = await publishDataKey(keys, laterThan(MADE, 1))
    const fast = laterThan(sealsFrom, -10_000)
    assert.ok(fast.getTime() > MADE.getTime() + KEYRING_TRUSTED_MS)
    idle.sleep(KEYRING_TRUSTED_MS)
    assert.throws(() => idle.seal('session', plain), /not compared with the store/)
    await idle.after(0)
    assert.equal(idle.sealedBy(), 1)
  })

  test('looks when time has passed, whatever is presented to it', async () => {
    const keys = await newKeyStore(await newDatabase())
    const node = await newNode(keys)
    await keys[Symbol.asyncDispose]()
    const madeUp = node.seal('session', plain)
    for (let keyId = 2; keyId < 1000; keyId++) {
      madeUp.writeUInt32BE(keyId, KEY_ID_OFFSET)
      assert.equal(node.open('session', madeUp), undefined)
      await node.after(0)
    }
    await assert.rejects(node.after(KEY_CHECK_MS))
  })

  test('forgets what it remembered when a key came or went', async () => {
    await using keys = await newKeyStore(await newDatabase())
    const node = await newNode(keys)
    const remembered = node.whileItStands(() => new Map([['token', 'session']]))
    const first = remembered()
    await node.after(KEY_CHECK_MS)
    assert.equal(remembered(), first)
    await publishDataKey(keys, MADE)
    await node.after(KEY_CHECK_MS)
    assert.notEqual(remembered(), first)
  })

  test('its proofs stay the same when keys come and go: nothing tells which names were guessed at', async () => {
    await using keys = await newKeyStore(await newDatabase())
    const node = await newNode(keys)
    const proof = node.mac('sign-in', 'user nobody')
    await publishDataKey(keys, laterThan(MADE, -PUBLISHED_BEFORE_MS))
    await keys.store.db.deleteFrom('sealedKey').where('keyId', '=', 1).execute()
    await node.after(KEY_CHECK_MS)
    assert.equal(node.sealedBy(), 2)
    assert.deepEqual(node.mac('sign-in', 'user nobody'), proof)
    assert.deepEqual((await newNode(keys)).mac('sign-in', 'user nobody'), proof)
  })

  test('a key under another master key is opened when its file holds that one by now', async () => {
    await using keys = await newKeyStore(await newDatabase())
    const changed = { ...keys, masterKey: randomBytes(KEY_BYTES) }
    const [node, stale] = [await newNode(keys, changed.masterKey), await newNode(keys)]
    await underMasterKey(keys, changed)
    const { keyId } = await publishDataKey(changed, laterThan(MADE, -PUBLISHED_BEFORE_MS))
    await node.after(KEY_CHECK_MS)
    assert.equal(node.sealedBy(), keyId)
    await assert.rejects(stale.after(KEY_CHECK_MS), { name: 'ConfigError' })
    // It needs no master key to see one go.
    await keys.store.db.deleteFrom('sealedKey').where('keyId', '=', keyId).execute()
    await stale.after(KEY_CHECK_MS)
  })
})

/** As `changeMasterKey` leaves it. */
async function underMasterKey({ store, random }: KeyStore, { masterKey }: KeyStore) {
  const rows = await store.db.selectFrom('sealedKey').select('keyId').execute()
  for (const { keyId } of rows) {
    const sealedKey = sealDataKey({ keyId, key: random(KEY_BYTES) }, masterKey, random)
    await store.db.updateTable('sealedKey').set({ sealedKey }).where('keyId', '=', keyId).execute()
  }
}
