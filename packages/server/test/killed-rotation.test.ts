// `twinlock keys rotate` as a process of its own, killed while it seals secrets anew.
import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { writeFileSync } from 'node:fs'
import { mkdtempDisposable } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { text } from 'node:stream/consumers'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { publishDataKey } from '../src/index.ts'
import { PUBLISHED_BEFORE_MS, SETTLED_AFTER_MS } from '../src/keyring/key-times.ts'
import { countSeals } from '../src/keyring/seals-at-rest.ts'
import { onEveryEngine } from '../src/store/every-engine.ts'
import {
  MADE,
  insertAccessKeys,
  keyringOf,
  openSecrets,
  laterThan,
  newKeyStore,
} from './key-store.ts'

const COMMAND = fileURLToPath(new URL('../../cli/src/main.ts', import.meta.url))

const ids = Array.from({ length: 3000 }, (_, index) => `AKIA${String(index).padStart(4, '0')}`)

onEveryEngine('a rotation that is killed', (newDatabase, engine) => {
  test('leaves every secret under one of the two keys, and is gone on with', async () => {
    await using folder = await mkdtempDisposable(join(tmpdir(), 'twinlock-killed-'))
    const database = engine === 'postgres' ? await newDatabase() : undefined
    await using keys = await newKeyStore(database ?? join(folder.path, 'twinlock.sqlite'))
    const masterKey = keys.masterKey.toString('base64')
    writeFileSync(join(folder.path, 'master.key'), masterKey, { mode: 0o600 })
    const first = await keyringOf(keys, MADE)
    await keys.store.transaction(async tx => {
      for (let from = 0; from < ids.length; from += 500) {
        await insertAccessKeys(tx, first, ids.slice(from, from + 500))
      }
    })
    const settledByNow = laterThan(new Date(), -PUBLISHED_BEFORE_MS - SETTLED_AFTER_MS)
    await publishDataKey(keys, settledByNow)

    const where = ['--data', folder.path, ...(database ? ['--database', database] : [])]
    const resume = () => {
      const args = [COMMAND, 'keys', 'rotate', '--resume', ...where]
      return spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'pipe'] })
    }
    const killed = resume()
    const closed = once(killed, 'close')
    for await (const line of createInterface({ input: killed.stderr })) {
      if (line.startsWith('Sealed anew:')) break
    }
    killed.kill('SIGKILL')
    await closed
    const counts = await countSeals(keys.store.db)
    assert.ok((counts.get(1) ?? 0) > 0 && (counts.get(2) ?? 0) > 0, JSON.stringify([...counts]))
    assert.deepEqual(await openSecrets(keys, new Date()), ids)

    const again = resume()
    const [answer, [status]] = await Promise.all([
      text(again.stdout),
      once(again, 'close') as Promise<[number | null]>,
    ])
    assert.equal(status, 0)
    assert.equal(answer, `Key 2 seals. Secrets sealed anew: ${counts.get(1)}.\n`)
    assert.deepEqual(await countSeals(keys.store.db), new Map([[2, ids.length]]))
    assert.deepEqual(await openSecrets(keys, new Date()), ids)
  })
})
