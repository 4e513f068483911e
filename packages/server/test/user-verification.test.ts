// An account may ask of its users' security keys that they make sure of their user, and not of a touch alone.
import assert from 'node:assert/strict'
import { mkdtempDisposable, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { onEveryEngine } from '../src/store/every-engine.ts'
import { allow } from './people.ts'
import { ROOT_PASSWORD, newSigner, signedIn, submitRoot, submitUser } from './sign-in-people.ts'
import { startTwinlock } from './twinlock.ts'
import type { WebBrowser } from './web-browser.ts'
import { webBrowser } from './web-browser.ts'
import { answerWithKey, newKey, registerKey } from './web-security-key.ts'

const demand = (admin: WebBrowser, UserVerification: 'preferred' | 'required') =>
  admin.call('signin:PutMFARequirement', { Mode: 'off', UserVerification })

const touched = () => newKey({ userVerified: false })

onEveryEngine('user verification', newDatabase => {
  test('a key that only felt a touch opens nothing once the account demands more, and opens again when it does not', async () => {
    await using twinlock = await startTwinlock({ database: await newDatabase() })
    await newSigner(twinlock, 'admin', allow('*'))
    await newSigner(twinlock, 'ana', allow('iam:*'))
    const admin = await signedIn(twinlock, 'admin')
    const key = touched()
    await registerKey(await signedIn(twinlock, 'ana'), key, 'blue')
    const signIn = async (proof = key) => {
      const browser = webBrowser(twinlock)
      await submitUser(browser, 'ana')
      return (await answerWithKey(browser, proof)).status
    }
    assert.equal(await signIn(), 200)
    await demand(admin, 'required')
    assert.equal(await signIn(), 401)
    await demand(admin, 'preferred')
    assert.equal(await signIn(), 200)
  })

  test('a key without a PIN is not registered where the account demands one, and one with it is', async () => {
    await using twinlock = await startTwinlock({ database: await newDatabase() })
    await newSigner(twinlock, 'admin', allow('*'))
    await newSigner(twinlock, 'ana', allow('iam:*'))
    await demand(await signedIn(twinlock, 'admin'), 'required')
    const browser = await signedIn(twinlock, 'ana')
    const { Options } = await browser.call<{ Options: object }>(
      'signin:BeginSecurityKeyRegistration',
      { DeviceName: 'blue' },
    )
    assert.match(JSON.stringify(Options), /"userVerification":"required"/)
    const refused = await browser.post('/console/api/signin/RegisterSecurityKey', {
      Response: touched().register(browser, Options),
    })
    assert.equal(refused.body.code, 'InvalidAuthenticationCode')
    const key = newKey({ userVerified: true })
    await registerKey(browser, key, 'green')
    const again = webBrowser(twinlock)
    await submitUser(again, 'ana')
    assert.equal((await answerWithKey(again, key)).status, 200)
  })

  test('root is not bound by it: no setting of the account locks it out', async () => {
    await using folder = await mkdtempDisposable(join(tmpdir(), 'twinlock-'))
    const file = join(folder.path, 'root-password')
    await writeFile(file, ROOT_PASSWORD)
    const argv = ['--root-password-file', file]
    await using twinlock = await startTwinlock({ database: await newDatabase(), argv })
    await newSigner(twinlock, 'admin', allow('*'))
    await demand(await signedIn(twinlock, 'admin'), 'required')
    const root = webBrowser(twinlock)
    await submitRoot(root)
    await root.post('/signin/api/enrol/later')
    const key = touched()
    await registerKey(root, key, 'safe')
    const again = webBrowser(twinlock)
    await submitRoot(again)
    assert.equal((await answerWithKey(again, key)).status, 200)
  })
})
