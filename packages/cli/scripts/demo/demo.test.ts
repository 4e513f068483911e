// The demo's company as its documentation describes it: made once, in a folder of its own, and asked over HTTP.
import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { DatabaseSync } from 'node:sqlite'
import { after, before, test } from 'node:test'
import type { GetAccountAuthorizationDetailsResponse } from '@aws-sdk/client-iam'
import { lintPolicy } from '@twinlock/policy'
import type { Twinlock } from '@twinlock/server'
import { open } from '@twinlock/server'
import type { SigninOperations } from '@twinlock/server/console-api'
import type { WebBrowser } from '../../../server/test/web-browser.ts'
import { webBrowser } from '../../../server/test/web-browser.ts'
import { COMPANY, CONTRACTOR_BOUNDARY } from './company.ts'
import { nameOf, seedOf } from './devices.ts'
import type { Listed } from './listed-people.ts'
import { codeOf, peopleIn, submitCode, submitPassword } from './listed-people.ts'
import { makeCompany } from './make-company.ts'
import { readDemoConfig } from './options.ts'
import type { User } from './people.ts'
import { USERS } from './people.ts'
import { ROOT_PASSWORD, ROOT_TOKEN, passwordOf } from './public-secrets.ts'
import { plantSeeds } from './plant-seeds.ts'
import { secondLockOf } from './told.ts'

const LISTED = await peopleIn('docs/demo.md')

let folder: string
let data: string
let twinlock: Twinlock

before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'twinlock-demo-'))
  data = join(folder, 'data')
  // What an interrupted first start left behind.
  await mkdir(`${data}.unfinished`)
  await makeCompany(data, new Date())
  twinlock = await open(configOf())
})
after(async () => {
  await twinlock?.[Symbol.asyncDispose]()
  await rm(folder, { recursive: true, force: true })
})

const configOf = () => readDemoConfig(['--data', data, '--listen', '127.0.0.1:0'])

test('docs/demo.md lists everybody who can sign in', () => {
  const root = {
    name: COMPANY.rootEmail,
    password: ROOT_PASSWORD,
    secondLock: nameOf(ROOT_TOKEN),
    seed: seedOf('root'),
  }
  const users = USERS.filter(({ console }) => console !== undefined).map(user => ({
    name: user.userName,
    password: passwordOf(user),
    secondLock: secondLockOf(user),
    seed: user.console?.devices.some(({ kind }) => kind !== 'key') ? seedOf(user.userName) : '',
  }))
  assert.deepEqual(LISTED, [root, ...users])
})

test('the README lists some of them, as docs/demo.md does', async () => {
  const few = await peopleIn('README.md')
  assert.ok(few.length >= 4)
  for (const one of few) assert.deepEqual(one, { ...listed(one.name), seed: '' })
})

test('an auditor sees every user as the past of the company made it', async () => {
  const kira = await signedIn('kira', -1)
  const { Users } = await kira.call<SigninOperations['ListUserCredentials']['output']>(
    'signin:ListUserCredentials',
  )
  const seen = Users.map(({ UserName, MFADevices = [], AccessKeys = [], Password, Enrolment }) => ({
    UserName,
    devices: MFADevices.map(({ Method }) => Method).toSorted(),
    keys: AccessKeys.map(key => [
      key.Status,
      daysSince(key.CreateDate),
      daysSince(key.LastUsedDate),
    ]),
    password: daysSince(Password?.ChangeDate),
    isOverdue: Enrolment?.Demand === 'require',
  }))
  assert.deepEqual(seen, USERS.map(expected).toSorted(byName))
})

const METHODS = { app: 'totp', key: 'security-key', token: 'hardware-token' } as const

function expected({ userName, console, accessKeys = [], hired }: User) {
  return {
    UserName: userName,
    devices: (console?.devices ?? []).map(({ kind }) => METHODS[kind]).toSorted(),
    keys: accessKeys.map(({ made, used, isInactive }) => [
      isInactive ? 'Inactive' : 'Active',
      made,
      used === undefined ? undefined : Math.round(used),
    ]),
    password: console && (console.settled ?? hired),
    isOverdue: console?.devices.length === 0,
  }
}

const byName = (a: { UserName: string }, b: { UserName: string }) =>
  a.UserName.localeCompare(b.UserName)

const daysSince = (date: string | undefined) =>
  date === undefined ? undefined : Math.round((Date.now() - Date.parse(date)) / 86_400_000)

test('RequireMfa had a hole that was closed, TicketDesk has it still, and a boundary holds the contractor', async () => {
  const ana = await signedIn('ana', -1)
  const { UserDetailList = [], Policies = [] } =
    await ana.call<GetAccountAuthorizationDetailsResponse>('iam:GetAccountAuthorizationDetails')
  const findings = (name: string) =>
    Policies.find(({ PolicyName }) => PolicyName === name)?.PolicyVersionList?.map(
      ({ VersionId, IsDefaultVersion, Document = '' }) => [
        VersionId,
        IsDefaultVersion,
        lintPolicy(decodeURIComponent(Document), { kind: 'identity' }).some(
          ({ code }) => code === 'MFA001',
        ),
      ],
    )
  assert.deepEqual(findings('RequireMfa')?.toSorted(), [
    ['v1', false, true],
    ['v2', true, false],
  ])
  assert.deepEqual(findings('TicketDesk'), [['v1', true, true]])
  const jonas = UserDetailList.find(({ UserName }) => UserName === 'jonas')
  assert.equal(jonas?.PermissionsBoundary?.PermissionsBoundaryArn, CONTRACTOR_BOUNDARY)
})

function listed(name: string): Listed {
  const found = LISTED.find(person => person.name === name)
  assert.ok(found, `docs/demo.md does not list ${name}`)
  return found
}

/** @param steps more with each sign-in of one person: no code proves twice, however fast or slow the tests are */
async function signedIn(name: string, steps = 0): Promise<WebBrowser> {
  const browser = webBrowser(twinlock)
  await submitPassword(browser, listed(name))
  const { body, text } = await submitCode(browser, listed(name), steps)
  assert.equal(body.state, 'signed-in', text)
  return browser
}

for (const name of ['ana', 'ben', 'david', 'grace', 'jonas', 'kira', COMPANY.rootEmail]) {
  test(`${name} signs in with the listed password and a code of the listed seed`, async () => {
    await signedIn(name)
  })
}

for (const name of ['carla', 'liam']) {
  test(`${name} is asked for a key that nobody has`, async () => {
    const { body } = await submitPassword(webBrowser(twinlock), listed(name))
    assert.deepEqual([body.state, body.methods], ['mfa', ['security-key']])
  })
}

test('hugo, whose password is too old, must change it once his code is proved', async () => {
  const browser = webBrowser(twinlock)
  assert.equal((await submitPassword(browser, listed('hugo'))).body.state, 'mfa')
  assert.equal((await submitCode(browser, listed('hugo'))).body.state, 'change-password')
})

test('ines, who never signed in, must change the password that she was given, and then enrol', async () => {
  const browser = webBrowser(twinlock)
  const first = await submitPassword(browser, listed('ines'))
  assert.equal(first.body.state, 'change-password')
  const newPassword = 'Ines-two-locks-1'
  const { body } = await browser.post('/signin/api/change-password', { newPassword })
  assert.deepEqual(body, { state: 'enrol', required: true })
})

test('elena is offered resynchronization, is told how far her clock is off, and gets in', async () => {
  const browser = webBrowser(twinlock)
  const elena = listed('elena')
  const { body } = await submitPassword(browser, elena)
  for (const offerResync of [undefined, undefined, true]) {
    const refused = await submitCode(browser, elena)
    assert.deepEqual([refused.status, refused.body.offerResync], [401, offerResync])
  }
  const { body: resynced } = await browser.post('/signin/api/mfa/resync', {
    serialNumber: body.devices[0].serialNumber,
    code1: codeOf(elena, -1),
    code2: codeOf(elena),
  })
  assert.equal(resynced.resynced.inWords, 'about 5 minutes behind')
  assert.equal((await submitCode(browser, elena)).body.state, 'signed-in')
})

test('farid could put enrolment off, if the account only offered it', async () => {
  const ana = await signedIn('ana', 1)
  const setting = await ana.call<{ Mode: string; By: string }>('signin:GetMFARequirement')
  assert.equal(setting.Mode, 'require')
  assert.ok(Date.parse(setting.By) < Date.now())
  await ana.call('signin:PutMFARequirement', { Mode: 'prompt' })
  const { body } = await submitPassword(webBrowser(twinlock), listed('farid'))
  await ana.call('signin:PutMFARequirement', setting)
  assert.deepEqual(body, { state: 'enrol', required: false })
})

test('farid is overdue: he must enrol, and may do it with the spare token', async () => {
  const browser = webBrowser(twinlock)
  const { body } = await submitPassword(browser, listed('farid'))
  assert.deepEqual(body, { state: 'enrol', required: true })
  const spare = { ...listed('grace'), seed: seedOf('spare') }
  const enrolled = await browser.post('/signin/api/enrol/hardware-token', {
    serialNumber: 'TIDE-60099',
    code1: codeOf(spare, -1),
    code2: codeOf(spare),
  })
  assert.equal(enrolled.body.state, 'signed-in', enrolled.text)
})

test('no seed is planted in a device that somebody has', async () => {
  const seeds = new Map([['arn:aws:iam::111122223333:mfa/ben-phone', seedOf('eve')]])
  await assert.rejects(plantSeeds(configOf(), seeds, new Date()), /no unassigned device/)
})

test('only owners of an active access key have an AWS profile, and root has none', async () => {
  const profiles = await readFile(join(data, 'aws/credentials'), 'utf8')
  const names = [...profiles.matchAll(/^\[(.+)\]$/gm)].map(([, name]) => name)
  assert.deepEqual(
    new Set(names),
    new Set(['ana', 'ben', 'ci-deploy', 'liam', 'timetable-importer']),
  )
})

test('a second start finds the company as it was left', async () => {
  await twinlock[Symbol.asyncDispose]()
  const before = contents()
  const child = spawn(process.execPath, [DEMO, '--data', data, '--listen', '127.0.0.1:0'], {
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  const exited = once(child, 'exit')
  const said: string[] = []
  for await (const line of createInterface({ input: child.stdout })) {
    said.push(line)
    if (line.includes('Enter shows')) child.stdin.write('\n')
    if (/ben +\d{6} /.test(line)) child.kill('SIGTERM')
  }
  assert.deepEqual(await exited, [0, null])
  assert.match(said.join('\n'), /everybody knows its\npasswords and seeds/)
  assert.doesNotMatch(said.join('\n'), /Making/)
  assert.deepEqual(contents(), before)
})

const DEMO = join(import.meta.dirname, '../demo.ts')

/** What a start could change, and must not. */
function contents() {
  using database = new DatabaseSync(join(data, 'twinlock.sqlite'), { readOnly: true })
  return ['account', 'user', 'mfaDevice', 'loginProfile', 'accessKey'].map(table =>
    database.prepare(`select * from "${table}"`).all(),
  )
}
