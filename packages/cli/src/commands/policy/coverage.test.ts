import assert from 'node:assert/strict'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'node:test'
import { type World, newWorld } from '../../../test/world.ts'

const A = '123456789012'

const document = (...Statement: readonly object[]) => ({ Version: '2012-10-17', Statement })
const allow = (Action: string, more: object = {}) => ({
  Effect: 'Allow',
  Action,
  Resource: '*',
  ...more,
})
const DENY_WITHOUT_MFA = {
  Effect: 'Deny',
  NotAction: ['iam:CreateVirtualMFADevice', 'iam:EnableMFADevice'],
  Resource: '*',
  Condition: { BoolIfExists: { 'aws:MultiFactorAuthPresent': 'false' } },
}
const FRESH = { Condition: { NumericLessThan: { 'aws:MultiFactorAuthAge': '3600' } } }

const user = (UserName: string, ...statements: readonly object[]) => ({
  Path: '/',
  UserName,
  UserId: `AIDAEXAMPLEEXAMPLE${UserName.length}`,
  Arn: `arn:aws:iam::${A}:user/${UserName}`,
  UserPolicyList: [{ PolicyName: 'own', PolicyDocument: document(...statements) }],
})
const role = (RoleName: string, trust: object, ...statements: readonly object[]) => ({
  Path: '/',
  RoleName,
  RoleId: `AROAEXAMPLEEXAMPLE${RoleName.length}`,
  Arn: `arn:aws:iam::${A}:role/${RoleName}`,
  AssumeRolePolicyDocument: document({ Effect: 'Allow', Action: 'sts:AssumeRole', ...trust }),
  RolePolicyList: [{ PolicyName: 'own', PolicyDocument: document(...statements) }],
})

const DETAILS = {
  UserDetailList: [
    user('ana', allow('s3:*'), allow('ec2:*', FRESH), DENY_WITHOUT_MFA),
    user('ben', allow('sts:AssumeRole')),
  ],
  GroupDetailList: [],
  RoleDetailList: [
    role('open', { Principal: { AWS: A } }, allow('sqs:*')),
    role('guarded', { Principal: { AWS: A }, ...FRESH }, allow('sns:*')),
  ],
  Policies: [],
}

async function json(world: World, name: string, value: object) {
  const path = join(world.home, name)
  await writeFile(path, JSON.stringify(value))
  return path
}

const coverage = (world: World, ...args: readonly string[]) =>
  world.twinlock(['policy', 'coverage', ...args])

test('the services of one principal are counted by class', async () => {
  await using world = await newWorld()
  const details = await json(world, 'details.json', DETAILS)
  const ask = ['--account-details', details, '--principal', 'ana', '--service', 's3', 'ec2', 'iam']
  const { status, stdout, stderr } = await coverage(world, ...ask)
  assert.deepEqual([status, stderr], [0, ''])
  assert.match(stdout, /^SERVICE +WITHOUT MFA +WITH MFA +FRESH MFA +NEVER\n/)
  assert.match(stdout, /^s3 +0 +[1-9]\d+ +0 +0$/m)
  assert.match(stdout, /^ec2 +0 +0 +[1-9]\d+ +0$/m)
  assert.match(stdout, /^iam +0 +0 +0 +[1-9]\d+$/m)
})

test('services of one class are counted together', async () => {
  await using world = await newWorld()
  const work = await json(world, 'work.json', document(allow('s3:*'), allow('iam:GetUser')))
  const { stdout } = await coverage(world, '--policy', work)
  assert.match(stdout, /^iam +1 +0 +0 +\d+$/m)
  assert.match(stdout, /^one whole service +[1-9]\d+ +0 +0 +0$/m)
  assert.match(stdout, /^4\d\d whole services +0 +0 +0 +2\d{4}$/m)
  for (const line of stdout.split('\n')) assert.ok(line.length <= 80)
})

test('--only lists the actions of a class, a whole service as one', async () => {
  await using world = await newWorld()
  const work = await json(world, 'work.json', document(allow('s3:*'), allow('iam:GetUser')))
  const mfa = await json(world, 'mfa.json', document(DENY_WITHOUT_MFA))
  const ask = ['--policy', work, mfa, '--service', 's3', 'iam', '--only']
  assert.equal((await coverage(world, ...ask, 'with-mfa')).stdout, 's3:*\niam:GetUser\n')
  assert.equal((await coverage(world, ...ask, 'without-mfa')).stdout, '')
})

test('roles that open without MFA are told, and what they add', async () => {
  await using world = await newWorld()
  const details = await json(world, 'details.json', DETAILS)
  const { stdout } = await coverage(world, '--account-details', details, '--all')
  assert.match(stdout, /^user\/ana +\d+ +\d+ +\d+ +\d+$/m)
  assert.match(stdout, /^user\/ben +\d+ +\+\d+ +0 +0 +\d+$/m)
  assert.match(stdout, /^Roles that can be assumed without MFA:\n {2}role\/open: by user\/ben\n/m)
  assert.doesNotMatch(stdout, /role\/guarded: by/)
  assert.match(stdout, /^Sessions of a role have no MFA/m)
})

test('what only a role gives is listed apart', async () => {
  await using world = await newWorld()
  const details = await json(world, 'details.json', DETAILS)
  const ask = [
    '--account-details',
    details,
    '--service',
    'sqs',
    'sns',
    's3',
    '--only',
    'without-mfa',
  ]
  const one = await coverage(world, ...ask, '--principal', 'ben')
  assert.equal(one.stdout, 'through roles:\nsqs:*\n')
  const all = await coverage(world, ...ask, '--all')
  assert.match(all.stdout, /^user\/ben\n {2}sqs:\* \(through roles\)\n/m)
  assert.doesNotMatch(all.stdout, /user\/ana/)
})

test('JSON has counts, actions and roles', async () => {
  await using world = await newWorld()
  const details = await json(world, 'details.json', DETAILS)
  const ask = ['--account-details', details, '--service', 'sqs', 'sns', '--json']
  const { stdout } = await coverage(world, ...ask, '--principal', 'ben')
  const { staleAfterSeconds, principals } = JSON.parse(stdout)
  assert.equal(staleAfterSeconds, 43_200)
  assert.equal(principals.length, 1)
  const [{ principal, own, withRoles, roles }] = principals
  assert.equal(principal, `arn:aws:iam::${A}:user/ben`)
  assert.equal(own.counts.withoutMfa, 0)
  assert.deepEqual(withRoles.actions, {
    withoutMfa: ['sqs:*'],
    withMfa: [],
    withFreshMfa: ['sns:*'],
  })
  assert.deepEqual(
    roles.map(({ arn, need }: { arn: string; need: string }) => [arn.split('/')[1], need]),
    [
      ['open', 'withoutMfa'],
      ['guarded', 'withFreshMfa'],
    ],
  )
  const all = JSON.parse((await coverage(world, ...ask, '--all')).stdout)
  assert.equal(all.principals.length, 4)
})

test('a trust policy from before AWS asked for a scope is looked at as it is', async () => {
  await using world = await newWorld()
  const github = 'token.actions.githubusercontent.com'
  const [role] = DETAILS.RoleDetailList
  const old = {
    ...role,
    RoleName: 'old',
    Arn: 'arn:aws:iam::123456789012:role/old',
    AssumeRolePolicyDocument: document({
      Effect: 'Allow',
      Principal: { Federated: `arn:aws:iam::123456789012:oidc-provider/${github}` },
      Action: 'sts:AssumeRoleWithWebIdentity',
      Condition: { StringEquals: { [`${github}:aud`]: 'sts.amazonaws.com' } },
    }),
  }
  const details = await json(world, 'details.json', { ...DETAILS, RoleDetailList: [old] })
  const { status, stdout } = await coverage(world, '--account-details', details, '--all')
  assert.equal(status, 0)
  assert.match(stdout, /^role\/old /m)
})

test('a principal whose policies can not be read is left out, loudly', async () => {
  await using world = await newWorld()
  const broken = {
    ...DETAILS,
    UserDetailList: [...DETAILS.UserDetailList, user('eve', allow('s3'))],
  }
  const details = await json(world, 'details.json', broken)
  const { status, stdout, stderr } = await coverage(world, '--account-details', details, '--all')
  assert.equal(status, 1)
  assert.match(stdout, /^user\/ana /m)
  assert.match(
    stderr,
    /^arn:aws:iam::123456789012:user\/eve was left out: user\/eve\/own:\d+:\d+: /,
  )
  assert.match(stderr, /\ntwinlock: not everybody could be looked at\.\n$/)
})

for (const { reason, args, says } of [
  { reason: 'nobody', args: [], says: /--principal, --all/ },
  { reason: 'all and one', args: ['--all', '--principal', 'ana'], says: /leave out/ },
  { reason: 'an unknown class', args: ['--all', '--only', 'mfa'], says: /`mfa`/ },
  { reason: 'an unknown service', args: ['--all', '--service', 's4'], says: /`s4`/ },
]) {
  test(`${reason} is typed wrongly`, async () => {
    await using world = await newWorld()
    const { status, stderr } = await coverage(world, ...args)
    assert.equal(status, 2)
    assert.match(stderr, says)
  })
}

test('of everybody, all actions are a word and not a number', async () => {
  await using world = await newWorld()
  const people = [user('ana', allow('*')), user('nobody', allow('sts:GetCallerIdentity'))]
  const details = await json(world, 'details.json', { ...DETAILS, UserDetailList: people })
  const ask = ['--account-details', details, '--all', '--service', 's3', 'iam']
  const { stdout } = await coverage(world, ...ask)
  assert.match(stdout, /^user\/ana +all +0 +0 +0$/m)
  assert.match(stdout, /^user\/nobody +0 +0 +0 +all$/m)
})
