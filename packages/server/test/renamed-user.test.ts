// A sign-in is its user's by the id: whoever has the name by now has nothing to do with it.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  ListMFADevicesCommand,
  UpdateLoginProfileCommand,
  UpdateUserCommand,
} from '@aws-sdk/client-iam'
import { onEveryEngine } from '../src/store/every-engine.ts'
import { allow } from './people.ts'
import { PASSWORD, newSigner, signedIn, submitUser } from './sign-in-people.ts'
import type { TestTwinlock } from './twinlock.ts'
import { startTwinlock } from './twinlock.ts'
import { webBrowser } from './web-browser.ts'
import { newKey } from './web-security-key.ts'

/** ana is called otherwise, and boss takes her name. */
async function swapNames(twinlock: TestTwinlock): Promise<void> {
  const rename = (UserName: string, NewUserName: string) =>
    twinlock.iam().send(new UpdateUserCommand({ UserName, NewUserName }))
  await rename('ana', 'anna')
  await rename('boss', 'ana')
}

onEveryEngine('a user who is renamed while signing in', newDatabase => {
  test('changes the own password, and not that of who has the name now', async () => {
    await using twinlock = await startTwinlock({ database: await newDatabase() })
    await newSigner(twinlock, 'ana')
    await newSigner(twinlock, 'boss')
    const reset = { UserName: 'ana', PasswordResetRequired: true }
    await twinlock.iam().send(new UpdateLoginProfileCommand(reset))
    const browser = webBrowser(twinlock)
    await submitUser(browser, 'ana')
    await swapNames(twinlock)
    const newPassword = 'another-Horse-8'
    const changed = await browser.post('/signin/api/change-password', { newPassword })
    assert.equal(changed.body.state, 'signed-in')
    assert.equal((await submitUser(webBrowser(twinlock), 'ana', newPassword)).status, 401)
    assert.equal((await submitUser(webBrowser(twinlock), 'ana', PASSWORD)).status, 200)
    assert.equal((await submitUser(webBrowser(twinlock), 'anna', newPassword)).status, 200)
  })

  test('enrols a key for herself, and not for who has the name now', async () => {
    await using twinlock = await startTwinlock({ database: await newDatabase() })
    await newSigner(twinlock, 'admin', allow('*'))
    const admin = await signedIn(twinlock, 'admin')
    await admin.call('signin:PutMFARequirement', { Mode: 'require' })
    await newSigner(twinlock, 'ana')
    await newSigner(twinlock, 'boss')
    const browser = webBrowser(twinlock)
    await submitUser(browser, 'ana')
    await swapNames(twinlock)
    const path = '/signin/api/enrol/security-key'
    const { body } = await browser.post(`${path}/options`, { deviceName: 'blue' })
    const response = newKey().register(browser, body.options)
    assert.equal((await browser.post(path, { response })).body.state, 'signed-in')
    const serialsOf = async (UserName: string) => {
      const { MFADevices } = await twinlock.iam().send(new ListMFADevicesCommand({ UserName }))
      return MFADevices?.map(({ SerialNumber }) => SerialNumber) ?? []
    }
    assert.deepEqual(await serialsOf('ana'), [])
    assert.match((await serialsOf('anna')).join(), /:u2f\/user\/anna\/blue-/)
  })
})
