// The policies of a real account, read from a service that runs, by its endpoint and by what the AWS CLI prints of it.
import assert from 'node:assert/strict'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import {
  AddUserToGroupCommand,
  AttachUserPolicyCommand,
  CreateGroupCommand,
  CreateRoleCommand,
  CreateUserCommand,
  GetAccountAuthorizationDetailsCommand,
  IAMClient,
  PutGroupPolicyCommand,
  PutUserPolicyCommand,
} from '@aws-sdk/client-iam'
import { fromIni } from '@aws-sdk/credential-providers'
import { startService, temporaryHome, twinlock } from '../../../test/twinlock-process.ts'

const home = await temporaryHome()
let service: Awaited<ReturnType<typeof startService>>

const document = (...Statement: readonly object[]) =>
  JSON.stringify({ Version: '2012-10-17', Statement })
const DENY_WITHOUT_MFA = {
  Sid: 'DenyWithoutMFA',
  Effect: 'Deny',
  NotAction: 'iam:EnableMFADevice',
  Resource: '*',
  Condition: { BoolIfExists: { 'aws:MultiFactorAuthPresent': 'false' } },
}

before(async () => {
  service = await startService(home.path)
  const { AWS_SHARED_CREDENTIALS_FILE: filepath, AWS_CONFIG_FILE: configFilepath } = service.env
  const iam = new IAMClient({
    region: 'us-east-1',
    endpoint: service.endpoint,
    credentials: fromIni({ profile: 'root', filepath, configFilepath }),
  })
  const { User } = await iam.send(new CreateUserCommand({ UserName: 'ana', Path: '/eng/' }))
  await iam.send(
    new AttachUserPolicyCommand({
      UserName: 'ana',
      PolicyArn: 'arn:aws:iam::aws:policy/AdministratorAccess',
    }),
  )
  await iam.send(new CreateGroupCommand({ GroupName: 'people' }))
  await iam.send(new AddUserToGroupCommand({ GroupName: 'people', UserName: 'ana' }))
  await iam.send(
    new PutGroupPolicyCommand({
      GroupName: 'people',
      PolicyName: 'mfa',
      PolicyDocument: document(DENY_WITHOUT_MFA),
    }),
  )
  // More than one page of a hundred entries.
  for (let number = 0; number < 110; number++) {
    await iam.send(new CreateUserCommand({ UserName: `user-${number}` }))
  }
  await iam.send(
    new PutUserPolicyCommand({
      UserName: 'user-109',
      PolicyName: 'own',
      PolicyDocument: document({
        Effect: 'Allow',
        Action: 's3:*',
        Resource: 'arn:aws:s3:::${aws:username}/*',
      }),
    }),
  )
  for (const [RoleName, Condition] of [
    ['open', {}],
    ['guarded', { NumericLessThan: { 'aws:MultiFactorAuthAge': '3600' } }],
  ] as const) {
    await iam.send(
      new CreateRoleCommand({
        RoleName,
        AssumeRolePolicyDocument: document({
          Effect: 'Allow',
          Principal: { AWS: User?.Arn },
          Action: 'sts:AssumeRole',
          Condition,
        }),
      }),
    )
  }
  const details = await iam.send(new GetAccountAuthorizationDetailsCommand({ MaxItems: 1000 }))
  await writeFile(detailsFile, JSON.stringify(details))
  iam.destroy()
})

after(async () => {
  assert.equal(await service.stop(), 0)
  await home.remove()
})

const detailsFile = join(home.path, 'details.json')

async function simulate(...args: readonly string[]) {
  const { env } = service
  const asked = ['policy', 'simulate', '--json', ...args]
  const live = await twinlock(home.path, [...asked, '--profile', 'root'], { env })
  const offline = await twinlock(home.path, [...asked, '--account-details', detailsFile])
  assert.deepEqual([live.status, live.stderr, offline.status], [0, '', 0])
  const results = (stdout: string) =>
    // The two runs are not of the same second.
    JSON.parse(stdout).results.map((result: object) => ({ ...result, context: undefined }))
  assert.deepEqual(results(live.stdout), results(offline.stdout))
  return results(live.stdout)
}

const decisions = (result: Record<string, { readonly decision: string }>) =>
  ['longTermKey', 'noMfaSession', 'freshMfa', 'staleMfa'].map(state => result[state]?.decision)

test('the policies of a user and of its groups speak together', async () => {
  const [result] = await simulate('--principal', 'ana', '--action', 'iam:CreateUser')
  assert.deepEqual(decisions(result), ['explicitDeny', 'explicitDeny', 'allowed', 'allowed'])
  assert.equal(result.longTermKey.matchedStatements[0].source.name, 'group/people/mfa')
  assert.equal(
    result.freshMfa.matchedStatements[0].source.arn,
    'arn:aws:iam::aws:policy/AdministratorAccess',
  )
})

test('a user of the second page is found, and its name is in its variables', async () => {
  const ask = ['--principal', 'user-109', '--action', 's3:GetObject', '--resource']
  const [own] = await simulate(...ask, 'arn:aws:s3:::user-109/k')
  assert.equal(own.longTermKey.decision, 'allowed')
  const [other] = await simulate(...ask, 'arn:aws:s3:::user-1/k')
  assert.equal(other.longTermKey.decision, 'implicitDeny')
})

test('assuming every role of the account: the trust policies decide', async () => {
  const results = await simulate('--principal', 'ana', '--action', 'sts:AssumeRole')
  const byRole = new Map(
    results.map((result: { resource: string }) => [result.resource.split('/').at(-1), result]),
  )
  const role = (name: string) => decisions(byRole.get(name) as never)
  const denied = 'explicitDeny'
  assert.deepEqual(role('open'), [denied, denied, 'allowed', 'allowed'])
  assert.deepEqual(role('guarded'), [denied, denied, 'allowed', 'implicitDeny'])
})

test('what people do to their own user and devices is asked of those, unless a resource is named', async () => {
  const actions = ['iam:EnableMFADevice', 'iam:CreateVirtualMFADevice', 'iam:CreateUser']
  const ask = ['--principal', 'ana', '--action', ...actions]
  const asked = (results: readonly { readonly resource: string }[]) =>
    results.map(({ resource }) => resource.split(':').at(-1))
  assert.deepEqual(asked(await simulate(...ask)), ['user/eng/ana', 'mfa/ana', '*'])
  assert.deepEqual(asked(await simulate(...ask, '--resource', '*')), ['*', '*', '*'])
  const ofRole = ['--principal', 'guarded', '--action', 'iam:EnableMFADevice']
  assert.deepEqual(asked(await simulate(...ofRole)), ['*'])
})

test('tomorrow’s policy is tried on today’s user', async () => {
  const tomorrow = join(home.path, 'tomorrow.json')
  await writeFile(tomorrow, document({ ...DENY_WITHOUT_MFA, NotAction: 's3:Get*' }))
  const ask = ['--principal', 'user-109', '--action', 's3:PutObject', '--policy', tomorrow]
  const [result] = await simulate(...ask, '--resource', 'arn:aws:s3:::user-109/k')
  assert.deepEqual(decisions(result), ['explicitDeny', 'explicitDeny', 'allowed', 'allowed'])
})

test('a principal that the account does not have is told in a sentence', async () => {
  const ask = ['policy', 'simulate', '--action', 's3:Get*', '--account-details', detailsFile]
  const { status, stderr } = await twinlock(home.path, [...ask, '--principal', 'nobody'])
  assert.equal(status, 1)
  assert.equal(stderr, 'twinlock: the account has no user or role `nobody`.\n')
})

test('a file of another kind is told in a sentence', async () => {
  const other = join(home.path, 'other.json')
  const ask = ['policy', 'simulate', '--action', 's3:Get*', '--principal', 'ana']
  for (const [text, says] of [
    ['{}', /it has no UserDetailList/],
    ['{', /is not JSON/],
  ] as const) {
    await writeFile(other, text)
    const { status, stderr } = await twinlock(home.path, [...ask, '--account-details', other])
    assert.equal(status, 1)
    assert.match(stderr, says)
  }
})
