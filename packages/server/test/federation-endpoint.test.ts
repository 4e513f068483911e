// The federation endpoint: temporary credentials open the console.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { DeleteRoleCommand, DeleteRolePolicyCommand } from '@aws-sdk/client-iam'
import {
  AssumeRoleCommand,
  GetFederationTokenCommand,
  GetSessionTokenCommand,
} from '@aws-sdk/client-sts'
import { onEveryEngine } from '../src/store/every-engine.ts'
import {
  askSigninToken,
  linkFor,
  loginPath,
  openFederated,
  presented,
} from './federated-browser.ts'
import { allow, newRole, newUser, policy, sessionOf, trust } from './people.ts'
import { newSigner, signedIn } from './sign-in-people.ts'
import { startTwinlock } from './twinlock.ts'
import type { Credentials, TestTwinlock } from './twinlock.ts'
import { webBrowser } from './web-browser.ts'

const USER_ARN = 'arn:aws:iam::123456789012:user/ana'

async function assumedRole(twinlock: TestTwinlock): Promise<Credentials> {
  const ana = await newUser(twinlock, 'ana', allow('sts:*'), allow('iam:ListUsers'))
  const { Arn } = await newRole(
    twinlock,
    {
      RoleName: 'reader',
      AssumeRolePolicyDocument: policy(trust(USER_ARN)),
      MaxSessionDuration: 7200,
    },
    allow('iam:ListUsers'),
  )
  const answer = await twinlock
    .sts(ana)
    .send(new AssumeRoleCommand({ RoleArn: Arn, RoleSessionName: 'broker' }))
  return sessionOf(answer)
}

onEveryEngine('the federation endpoint', newDatabase => {
  test('credentials of AssumeRole open the console once, as the role, for as long as they last', async () => {
    await using twinlock = await startTwinlock({ database: await newDatabase() })
    const credentials = await assumedRole(twinlock)
    const { body } = await askSigninToken(twinlock, { Session: presented(credentials) })
    const browser = webBrowser(twinlock)
    const opened = await browser.get(loginPath(body.SigninToken))
    assert.equal(opened.status, 302)
    assert.equal(opened.headers.get('location'), '/console/users')
    const session = await browser.call<Record<string, string>>('signin:GetSession')
    assert.equal(session['Arn'], 'arn:aws:sts::123456789012:assumed-role/reader/broker')
    assert.equal((await browser.post('/console/api/iam/ListUsers')).status, 200)
    assert.equal((await browser.post('/console/api/iam/ListRoles')).body.code, 'AccessDenied')
    assert.equal((await webBrowser(twinlock).get(loginPath(body.SigninToken))).status, 400)
    for (let quarter = 0; quarter < 3; quarter++) {
      twinlock.clock.advance(1199)
      await browser.call('signin:GetSession')
    }
    twinlock.clock.advance(3)
    assert.equal((await browser.post('/console/api/signin/GetSession')).status, 401)
  })

  test('a token lives fifteen minutes, and the destination is a page of ours', async () => {
    await using twinlock = await startTwinlock({ database: await newDatabase() })
    const Session = presented(await assumedRole(twinlock))
    const { origin } = webBrowser(twinlock)
    for (const [destination, leads] of [
      [`${origin}/console/roles?x=1`, '/console/roles?x=1'],
      ['https://evil.example/console/', '/console/'],
      [`${origin}.evil.example/console/`, '/console/'],
      ['//evil.example', '/console/'],
    ] as const) {
      const { body } = await askSigninToken(twinlock, { Session })
      const { headers } = await webBrowser(twinlock).get(loginPath(body.SigninToken, destination))
      assert.equal(headers.get('location'), leads)
    }
    const { body } = await askSigninToken(twinlock, { Session })
    twinlock.clock.advance(900)
    assert.equal((await webBrowser(twinlock).get(loginPath(body.SigninToken))).status, 400)
  })

  test('a longer session is the role’s longest, and not for chained roles or federated users', async () => {
    await using twinlock = await startTwinlock({ database: await newDatabase() })
    const credentials = await assumedRole(twinlock)
    const Session = presented(credentials)
    const { body } = await askSigninToken(twinlock, { Session, SessionDuration: '43200' })
    const browser = webBrowser(twinlock)
    await browser.get(loginPath(body.SigninToken))
    const { ExpiresAt } = await browser.call<{ ExpiresAt: string }>('signin:GetSession')
    assert.equal(Date.parse(ExpiresAt), twinlock.clock.now().getTime() + 7_200_000)
    for (const SessionDuration of ['899', '43201', 'x', '-900', '1e4']) {
      assert.equal((await askSigninToken(twinlock, { Session, SessionDuration })).status, 400)
    }

    await newRole(twinlock, {
      RoleName: 'second',
      AssumeRolePolicyDocument: policy(trust('arn:aws:iam::123456789012:role/reader')),
    })
    const chained = await twinlock.sts(credentials).send(
      new AssumeRoleCommand({
        RoleArn: 'arn:aws:iam::123456789012:role/second',
        RoleSessionName: 'broker',
      }),
    )
    const chain = presented(sessionOf(chained))
    assert.equal(
      (await askSigninToken(twinlock, { Session: chain, SessionDuration: '3601' })).status,
      400,
    )
    assert.equal(
      (await askSigninToken(twinlock, { Session: chain, SessionDuration: '3600' })).status,
      200,
    )

    const ben = await newUser(twinlock, 'ben', allow('sts:*'), allow('iam:ListUsers'))
    const federated = await twinlock
      .sts(ben)
      .send(
        new GetFederationTokenCommand({ Name: 'guest', Policy: policy(allow('iam:ListUsers')) }),
      )
    const guest = presented(sessionOf(federated))
    assert.equal(
      (await askSigninToken(twinlock, { Session: guest, SessionDuration: '3600' })).status,
      400,
    )
    const token = await askSigninToken(twinlock, { Session: guest })
    const guests = webBrowser(twinlock)
    await guests.get(loginPath(token.body.SigninToken))
    // What AWS's table says: the API is closed to federated users, the console is not.
    assert.equal((await guests.post('/console/api/iam/ListUsers')).status, 200)
    assert.equal((await guests.post('/console/api/iam/ListRoles')).status, 403)
  })

  test('credentials with a wrong part, a user’s own, and those of a role that is gone open nothing', async () => {
    await using twinlock = await startTwinlock({ database: await newDatabase() })
    const good = await assumedRole(twinlock)
    const ben = await newUser(twinlock, 'ben', allow('sts:*'))
    const own = sessionOf(await twinlock.sts(ben).send(new GetSessionTokenCommand({})))
    const bad = [
      '',
      '{}',
      '[]',
      'null',
      presented({ ...good, secretAccessKey: 'x'.repeat(40) }),
      presented({ ...good, accessKeyId: own.accessKeyId }),
      presented({ ...good, sessionToken: own.sessionToken }),
      presented(own),
      presented({ ...ben, sessionToken: '' }),
    ]
    for (const Session of bad) {
      const answer = await askSigninToken(twinlock, { Session })
      assert.equal(answer.status, 400)
      assert.ok(!answer.text.includes(good.secretAccessKey))
    }
    const Session = presented(good)
    const { body } = await askSigninToken(twinlock, { Session })
    const iam = twinlock.iam()
    await iam.send(new DeleteRolePolicyCommand({ RoleName: 'reader', PolicyName: 'own' }))
    await iam.send(new DeleteRoleCommand({ RoleName: 'reader' }))
    assert.equal((await askSigninToken(twinlock, { Session })).status, 400)
    assert.equal((await webBrowser(twinlock).get(loginPath(body.SigninToken))).status, 400)
  })

  test('a form posts it as well, and nothing but credentials is a credential', async () => {
    await using twinlock = await startTwinlock({ database: await newDatabase() })
    const Session = presented(await assumedRole(twinlock))
    const posted = await fetch(`${twinlock.endpoint}/federation`, {
      method: 'POST',
      body: new URLSearchParams({ Action: 'getSigninToken', Session }),
    })
    assert.equal(posted.status, 200)
    for (const query of ['', '?Action=x', '?Action=login', '?Action=login&Action=login']) {
      assert.equal((await webBrowser(twinlock).get(`/federation${query}`)).status, 400)
    }
  })

  test('a link is followed by a page alone: what a page embeds, a HEAD and a form spend nothing', async () => {
    await using twinlock = await startTwinlock({ database: await newDatabase() })
    const link = await linkFor(twinlock, await assumedRole(twinlock))
    const browser = webBrowser(twinlock)
    for (const dest of ['image', 'iframe', 'empty', 'script']) {
      const { status } = await browser.get(link, { 'sec-fetch-dest': dest })
      assert.equal(status, 400, dest)
    }
    for (const method of ['HEAD', 'POST']) {
      const { status } = await fetch(browser.origin + link, { method, redirect: 'manual' })
      assert.equal(status, 405, method)
    }
    assert.equal(browser.cookies.size, 0)
    assert.equal((await browser.get(link, { 'sec-fetch-dest': 'document' })).status, 302)
  })

  test('where somebody else is signed in the link asks, and their session ends with the yes', async () => {
    await using twinlock = await startTwinlock({ database: await newDatabase() })
    const link = await linkFor(twinlock, await assumedRole(twinlock))
    await newSigner(twinlock, 'ben', allow('*'))
    const ben = await signedIn(twinlock, 'ben')
    const former = ben.copy()
    const led = await ben.get(link)
    assert.equal(led.headers.get('location'), '/signin?returnTo=%2Fconsole%2Fusers')
    const arnOf = async (browser: typeof ben) =>
      (await browser.call<{ Arn: string }>('signin:GetSession')).Arn
    assert.equal(await arnOf(ben), 'arn:aws:iam::123456789012:user/ben')
    const question = {
      state: 'federation',
      signedInAs: 'arn:aws:iam::123456789012:user/ben',
      continueAs: 'arn:aws:sts::123456789012:assumed-role/reader/broker',
    }
    assert.deepEqual((await ben.get('/signin/api/state')).body, question)

    // No page elsewhere says yes.
    const yes = '/signin/api/federation/continue'
    const elsewhere = { origin: 'https://evil.example' }
    assert.equal((await ben.post(yes, {}, elsewhere)).body.code, 'CrossOriginRequest')
    // A no leaves the link as it is, for whom it was meant.
    const stayed = await ben.post('/signin/api/federation/stay')
    assert.deepEqual(stayed.body, { state: 'signed-in', returnTo: '/console/' })
    assert.deepEqual((await ben.get('/signin/api/state')).body, stayed.body)
    assert.equal((await ben.post(yes)).body.code, 'SignInExpired')

    await ben.get(link)
    const opened = await ben.post(yes, { returnTo: '/console/users' })
    assert.deepEqual(opened.body, { state: 'signed-in', returnTo: '/console/users' })
    assert.equal(await arnOf(ben), question.continueAs)
    assert.equal((await former.post('/console/api/signin/GetSession')).status, 401)
    assert.equal((await webBrowser(twinlock).get(link)).status, 400)
  })

  test('a link of one’s own needs no question, and ends the session before', async () => {
    await using twinlock = await startTwinlock({ database: await newDatabase() })
    const credentials = await assumedRole(twinlock)
    const browser = await openFederated(twinlock, credentials)
    const former = browser.copy()
    assert.equal((await browser.get(await linkFor(twinlock, credentials))).status, 302)
    assert.equal((await browser.post('/console/api/signin/GetSession')).status, 200)
    assert.equal((await former.post('/console/api/signin/GetSession')).status, 401)
  })

  test('a question that nobody answered is over with its token', async () => {
    await using twinlock = await startTwinlock({ database: await newDatabase() })
    const link = await linkFor(twinlock, await assumedRole(twinlock))
    await newSigner(twinlock, 'ben')
    const ben = await signedIn(twinlock, 'ben')
    await ben.get(link)
    twinlock.clock.advance(900)
    assert.equal((await ben.get('/signin/api/state')).body.state, 'signed-in')
    const late = await ben.post('/signin/api/federation/continue')
    assert.equal(late.body.code, 'SignInExpired')
    assert.equal((await ben.post('/console/api/signin/GetSession')).status, 200)
  })

  test('no session lasts longer than a sign-in to this console', async () => {
    await using twinlock = await startTwinlock({
      database: await newDatabase(),
      argv: ['--console-session-hours', '1'],
    })
    const lasts = async (browser: Awaited<ReturnType<typeof openFederated>>) => {
      const { ExpiresAt } = await browser.call<{ ExpiresAt: string }>('signin:GetSession')
      return (Date.parse(ExpiresAt) - twinlock.clock.now().getTime()) / 1000
    }
    const ben = await newUser(twinlock, 'ben', allow('sts:*'))
    const command = new GetFederationTokenCommand({ Name: 'guest', DurationSeconds: 129_600 })
    const guest = sessionOf(await twinlock.sts(ben).send(command))
    assert.equal(await lasts(await openFederated(twinlock, guest)), 3600)

    const Session = presented(await assumedRole(twinlock))
    const { body } = await askSigninToken(twinlock, { Session, SessionDuration: '7200' })
    const browser = webBrowser(twinlock)
    await browser.get(loginPath(body.SigninToken))
    assert.equal(await lasts(browser), 3600)
  })

  test('who cannot assume a role cannot switch to one: a federated user keeps its session policies', async () => {
    await using twinlock = await startTwinlock({ database: await newDatabase() })
    const broker = await newUser(twinlock, 'broker', allow('sts:*'))
    const trusting = policy(trust(broker.Arn))
    const role = { RoleName: 'admin', AssumeRolePolicyDocument: trusting }
    const { Arn: RoleArn } = await newRole(twinlock, role, allow('*'))
    const command = new GetFederationTokenCommand({ Name: 'guest', Policy: policy(allow('sts:*')) })
    const guest = await openFederated(twinlock, sessionOf(await twinlock.sts(broker).send(command)))
    const assume = { RoleArn, RoleSessionName: 'guest' }
    const switchTo = { Account: '123456789012', RoleName: 'admin' }
    const refused = 'InvalidClientTokenId'
    assert.equal((await guest.post('/console/api/sts/AssumeRole', assume)).body.code, refused)
    assert.equal((await guest.post('/console/api/signin/SwitchRole', switchTo)).body.code, refused)
    assert.equal((await guest.post('/console/api/iam/ListUsers')).status, 403)
  })
})
