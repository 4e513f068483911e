// Pages that outlive the session they were loaded for: somebody else signs in, or a role is put on, in another tab of the browser.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ListUsersCommand } from '@aws-sdk/client-iam'
import { onEveryEngine } from '../src/store/every-engine.ts'
import { sendHalf } from './half-sent.ts'
import { allow, newRole, policy, trust } from './people.ts'
import { PASSWORD, newSigner, signedIn, submitUser } from './sign-in-people.ts'
import type { TestTwinlock } from './twinlock.ts'
import { startTwinlock } from './twinlock.ts'
import type { WebBrowser } from './web-browser.ts'
import { webBrowser } from './web-browser.ts'

type Headed = Readonly<Record<string, string>>

/** What a page says that is loaded in this browser now, however long it stays open. */
const openPage = async (browser: WebBrowser): Promise<Headed> => ({
  'x-twinlock-session': await browser.sessionName(),
})

const codeOf = async (browser: WebBrowser, path: string, page: Headed, input = {}) =>
  (await browser.post(`/console/api/${path}`, input, page)).body?.code as string | undefined

const usersOf = async (twinlock: TestTwinlock) => {
  const { Users = [] } = await twinlock.iam().send(new ListUsersCommand({}))
  return Users.map(({ UserName }) => UserName)
}

const READER = { Account: '123456789012', RoleName: 'reader' }

async function anaWhoMayRead(twinlock: TestTwinlock): Promise<WebBrowser> {
  const { Arn } = await newSigner(twinlock, 'ana', allow('*'))
  const trusting = policy(trust(Arn))
  const role = { RoleName: 'reader', AssumeRolePolicyDocument: trusting }
  await newRole(twinlock, role, allow('iam:List*'))
  return signedIn(twinlock, 'ana')
}

onEveryEngine('pages that outlive their session', newDatabase => {
  test('nothing that ana’s page asks for is done as bob, who signed in in another tab', async () => {
    await using twinlock = await startTwinlock({ database: await newDatabase() })
    await newSigner(twinlock, 'ana', allow('*'))
    await newSigner(twinlock, 'bob', allow('*'))
    const browser = await signedIn(twinlock, 'ana')
    const anas = await openPage(browser)
    await submitUser(browser, 'bob')
    const created = { UserName: 'mallory' }
    const refused = await browser.post('/console/api/iam/CreateUser', created, anas)
    assert.deepEqual([refused.status, refused.body.code], [409, 'SessionChanged'])
    assert.equal(await codeOf(browser, 'iam/ListUsers', anas), 'SessionChanged')
    assert.equal(await codeOf(browser, 'signin/GetSession', anas), 'SessionChanged')
    assert.equal(await codeOf(browser, 'signin/ExitRole', anas), 'SessionChanged')
    const out = await browser.post('/console/api/sign-out', {}, anas)
    assert.equal(out.body.code, 'SessionChanged')
    assert.deepEqual(out.headers.getSetCookie(), [])
    assert.deepEqual(await usersOf(twinlock), ['ana', 'bob'])
    assert.equal(
      await codeOf(browser, 'iam/CreateUser', await openPage(browser), created),
      undefined,
    )
  })

  test('a page outlives neither a role that is put on or off, nor another session in that role', async () => {
    await using twinlock = await startTwinlock({ database: await newDatabase() })
    const browser = await anaWhoMayRead(twinlock)
    const own = await openPage(browser)
    await browser.call('signin:SwitchRole', READER)
    const inRole = await openPage(browser)
    assert.equal(await codeOf(browser, 'iam/ListUsers', own), 'SessionChanged')
    assert.equal(await codeOf(browser, 'iam/ListUsers', inRole), undefined)
    await browser.call('signin:SwitchRole', READER)
    assert.equal(await codeOf(browser, 'iam/ListUsers', inRole), 'SessionChanged')
    const inRoleAgain = await openPage(browser)
    await browser.call('signin:ExitRole')
    assert.equal(await codeOf(browser, 'iam/CreateUser', inRoleAgain), 'SessionChanged')
    // It is the former session again, in which nothing is worn.
    assert.equal(await codeOf(browser, 'iam/ListUsers', own), undefined)
  })

  test('who switches a role is told the name that the page goes on with', async () => {
    await using twinlock = await startTwinlock({ database: await newDatabase() })
    const browser = await anaWhoMayRead(twinlock)
    for (const [operation, input] of [
      ['SwitchRole', READER],
      ['ExitRole', {}],
    ] as const) {
      const { SessionName } = await browser.call<{ SessionName: string }>(
        `signin:${operation}`,
        input,
      )
      assert.equal(SessionName, await browser.sessionName())
    }
  })

  test('a role whose time is over is worn until it is left', async () => {
    await using twinlock = await startTwinlock({ database: await newDatabase() })
    const browser = await anaWhoMayRead(twinlock)
    await browser.call('signin:SwitchRole', READER)
    const inRole = await openPage(browser)
    twinlock.clock.advance(1800)
    await browser.call('signin:GetSession')
    twinlock.clock.advance(1800)
    assert.equal(await codeOf(browser, 'iam/ListUsers', inRole), 'ExpiredToken')
    assert.deepEqual(await openPage(browser), inRole)
    assert.equal(await codeOf(browser, 'signin/ExitRole', inRole), undefined)
  })

  test('a page outlives a sign-in as the same person no more, but a changed password', async () => {
    await using twinlock = await startTwinlock({ database: await newDatabase() })
    await newSigner(twinlock, 'ana', allow('*'))
    const browser = await signedIn(twinlock, 'ana')
    const page = await openPage(browser)
    const NewPassword = 'fresh-Horse-88'
    await browser.call('iam:ChangePassword', { OldPassword: PASSWORD, NewPassword })
    assert.equal(await codeOf(browser, 'iam/ListUsers', page), undefined)
    await submitUser(browser, 'ana', NewPassword)
    assert.equal(await codeOf(browser, 'iam/ListUsers', page), 'SessionChanged')
  })

  test('a page that names no session, or half of one, learns who is signed in and signs out, and nothing else', async () => {
    await using twinlock = await startTwinlock({ database: await newDatabase() })
    const browser = await anaWhoMayRead(twinlock)
    await browser.call('signin:SwitchRole', READER)
    const name = await browser.sessionName()
    const [session = '', role = ''] = name.split('/')
    const wrong = ['', 'x', session, role, `${session}/`, `${name}x`, `${name}, ${name}`]
    for (const each of [...wrong, name.toUpperCase()]) {
      const page = { 'x-twinlock-session': each }
      assert.equal(await codeOf(browser, 'iam/ListUsers', page), 'SessionChanged', each)
      assert.equal(await codeOf(browser, 'sts/GetSession', page), 'SessionChanged', each)
    }
    const unnamed = { 'x-twinlock-session': '' }
    assert.equal(await codeOf(browser, 'signin/GetSession', unnamed), undefined)
    assert.equal(await codeOf(browser, 'sign-out', unnamed), undefined)
    assert.equal(await codeOf(browser, 'signin/GetSession', unnamed), 'SessionExpired')
  })

  test('a name opens nothing without the cookie', async () => {
    await using twinlock = await startTwinlock({ database: await newDatabase() })
    await newSigner(twinlock, 'ana', allow('*'))
    const page = await openPage(await signedIn(twinlock, 'ana'))
    assert.equal(await codeOf(webBrowser(twinlock), 'iam/ListUsers', page), 'SessionExpired')
  })

  test('a stale page sends no megabytes, and keeps nobody’s session in use', async () => {
    await using twinlock = await startTwinlock({ database: await newDatabase() })
    await newSigner(twinlock, 'ana', allow('*'))
    await newSigner(twinlock, 'bob', allow('*'))
    const browser = await signedIn(twinlock, 'ana')
    const anas = await openPage(browser)
    await submitUser(browser, 'bob')
    const bobs = await openPage(browser)
    // The answer comes though the body never does.
    const half = sendHalf(browser, '/console/api/iam/CreatePolicy', 'x'.repeat(500_000), anas)
    assert.match(await half.answer, /^HTTP\/1.1 409/)
    twinlock.clock.advance(59 * 60)
    assert.equal(await codeOf(browser, 'iam/ListUsers', anas), 'SessionChanged')
    twinlock.clock.advance(60)
    assert.equal(await codeOf(browser, 'signin/GetSession', bobs), 'SessionExpired')
  })
})
