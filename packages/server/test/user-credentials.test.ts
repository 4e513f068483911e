// ListUserCredentials: users with what they can prove who they are with, to everybody no more than IAM's own operations would tell.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  AddUserToGroupCommand,
  CreateAccessKeyCommand,
  CreateGroupCommand,
  CreateLoginProfileCommand,
  CreateUserCommand,
  GetUserCommand,
  TagUserCommand,
  UpdateAccessKeyCommand,
  UpdateAccountPasswordPolicyCommand,
  UpdateLoginProfileCommand,
} from '@aws-sdk/client-iam'
import { onEveryEngine, openStore } from '../src/store/every-engine.ts'
import type { SigninOperations } from '../src/web/api.ts'
import { enrol } from './authenticator.ts'
import { allow, deny, newUser } from './people.ts'
import { PASSWORD, newSigner, signedIn, submitUser } from './sign-in-people.ts'
import type { TestTwinlock } from './twinlock.ts'
import { startTwinlock } from './twinlock.ts'
import type { WebBrowser } from './web-browser.ts'
import { webBrowser } from './web-browser.ts'
import { newKey, registerKey } from './web-security-key.ts'

type Page = SigninOperations['ListUserCredentials']['output']
type User = Page['Users'][number]

const list = (browser: WebBrowser, input = {}) =>
  browser.call<Page>('signin:ListUserCredentials', input)

async function usersSeenBy(browser: WebBrowser): Promise<Readonly<Record<string, User>>> {
  const { Users } = await list(browser)
  return Object.fromEntries(Users.map(user => [user.UserName, user]))
}

const passwordOf = (browser: WebBrowser, UserName?: string) =>
  browser.call<SigninOperations['GetLoginProfile']['output']>('signin:GetLoginProfile', {
    ...(UserName !== undefined && { UserName }),
  })

const newPath = (twinlock: TestTwinlock, UserName: string, Path: string) =>
  twinlock.iam().send(new CreateUserCommand({ UserName, Path }))

onEveryEngine('user credentials', newDatabase => {
  test('a user is listed with password, devices, keys, groups and last activity', async () => {
    await using twinlock = await startTwinlock({ database: await newDatabase() })
    const { clock } = twinlock
    const iam = twinlock.iam()
    await newSigner(twinlock, 'boss', allow('*'))
    const start = clock.now().toISOString()
    const ana = await newSigner(twinlock, 'ana')
    for (const GroupName of ['red', 'blue']) {
      await iam.send(new CreateGroupCommand({ GroupName }))
      await iam.send(new AddUserToGroupCommand({ GroupName, UserName: 'ana' }))
    }
    clock.advance(3600)
    const changed = clock.now().toISOString()
    const more = { Password: `${PASSWORD}8`, PasswordResetRequired: true }
    await iam.send(new UpdateLoginProfileCommand({ UserName: 'ana', ...more }))
    const phone = await enrol(iam, clock, 'ana', 'phone')
    clock.advance(3600)
    const used = clock.now().toISOString()
    await assert.rejects(twinlock.iam(ana).send(new GetUserCommand({})))
    await twinlock.flush()

    const boss = await signedIn(twinlock, 'boss')
    assert.deepEqual((await usersSeenBy(boss))['ana'], {
      UserName: 'ana',
      UserId: ana.UserId,
      Arn: ana.Arn,
      Path: '/',
      CreateDate: start,
      Password: { CreateDate: start, ChangeDate: changed, ResetRequired: true, Expired: false },
      MFADevices: [
        {
          SerialNumber: phone.SerialNumber,
          DeviceName: 'phone',
          Method: 'totp',
          PhishingResistant: false,
          EnableDate: changed,
        },
      ],
      StrongestMethod: 'totp',
      Enrolment: { Demand: 'none' },
      AccessKeys: [
        {
          AccessKeyId: ana.accessKeyId,
          Status: 'Active',
          CreateDate: start,
          LastUsedDate: used,
          ServiceName: 'iam',
          Region: 'us-east-1',
        },
      ],
      LastActivityDate: used,
      GroupNames: ['blue', 'red'],
      Denied: [],
    })
  })

  test('somebody with nothing has empty lists, and last acted at the last sign-in', async () => {
    await using twinlock = await startTwinlock({ database: await newDatabase() })
    await newSigner(twinlock, 'boss', allow('*'))
    await newPath(twinlock, 'ben', '/eng/')
    const boss = await signedIn(twinlock, 'boss')
    const users = await usersSeenBy(boss)
    const { Path, Password, MFADevices, AccessKeys, GroupNames, LastActivityDate, Denied } =
      users['ben'] ?? {}
    assert.deepEqual(
      [Path, Password, MFADevices, AccessKeys, GroupNames, LastActivityDate, Denied],
      ['/eng/', undefined, [], [], [], undefined, []],
    )
    assert.equal(users['boss']?.LastActivityDate, twinlock.clock.now().toISOString())
    assert.equal(users['boss']?.PasswordLastUsedDate, twinlock.clock.now().toISOString())
  })

  test('of several devices the strongest is told, and of a passkey that it leaves its device', async () => {
    await using twinlock = await startTwinlock({ database: await newDatabase() })
    await newSigner(twinlock, 'boss', allow('*'))
    const boss = await signedIn(twinlock, 'boss')
    await registerKey(boss, newKey({ backupEligible: true }), 'passkey')
    const users = await usersSeenBy(boss)
    assert.equal(users['boss']?.StrongestMethod, 'security-key')
    const [passkey] = users['boss']?.MFADevices ?? []
    assert.deepEqual(
      [passkey?.Method, passkey?.PhishingResistant, passkey?.BackupEligible],
      ['security-key', true, true],
    )
  })

  test('who may only list users sees who there is, and is told what was denied', async () => {
    await using twinlock = await startTwinlock({ database: await newDatabase() })
    await newSigner(twinlock, 'lister', allow('iam:ListUsers'))
    const ana = await newSigner(twinlock, 'ana')
    await enrol(twinlock.iam(), twinlock.clock, 'ana', 'phone')
    const lister = await signedIn(twinlock, 'lister')
    assert.deepEqual((await usersSeenBy(lister))['ana'], {
      UserName: 'ana',
      UserId: ana.UserId,
      Arn: ana.Arn,
      Path: '/',
      CreateDate: twinlock.clock.now().toISOString(),
      Denied: [
        'iam:GetLoginProfile',
        'iam:ListMFADevices',
        'iam:ListAccessKeys',
        'iam:GetAccessKeyLastUsed',
        'iam:ListGroupsForUser',
        'twinlock:GetMFARequirement',
      ],
    })
  })

  test('a part is seen where IAM’s own operation answers, and nowhere else', async () => {
    await using twinlock = await startTwinlock({ database: await newDatabase() })
    const iam = twinlock.iam()
    const of = (user: string) => ({ Resource: `arn:aws:iam::123456789012:user/${user}` })
    const ofTeam = (team: string) => ({ Condition: { StringEquals: { [team]: 'blue' } } })
    await newSigner(
      twinlock,
      'helper',
      allow('iam:ListUsers'),
      allow('iam:ListMFADevices', of('eng/*')),
      allow('iam:GetLoginProfile', ofTeam('iam:ResourceTag/team')),
      allow('iam:ListAccessKeys'),
      deny('iam:ListAccessKeys', of('ana')),
      allow('iam:GetAccessKeyLastUsed', of('${aws:username}')),
      allow('iam:ListGroupsForUser', ofTeam('aws:ResourceTag/crew')),
    )
    await newSigner(twinlock, 'ana')
    await newPath(twinlock, 'ben', '/eng/')
    await newPath(twinlock, 'eve', '/eng/lab/')
    await iam.send(new TagUserCommand({ UserName: 'ana', Tags: [{ Key: 'Team', Value: 'blue' }] }))
    await iam.send(new TagUserCommand({ UserName: 'ben', Tags: [{ Key: 'crew', Value: 'blue' }] }))
    for (const UserName of ['ben', 'eve']) {
      await iam.send(new CreateLoginProfileCommand({ UserName, Password: PASSWORD }))
      await iam.send(new CreateAccessKeyCommand({ UserName }))
    }
    const helper = await signedIn(twinlock, 'helper')
    const users = await usersSeenBy(helper)
    const denials = Object.values(users).map(({ UserName, Denied }) => [UserName, Denied])
    const alone = ['iam:GetAccessKeyLastUsed', 'twinlock:GetMFARequirement']
    assert.deepEqual(Object.fromEntries(denials), {
      helper: [
        'iam:GetLoginProfile',
        'iam:ListMFADevices',
        'iam:ListGroupsForUser',
        'twinlock:GetMFARequirement',
      ],
      ana: [
        'iam:ListMFADevices',
        'iam:ListAccessKeys',
        alone[0],
        'iam:ListGroupsForUser',
        alone[1],
      ],
      ben: ['iam:GetLoginProfile', ...alone],
      eve: ['iam:GetLoginProfile', alone[0], 'iam:ListGroupsForUser', alone[1]],
    })

    for (const { UserName, Denied, ...user } of Object.values(users)) {
      for (const [operation, part] of [
        ['GetLoginProfile', user.Password],
        ['ListMFADevices', user.MFADevices],
        ['ListAccessKeys', user.AccessKeys],
        ['ListGroupsForUser', user.GroupNames],
      ] as const) {
        const { body } = await helper.post(`/console/api/iam/${operation}`, { UserName })
        const isDenied = Denied.includes(`iam:${operation}`)
        const what = `${operation} of ${UserName}`
        assert.equal(body.code, isDenied ? 'AccessDenied' : undefined, what)
        assert.equal(part === undefined, isDenied, what)
        if (operation !== 'GetLoginProfile') continue
        const asked = await helper.post(`/console/api/signin/${operation}`, { UserName })
        assert.equal(asked.body.code, body.code, what)
      }
      for (const { AccessKeyId } of user.AccessKeys ?? []) {
        const { body } = await helper.post('/console/api/iam/GetAccessKeyLastUsed', { AccessKeyId })
        assert.equal(body.code === 'AccessDenied', Denied.includes('iam:GetAccessKeyLastUsed'))
      }
    }
  })

  test('keys are shown without their use to whom IAM does not tell of it', async () => {
    await using twinlock = await startTwinlock({ database: await newDatabase() })
    await newSigner(twinlock, 'lister', allow(['iam:ListUsers', 'iam:ListAccessKeys']))
    await newSigner(twinlock, 'user', allow(['iam:ListUsers', 'iam:GetAccessKeyLastUsed']))
    const ana = await newUser(twinlock, 'ana', allow('iam:GetUser'))
    await twinlock.iam(ana).send(new GetUserCommand({}))
    const ofAna = { UserName: 'ana', AccessKeyId: ana.accessKeyId, Status: 'Inactive' } as const
    await twinlock.iam().send(new UpdateAccessKeyCommand(ofAna))
    await twinlock.flush()
    const listed = (await usersSeenBy(await signedIn(twinlock, 'lister')))['ana']
    const CreateDate = twinlock.clock.now().toISOString()
    assert.deepEqual(listed?.AccessKeys, [
      { AccessKeyId: ana.accessKeyId, Status: 'Inactive', CreateDate },
    ])
    assert.equal(listed?.LastActivityDate, undefined)
    // Without the list of keys there is none to ask about.
    const used = (await usersSeenBy(await signedIn(twinlock, 'user')))['ana']
    assert.equal(used?.AccessKeys, undefined)
    assert.equal(used?.LastActivityDate, undefined)
  })

  test('a password has expired when it was set longer ago than the account allows', async () => {
    await using twinlock = await startTwinlock({ database: await newDatabase() })
    const { clock } = twinlock
    const iam = twinlock.iam()
    await newSigner(twinlock, 'ana')
    const CreateDate = clock.now().toISOString()
    await iam.send(new UpdateAccountPasswordPolicyCommand({ MaxPasswordAge: 30 }))
    clock.advance(20 * 86_400)
    const ChangeDate = clock.now().toISOString()
    await iam.send(new UpdateLoginProfileCommand({ UserName: 'ana', Password: `${PASSWORD}8` }))
    for (const { boss, days, Expired } of [
      { boss: 'early', days: 29, Expired: false },
      { boss: 'late', days: 1, Expired: true },
    ]) {
      clock.advance(days * 86_400)
      await newSigner(twinlock, boss, allow('*'))
      const browser = await signedIn(twinlock, boss)
      const { Password } = await passwordOf(browser, 'ana')
      assert.deepEqual(Password, { CreateDate, ChangeDate, ResetRequired: false, Expired })
      assert.deepEqual((await usersSeenBy(browser))['ana']?.Password, Password)
    }
  })

  test('a user without a password has no login profile, and one’s own needs no name', async () => {
    await using twinlock = await startTwinlock({ database: await newDatabase() })
    await newSigner(twinlock, 'boss', allow('*'))
    await newUser(twinlock, 'robot')
    const boss = await signedIn(twinlock, 'boss')
    assert.equal((await passwordOf(boss)).Password.Expired, false)
    const { body } = await boss.post('/console/api/signin/GetLoginProfile', { UserName: 'robot' })
    assert.equal(body.code, 'NoSuchEntity')
  })

  test('the account’s requirement is told of people with a password and no device', async () => {
    await using twinlock = await startTwinlock({ database: await newDatabase() })
    await newSigner(twinlock, 'boss', allow('*'))
    await newSigner(twinlock, 'ana')
    await newSigner(twinlock, 'ben')
    await newUser(twinlock, 'robot')
    await enrol(twinlock.iam(), twinlock.clock, 'ben', 'phone')
    const boss = await signedIn(twinlock, 'boss')
    const demands = async () => {
      const users = await usersSeenBy(boss)
      assert.deepEqual(users['ben']?.Enrolment, { Demand: 'none' })
      assert.deepEqual(users['robot']?.Enrolment, { Demand: 'none' })
      return users['ana']?.Enrolment
    }
    assert.deepEqual(await demands(), { Demand: 'none' })
    await boss.call('signin:PutMFARequirement', { Mode: 'prompt' })
    assert.deepEqual(await demands(), { Demand: 'prompt' })
    const By = new Date(twinlock.clock.now().getTime() + 60_000).toISOString()
    await boss.call('signin:PutMFARequirement', { Mode: 'require', By })
    assert.deepEqual(await demands(), { Demand: 'prompt', By })
    twinlock.clock.advance(60)
    assert.deepEqual(await demands(), { Demand: 'require' })
    // As her sign-in says.
    assert.equal((await submitUser(webBrowser(twinlock), 'ana')).body.state, 'enrol')
  })

  test('pages follow each other by name, and a marker is good for this list alone', async () => {
    await using twinlock = await startTwinlock({ database: await newDatabase() })
    await newSigner(twinlock, 'Boss', allow('*'))
    for (const name of ['ana', 'Ben', 'carol', 'dora', 'eve']) await newPath(twinlock, name, '/')
    const boss = await signedIn(twinlock, 'Boss')
    const names: string[] = []
    let Marker: string | undefined
    let pages = 0
    do {
      const page: Page = await list(boss, { MaxItems: 4, ...(Marker && { Marker }) })
      names.push(...page.Users.map(({ UserName }) => UserName))
      Marker = page.Marker
      assert.equal(page.IsTruncated, Marker !== undefined)
      pages++
    } while (Marker !== undefined)
    assert.deepEqual(names, ['ana', 'Ben', 'Boss', 'carol', 'dora', 'eve'])
    assert.equal(pages, 2)

    const first = await boss.call<Page>('iam:ListUsers', { MaxItems: 4 })
    for (const input of [
      { Marker: first.Marker },
      { Marker: 'x' },
      { MaxItems: 0 },
      { MaxItems: 1001 },
    ]) {
      const { body } = await boss.post('/console/api/signin/ListUserCredentials', input)
      assert.equal(body.code, 'ValidationError', JSON.stringify(input))
    }
  })

  test('without iam:ListUsers there is no list, and each call leaves one record', async () => {
    const database = await newDatabase()
    {
      await using twinlock = await startTwinlock({ database })
      await newSigner(twinlock, 'lister', allow('iam:ListUsers'))
      await newSigner(twinlock, 'ana', allow('iam:*'), deny('iam:ListUsers'))
      await list(await signedIn(twinlock, 'lister'))
      const ana = await signedIn(twinlock, 'ana')
      const { body } = await ana.post('/console/api/signin/ListUserCredentials')
      assert.equal(body.code, 'AccessDenied')
      assert.match(
        body.message,
        /user\/ana is not authorized to perform: iam:ListUsers on resource: arn:aws:iam::123456789012:user\/ with an explicit deny/,
      )
    }
    await using store = await openStore(database)
    const rows = await store.db
      .selectFrom('auditEvent')
      .select(['userName', 'readOnly', 'record'])
      .where('eventName', '=', 'ListUserCredentials')
      .orderBy('userName')
      .execute()
    const told = rows.map(({ userName, readOnly, record }) => {
      const { eventSource, errorCode, responseElements } = JSON.parse(record)
      return [userName, readOnly, eventSource, errorCode, responseElements]
    })
    assert.deepEqual(told, [
      ['ana', 1, 'signin.amazonaws.com', 'AccessDenied', null],
      ['lister', 1, 'signin.amazonaws.com', undefined, null],
    ])
  })
})
