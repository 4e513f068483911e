// A vendor's file of hardware tokens: what it costs to open one keeps nobody else waiting.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { CreateUserCommand } from '@aws-sdk/client-iam'
import { encryptedPskc } from '../../factors/test/pskc-file.ts'
import { onEveryEngine } from '../src/store/every-engine.ts'
import { allow } from './people.ts'
import { newSigner, signedIn } from './sign-in-people.ts'
import { startTwinlock } from './twinlock.ts'

const TOKEN = { serialNumber: 'GAHT12345678', seed: Buffer.alloc(20, 7) }
const PASSPHRASE = 'a passphrase'

/** As slow to open as a file may be: about half a second. */
const SLOWEST = encryptedPskc([TOKEN], {
  bits: 128,
  mac: 'sha1',
  key: { passphrase: PASSPHRASE, iterations: 2_000_000 },
})

onEveryEngine('a token file', newDatabase => {
  test('while its key is derived, others change the account', async () => {
    await using twinlock = await startTwinlock({ database: await newDatabase() })
    await newSigner(twinlock, 'boss', allow('twinlock:*'))
    const boss = await signedIn(twinlock, 'boss')
    let isImported = false
    const importing = boss
      .post('/console/api/signin/ImportHardwareTokens', {
        Format: 'PSKC',
        Document: SLOWEST,
        Passphrase: PASSPHRASE,
      })
      .finally(() => (isImported = true))
    for (const UserName of ['one', 'two', 'three', 'four', 'five']) {
      await twinlock.iam().send(new CreateUserCommand({ UserName }))
    }
    assert.equal(isImported, false)
    assert.deepEqual((await importing).body, { SerialNumbers: [TOKEN.serialNumber] })
  })
})
