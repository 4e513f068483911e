// The console's API: the operations of every client, with a browser's session as the caller.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  AttachUserPolicyCommand,
  CreateAccountAliasCommand,
  ListMFADevicesCommand,
  UpdateLoginProfileCommand,
} from '@aws-sdk/client-iam'
import { onEveryEngine, openStore } from '../src/store/every-engine.ts'
import { signinModel } from '../src/services/signin/model.ts'
import { enrol } from './authenticator.ts'
import { allow, deny, newRole, policy, trust } from './people.ts'
import { PASSWORD, newSigner, signedIn, submitUser } from './sign-in-people.ts'
import { startTwinlock } from './twinlock.ts'
import { webBrowser } from './web-browser.ts'

const USER_ARN = 'arn:aws:iam::123456789012:user/ana'

onEveryEngine('the console API', newDatabase => {
  test('operations of IAM and STS take and answer the SDK’s types as JSON', async () => {
    await using twinlock = await startTwinlock({ database: await newDatabase() })
    await newSigner(twinlock, 'ana', allow('*'))
    const browser = await signedIn(twinlock, 'ana')
    const Tags = [{ Key: 'team', Value: 'blue' }]
    const made = await browser.call<{ User: { CreateDate: string; Tags: object } }>(
      'iam:CreateUser',
      { UserName: 'ben', Tags, Path: null, Unknown: 1 },
    )
    assert.equal(made.User.CreateDate, twinlock.clock.now().toISOString())
    assert.deepEqual(made.User.Tags, Tags)
    const device = await browser.call<{ VirtualMFADevice: Record<string, string> }>(
      'iam:CreateVirtualMFADevice',
      { VirtualMFADeviceName: 'phone' },
    )
    const seed = Buffer.from(device.VirtualMFADevice['Base32StringSeed'] ?? '', 'base64')
    assert.match(seed.toString(), /^[A-Z2-7]{64}$/)
    const identity = await browser.call('sts:GetCallerIdentity')
    assert.equal((identity as Record<string, string>)['Arn'], USER_ARN)
  })

  test('refusals are JSON with AWS’s code, words and status', async () => {
    await using twinlock = await startTwinlock({ database: await newDatabase() })
    await newSigner(twinlock, 'ana', allow('iam:*'), deny('iam:ListRoles'))
    const browser = await signedIn(twinlock, 'ana')
    const cases = [
      ['iam/GetUser', { UserName: 'nobody' }, 404, 'NoSuchEntity'],
      ['iam/GetUser', { UserName: 'a b' }, 400, 'ValidationError'],
      ['iam/GetUser', { UserName: 7 }, 400, 'MalformedInput'],
      ['iam/ListRoles', {}, 403, 'AccessDenied'],
      ['iam/NoSuchOperation', {}, 400, 'InvalidAction'],
      ['iam/constructor', {}, 400, 'InvalidAction'],
      ['iam/CreateGroup', { GroupName: 'x'.repeat(200) }, 400, 'ValidationError'],
      ['s3/ListBuckets', {}, 404, 'NotFound'],
      ['__proto__/x', {}, 404, 'NotFound'],
      ['sts/GetSessionToken', {}, 403, 'AccessDenied'],
    ] as const
    for (const [path, input, status, code] of cases) {
      const answer = await browser.post(`/console/api/${path}`, input)
      assert.deepEqual([answer.status, answer.body.code], [status, code], path)
      assert.match(answer.body.requestId, /^[0-9a-f-]{36}$/)
      assert.equal(answer.headers.get('cache-control'), 'no-store')
    }
    const denied = await browser.post('/console/api/iam/ListRoles')
    assert.match(
      denied.body.message,
      /^User: \S+user\/ana is not authorized to perform: iam:ListRoles on resource: \S+ with an explicit deny/,
    )
  })

  test('a console session without MFA says false, one with it true and how old it is', async () => {
    await using twinlock = await startTwinlock({ database: await newDatabase() })
    const fresh = { NumericLessThan: { 'aws:MultiFactorAuthAge': '600' } }
    await newSigner(
      twinlock,
      'ana',
      allow('iam:ListUsers', { Condition: { Bool: { 'aws:MultiFactorAuthPresent': 'false' } } }),
      allow('iam:ListGroups', { Condition: fresh }),
      allow('iam:ListRoles', {
        Condition: { StringEquals: { 'twinlock:MultiFactorAuthMethod': 'totp' } },
      }),
    )
    const plain = await signedIn(twinlock, 'ana')
    const status = async (browser: typeof plain, name: string) =>
      (await browser.post(`/console/api/iam/${name}`)).status
    assert.equal(await status(plain, 'ListUsers'), 200)
    assert.equal(await status(plain, 'ListGroups'), 403)
    assert.equal(await status(plain, 'ListRoles'), 403)

    const app = await enrol(twinlock.iam(), twinlock.clock, 'ana', 'phone')
    twinlock.clock.advance(60)
    const proved = webBrowser(twinlock)
    await submitUser(proved, 'ana')
    await proved.post('/signin/api/mfa/code', { method: 'totp', code: app.code() })
    assert.equal(await status(proved, 'ListUsers'), 403)
    assert.equal(await status(proved, 'ListGroups'), 200)
    assert.equal(await status(proved, 'ListRoles'), 200)
    twinlock.clock.advance(600)
    assert.equal(await status(proved, 'ListGroups'), 403)
    assert.equal(await status(proved, 'ListRoles'), 200)
  })

  test('nothing is done without a session, for a page elsewhere, or for a form', async () => {
    await using twinlock = await startTwinlock({ database: await newDatabase() })
    await newSigner(twinlock, 'ana', allow('*'))
    const browser = await signedIn(twinlock, 'ana')
    const path = '/console/api/iam/ListUsers'
    assert.equal((await webBrowser(twinlock).post(path)).body.code, 'SessionExpired')
    const { port } = new URL(browser.origin)
    const elsewhere = [
      { origin: 'https://evil.example' },
      { origin: 'null' },
      { origin: '' },
      { origin: `http://localhost:${Number(port) + 1}` },
      { origin: `https://localhost:${port}` },
      { origin: `http://127.0.0.1:${port}` },
      { 'sec-fetch-site': 'cross-site' },
      { 'sec-fetch-site': 'same-site' },
    ]
    for (const headers of elsewhere) {
      const answer = await browser.post(path, {}, headers)
      assert.equal(answer.body.code, 'CrossOriginRequest', JSON.stringify(headers))
      assert.equal((await browser.post('/signin/api/password', {}, headers)).status, 403)
      assert.equal((await browser.post('/console/api/sign-out', {}, headers)).status, 403)
    }
    for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data']) {
      const answer = await browser.post(path, {}, { 'content-type': type })
      assert.equal(answer.status, 415, type)
    }
    assert.equal((await browser.get(path)).status, 404)
    assert.equal((await browser.post(path)).status, 200)
  })

  test('a deleted user’s session is dead at once, and a forged or foreign cookie opens nothing', async () => {
    const database = await newDatabase()
    await using twinlock = await startTwinlock({ database })
    await newSigner(twinlock, 'ana', allow('*'))
    const browser = await signedIn(twinlock, 'ana')
    const [name, token] = [...browser.cookies].find(([key]) => key.endsWith('session')) ?? ['', '']
    const forgeries = [
      '',
      'x',
      token.replace(/^\d{12}/, '210987654321'),
      token.slice(0, -1),
      `${token}A`,
      token.replace(/.$/, last => (last === 'A' ? 'B' : 'A')),
      `${'1'.repeat(12)}.${'A'.repeat(43)}`,
      `${token.slice(0, 13)}${"' or 1=1 --".padEnd(43)}`,
    ]
    for (const forged of forgeries) {
      const thief = webBrowser(twinlock, new Map([[name, forged]]))
      assert.equal((await thief.post('/console/api/signin/GetSession')).status, 401)
    }
    await using store = await openStore(database)
    // As another node would see it, without this one's revision.
    await store.transaction(tx => tx.deleteFrom('loginProfile').execute())
    assert.equal((await browser.post('/console/api/signin/GetSession')).status, 401)
  })

  test('a user changes the own password in the console and stays signed in there alone', async () => {
    await using twinlock = await startTwinlock({ database: await newDatabase() })
    await newSigner(twinlock, 'ana', allow('iam:*'))
    const [here, there] = [await signedIn(twinlock, 'ana'), await signedIn(twinlock, 'ana')]
    const before = here.copy()
    await here.call('iam:ChangePassword', {
      OldPassword: PASSWORD,
      NewPassword: 'another-Horse-8',
    })
    await here.call('signin:GetSession')
    assert.equal((await before.post('/console/api/signin/GetSession')).status, 401)
    assert.equal((await there.post('/console/api/signin/GetSession')).status, 401)
  })

  test('sessions are listed, and ended one by one or all', async () => {
    await using twinlock = await startTwinlock({ database: await newDatabase() })
    await newSigner(twinlock, 'ana')
    await newSigner(twinlock, 'boss', allow('twinlock:*'))
    const [one, two, three] = [
      await signedIn(twinlock, 'ana'),
      await signedIn(twinlock, 'ana'),
      await signedIn(twinlock, 'ana'),
    ]
    type Listed = { Sessions: { SessionId: string; IsCurrent: boolean; UserAgent: string }[] }
    const { Sessions } = await one.call<Listed>('signin:ListSessions')
    assert.equal(Sessions.length, 3)
    assert.equal(Sessions.filter(({ IsCurrent }) => IsCurrent).length, 1)
    assert.equal(Sessions[0]?.UserAgent, 'test')
    const twos = (await two.call<Listed>('signin:ListSessions')).Sessions
    const { SessionId } = twos.find(({ IsCurrent }) => IsCurrent) ?? {}
    await one.call('signin:EndSessions', { SessionId })
    assert.equal((await two.post('/console/api/signin/GetSession')).status, 401)

    const boss = await signedIn(twinlock, 'boss')
    const bossId = (await boss.call<Listed>('signin:ListSessions')).Sessions[0]?.SessionId
    const foreign = await one.post('/console/api/signin/EndSessions', { SessionId: bossId })
    assert.equal(foreign.body.code, 'NoSuchEntity')
    const denied = await one.post('/console/api/signin/EndSessions', { UserName: 'boss' })
    assert.equal(denied.body.code, 'AccessDenied')
    assert.deepEqual(await boss.call('signin:EndSessions', { UserName: 'ana' }), { Ended: 2 })
    for (const browser of [one, three]) {
      assert.equal((await browser.post('/console/api/signin/GetSession')).status, 401)
    }
  })

  test('a session that is dead, unused or by another password, is not listed', async () => {
    await using twinlock = await startTwinlock({ database: await newDatabase() })
    await newSigner(twinlock, 'ana')
    await newSigner(twinlock, 'boss', allow('twinlock:*'))
    const [used, unused] = [await signedIn(twinlock, 'ana'), await signedIn(twinlock, 'ana')]
    const list = async (browser: typeof used, input = {}) =>
      (await browser.call<{ Sessions: object[] }>('signin:ListSessions', input)).Sessions.length
    assert.equal(await list(unused), 2)
    twinlock.clock.advance(59 * 60)
    assert.equal(await list(used), 2)
    twinlock.clock.advance(60)
    assert.equal(await list(used), 1)
    assert.equal((await unused.post('/console/api/signin/GetSession')).status, 401)

    const boss = await signedIn(twinlock, 'boss')
    assert.equal(await list(boss, { UserName: 'ana' }), 1)
    const Password = 'another-Horse-8'
    await twinlock.iam().send(new UpdateLoginProfileCommand({ UserName: 'ana', Password }))
    assert.equal(await list(boss, { UserName: 'ana' }), 0)
    assert.equal((await used.post('/console/api/signin/GetSession')).status, 401)
  })

  test('a user switches to a role and back, by the rules of AssumeRole', async () => {
    await using twinlock = await startTwinlock({ database: await newDatabase() })
    await twinlock.iam().send(new CreateAccountAliasCommand({ AccountAlias: 'acme' }))
    await newSigner(twinlock, 'ana', allow('sts:AssumeRole'))
    const withMfa = { Condition: { Bool: { 'aws:MultiFactorAuthPresent': 'true' } } }
    await newRole(
      twinlock,
      { RoleName: 'reader', AssumeRolePolicyDocument: policy(trust(USER_ARN)) },
      allow('iam:ListUsers'),
    )
    await newRole(twinlock, {
      RoleName: 'careful',
      AssumeRolePolicyDocument: policy(trust(USER_ARN, withMfa)),
    })
    const browser = await signedIn(twinlock, 'ana')
    assert.equal((await browser.post('/console/api/iam/ListUsers')).status, 403)
    const before = browser.copy()
    const worn = await browser.call<Record<string, unknown>>('signin:SwitchRole', {
      Account: 'acme',
      RoleName: 'reader',
    })
    assert.equal(worn['Arn'], 'arn:aws:sts::123456789012:assumed-role/reader/ana')
    assert.deepEqual(worn['SwitchedRole'], {
      RoleArn: 'arn:aws:iam::123456789012:role/reader',
      DisplayName: 'reader @ acme',
      ExpiresAt: new Date(twinlock.clock.now().getTime() + 3_600_000).toISOString(),
      SignedInAs: USER_ARN,
    })
    // The cookie is another one now.
    assert.equal((await before.post('/console/api/signin/GetSession')).status, 401)
    assert.equal((await browser.post('/console/api/iam/ListUsers')).status, 200)
    await browser.call('signin:ExitRole')
    assert.equal((await browser.post('/console/api/iam/ListUsers')).status, 403)

    const switchTo = (RoleName: string) =>
      browser.post('/console/api/signin/SwitchRole', { Account: '123456789012', RoleName })
    for (const name of ['careful', 'nowhere']) {
      const refused = await switchTo(name)
      assert.equal(refused.body.code, 'AccessDenied')
      assert.match(
        refused.body.message,
        /is not authorized to perform: sts:AssumeRole on resource: \S+$/,
      )
    }

    await switchTo('reader')
    twinlock.clock.advance(3599)
    assert.equal((await browser.post('/console/api/iam/ListUsers')).status, 200)
    twinlock.clock.advance(1)
    // Nobody goes on with other permissions than they believe to have.
    assert.equal((await browser.post('/console/api/iam/ListUsers')).body.code, 'ExpiredToken')
    const own = await browser.call<Record<string, unknown>>('signin:GetSession')
    assert.equal(own['Arn'], USER_ARN)
    await browser.call('signin:ExitRole')
    assert.equal((await browser.post('/console/api/iam/ListUsers')).body.code, 'AccessDenied')
  })

  test('hardware tokens are imported, enabled by two codes of eight digits, and signed in with', async () => {
    await using twinlock = await startTwinlock({ database: await newDatabase() })
    await newSigner(twinlock, 'ana', allow('*'))
    const browser = await signedIn(twinlock, 'ana')
    const { totpCode, totpSecret, timeStep } = await import('@twinlock/factors')
    const seed = Buffer.from('1234567890123456789012345678901234567890')
    const Document = `serial,seed,digits,period,algorithm\nGAHT12345678,${seed.toString('hex')},8,60,SHA256\n`
    const imported = await browser.call('signin:ImportHardwareTokens', { Format: 'CSV', Document })
    assert.deepEqual(imported, { SerialNumbers: ['GAHT12345678'] })
    const again = await browser.post('/console/api/signin/ImportHardwareTokens', {
      Format: 'CSV',
      Document,
    })
    assert.equal(again.body.code, 'EntityAlreadyExists')
    const broken = await browser.post('/console/api/signin/ImportHardwareTokens', {
      Format: 'CSV',
      Document: `${Document}GAHT1,${seed.toString('hex')},8,60,SHA256\n`,
    })
    assert.equal(broken.body.code, 'ValidationError')
    assert.ok(!broken.text.includes(seed.toString('hex')))
    const { HardwareTokens } = await browser.call<{ HardwareTokens: object[] }>(
      'signin:ListHardwareTokens',
    )
    assert.deepEqual(HardwareTokens, [
      {
        SerialNumber: 'GAHT12345678',
        Digits: 8,
        PeriodSeconds: 60,
        Algorithm: 'SHA256',
        OfRoot: false,
      },
    ])

    const secret = totpSecret(seed)
    const code = (steps: number) =>
      totpCode(secret, timeStep(twinlock.clock.seconds(), 60) + steps, {
        algorithm: 'sha256',
        digits: 8,
      })
    await browser.call('signin:EnableMFADevice', {
      SerialNumber: 'GAHT12345678',
      AuthenticationCode1: code(-1),
      AuthenticationCode2: code(0),
    })
    const { MFADevices } = await twinlock.iam().send(new ListMFADevicesCommand({ UserName: 'ana' }))
    assert.equal(MFADevices?.[0]?.SerialNumber, 'GAHT12345678')
    twinlock.clock.advance(120)
    const signing = webBrowser(twinlock)
    const asked = await submitUser(signing, 'ana')
    assert.deepEqual(asked.body.methods, ['hardware-token'])
    const proved = await signing.post('/signin/api/mfa/code', {
      method: 'hardware-token',
      code: code(0),
    })
    assert.equal(proved.body.state, 'signed-in')
    await signing.call('signin:DeactivateMFADevice', { SerialNumber: 'GAHT12345678' })
    await signing.call('signin:DeleteHardwareToken', { SerialNumber: 'GAHT12345678' })
  })

  test('every operation of the console’s own asks for a permission, but those on oneself', async () => {
    await using twinlock = await startTwinlock({ database: await newDatabase() })
    await newSigner(twinlock, 'ana')
    const browser = await signedIn(twinlock, 'ana')
    const inputs = {
      BeginSecurityKeyRegistration: { DeviceName: 'blue' },
      RegisterSecurityKey: { Response: {} },
      EnableMFADevice: {
        SerialNumber: 'GAHT12345678',
        AuthenticationCode1: '123456',
        AuthenticationCode2: '234567',
      },
      ResyncMFADevice: {
        SerialNumber: 'GAHT12345678',
        AuthenticationCode1: '123456',
        AuthenticationCode2: '234567',
      },
      DeactivateMFADevice: { SerialNumber: 'GAHT12345678' },
      ListMFADevices: {},
      ListUserCredentials: {},
      GetLoginProfile: {},
      ImportHardwareTokens: { Format: 'CSV', Document: 'x' },
      ListHardwareTokens: {},
      DeleteHardwareToken: { SerialNumber: 'GAHT12345678' },
      GetMFARequirement: {},
      PutMFARequirement: { Mode: 'off' },
    }
    const ofOneself = [
      'GetSession',
      'SwitchRole',
      'ExitRole',
      'ListSessions',
      'EndSessions',
      'ChangeRootPassword',
    ]
    assert.deepEqual(
      [...Object.keys(inputs), ...ofOneself].toSorted(),
      [...signinModel().operationNames].toSorted(),
    )
    for (const [name, input] of Object.entries(inputs)) {
      const answer = await browser.post(`/console/api/signin/${name}`, input)
      assert.equal(answer.body.code, 'AccessDenied', name)
    }
    const ofRoot = await browser.post('/console/api/signin/ChangeRootPassword', {
      OldPassword: 'x',
      NewPassword: 'y',
    })
    assert.equal(ofRoot.body.code, 'InvalidUserType')
  })

  test('the audit tells of the console’s calls as CloudTrail does', async () => {
    const database = await newDatabase()
    {
      await using twinlock = await startTwinlock({ database })
      await newSigner(twinlock, 'ana', allow('iam:*'))
      const browser = await signedIn(twinlock, 'ana')
      await browser.call('iam:ListUsers')
      await browser.call('iam:CreateGroup', { GroupName: 'blue' })
      await twinlock.iam().send(
        new AttachUserPolicyCommand({
          UserName: 'ana',
          PolicyArn: 'arn:aws:iam::aws:policy/IAMReadOnlyAccess',
        }),
      )
    }
    await using store = await openStore(database)
    const rows = await store.db
      .selectFrom('auditEvent')
      .select('record')
      .where('eventName', '=', 'CreateGroup')
      .execute()
    assert.equal(rows.length, 1)
    const { userIdentity, sessionCredentialFromConsole, eventSource } = JSON.parse(
      rows[0]?.record ?? '',
    )
    assert.equal(eventSource, 'iam.amazonaws.com')
    assert.equal(sessionCredentialFromConsole, 'true')
    assert.equal(userIdentity.userName, 'ana')
    assert.match(userIdentity.accessKeyId, /^ASIA/)
    assert.equal(userIdentity.sessionContext.attributes.mfaAuthenticated, 'false')
  })
})
