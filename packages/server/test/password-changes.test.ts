// What changes of passwords cost: how many hashes somebody who knows a password has computed, and who waits for them.
import assert from 'node:assert/strict'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import {
  ChangePasswordCommand,
  UpdateAccountPasswordPolicyCommand,
  UpdateLoginProfileCommand,
} from '@aws-sdk/client-iam'
import type { IAMClient } from '@aws-sdk/client-iam'
import { hashPassword, verifyPassword } from '@twinlock/factors'
import { onEveryEngine } from '../src/store/every-engine.ts'
import { countHashes } from './hash-count.ts'
import { allow } from './people.ts'
import { PASSWORD, ROOT_PASSWORD, newSigner, submitRoot, submitUser } from './sign-in-people.ts'
import type { TestTwinlock } from './twinlock.ts'
import { startTwinlock } from './twinlock.ts'
import { webBrowser } from './web-browser.ts'

const OLDEST = 'former-Horse-1'
const LAST = 'former-Horse-3'
const FORMER = [OLDEST, 'former-Horse-2', LAST]
const OTHER = 'never-Used-99'
const REUSED = { name: 'PasswordPolicyViolationException', message: /reuse/ }
const THROTTLED = { name: 'Throttling', message: 'Rate exceeded' }

/** Changes of one password that cost no wait. */
const FREE_CHANGES = 25

const change = (NewPassword: string, OldPassword = PASSWORD) =>
  new ChangePasswordCommand({ OldPassword, NewPassword })

const setPassword = (twinlock: TestTwinlock, Password: string) =>
  twinlock.iam().send(new UpdateLoginProfileCommand({ UserName: 'ana', Password }))

/** Ana, who had the passwords FORMER before, in an account that keeps them from coming back. */
async function ana(twinlock: TestTwinlock): Promise<IAMClient> {
  const key = await newSigner(twinlock, 'ana', allow('iam:ChangePassword'))
  for (const password of [...FORMER, PASSWORD]) {
    twinlock.clock.advance(1)
    await setPassword(twinlock, password)
  }
  const policy = { MinimumPasswordLength: 8, PasswordReusePrevention: 4 }
  await twinlock.iam().send(new UpdateAccountPasswordPolicyCommand(policy))
  return twinlock.iam(key)
}

/** Changes the password that must be changed at sign-in. */
async function atSignIn(twinlock: TestTwinlock) {
  const reset = { UserName: 'ana', PasswordResetRequired: true }
  await twinlock.iam().send(new UpdateLoginProfileCommand(reset))
  const browser = webBrowser(twinlock)
  assert.equal((await submitUser(browser, 'ana')).body.state, 'change-password')
  return (newPassword: string) => browser.post('/signin/api/change-password', { newPassword })
}

const times = <Result>(count: number, work: () => Result) => Array.from({ length: count }, work)

test('hashes are counted one by one', async () => {
  using count = countHashes()
  assert.equal((await count.during(() => hashPassword('one'))).hashes, 1)
  const three = () => Promise.all(times(3, () => verifyPassword(undefined, 'nobody’s')))
  assert.deepEqual(await count.during(three), { hashes: 3, mostAtOnce: 3 })
})

onEveryEngine('A change of a password', newDatabase => {
  let folder: string
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'twinlock-'))
  })
  after(() => rm(folder, { recursive: true, force: true }))

  describe('that is refused', () => {
    test('for its text costs no hash', async () => {
      await using twinlock = await startTwinlock({ database: await newDatabase() })
      const client = await ana(twinlock)
      const changeAtSignIn = await atSignIn(twinlock)
      using count = countHashes()
      const { hashes } = await count.during(async () => {
        await assert.rejects(client.send(change('short')), /minimum length/)
        assert.match((await changeAtSignIn('short')).text, /minimum length/)
      })
      assert.equal(hashes, 0)
    })

    test('for its text, or as the same again, costs root no hash', async () => {
      const file = join(folder, 'root-password')
      await writeFile(file, ROOT_PASSWORD)
      const argv = ['--root-password-file', file]
      await using twinlock = await startTwinlock({ database: await newDatabase(), argv })
      const root = webBrowser(twinlock)
      await submitRoot(root)
      await root.post('/signin/api/enrol/later')
      await root.call('signin:GetSession')
      using count = countHashes()
      const { hashes } = await count.during(async () => {
        for (const NewPassword of ['short', ROOT_PASSWORD]) {
          const input = { OldPassword: ROOT_PASSWORD, NewPassword }
          const { body } = await root.post('/console/api/signin/ChangeRootPassword', input)
          assert.equal(body.code, 'PasswordPolicyViolation')
        }
      })
      assert.equal(hashes, 0)
    })

    test('as the old one costs no hash, where none may come back', async () => {
      await using twinlock = await startTwinlock({ database: await newDatabase() })
      const client = await ana(twinlock)
      using count = countHashes()
      const { hashes } = await count.during(() =>
        assert.rejects(client.send(change(PASSWORD)), REUSED),
      )
      assert.equal(hashes, 0)
    })

    test('as a former one costs the hashes up to that one, one after another', async () => {
      await using twinlock = await startTwinlock({ database: await newDatabase() })
      const client = await ana(twinlock)
      using count = countHashes()
      const refused = (password: string) =>
        count.during(() => assert.rejects(client.send(change(password)), REUSED))
      // Whether the old one is right; whether the new one is the old one, or one before it.
      assert.deepEqual(await refused(LAST), { hashes: 3, mostAtOnce: 1 })
      assert.deepEqual(await refused(OLDEST), { hashes: 5, mostAtOnce: 1 })
    })
  })

  test('waits when there were many, refused ones too, at no cost, and a minute at most', async () => {
    await using twinlock = await startTwinlock({ database: await newDatabase() })
    const client = await ana(twinlock)
    const refused = () => assert.rejects(client.send(change(LAST)), REUSED)
    for (let changes = 0; changes < FREE_CHANGES; changes++) await refused()
    using count = countHashes()
    const waits = () => count.during(() => assert.rejects(client.send(change(OTHER)), THROTTLED))
    for (const seconds of [1, 2, 4, 8, 16, 32, 60, 60]) {
      twinlock.clock.advance(seconds - 1)
      assert.equal((await waits()).hashes, 0, `${seconds} s`)
      twinlock.clock.advance(1)
      await refused()
    }
    twinlock.clock.advance(60)
    await client.send(change(OTHER))
  })

  test('at sign-in waits like any other, and with those elsewhere', async () => {
    await using twinlock = await startTwinlock({ database: await newDatabase() })
    const client = await ana(twinlock)
    const changeAtSignIn = await atSignIn(twinlock)
    for (let changes = 0; changes < FREE_CHANGES; changes++) {
      assert.equal((await changeAtSignIn(PASSWORD)).body.code, 'PasswordPolicyViolation')
    }
    using count = countHashes()
    const { hashes } = await count.during(async () => {
      const { status, body } = await changeAtSignIn(OTHER)
      assert.deepEqual([status, body.code, body.retryAfterSeconds], [429, 'TooManyAttempts', 1])
      await assert.rejects(client.send(change(OTHER)), THROTTLED)
    })
    assert.equal(hashes, 0)
    twinlock.clock.advance(1)
    assert.equal((await changeAtSignIn(OTHER)).body.state, 'signed-in')
  })

  test('that must wait keeps no administrator from setting another password', async () => {
    await using twinlock = await startTwinlock({ database: await newDatabase() })
    await ana(twinlock)
    const changeAtSignIn = await atSignIn(twinlock)
    for (let changes = 0; changes < FREE_CHANGES; changes++) await changeAtSignIn(PASSWORD)
    assert.equal((await changeAtSignIn(OTHER)).status, 429)
    await setPassword(twinlock, OTHER)
  })

  test('waits for others of the same caller, so that these have one hash under way', async () => {
    await using twinlock = await startTwinlock({ database: await newDatabase() })
    const client = await ana(twinlock)
    using count = countHashes()
    const { mostAtOnce } = await count.during(() =>
      Promise.all(times(8, () => assert.rejects(client.send(change(OLDEST)), REUSED))),
    )
    assert.equal(mostAtOnce, 1)
  })
})

onEveryEngine('Sign-ins', newDatabase => {
  test('of one user, from one place, have one hash under way', async () => {
    await using twinlock = await startTwinlock({ database: await newDatabase() })
    await newSigner(twinlock, 'ana')
    using count = countHashes()
    const { hashes, mostAtOnce } = await count.during(() =>
      Promise.all(times(4, () => submitUser(webBrowser(twinlock), 'ana'))),
    )
    assert.deepEqual({ hashes, mostAtOnce }, { hashes: 4, mostAtOnce: 1 })
  })
})
