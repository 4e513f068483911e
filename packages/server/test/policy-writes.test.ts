// Every write of a policy document, with the vectors of vectors/policy: what AWS would refuse is refused in its words and never
// gets into the store, what AWS takes is answered as it was given.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import type { IAMClient } from '@aws-sdk/client-iam'
import {
  CreatePolicyCommand,
  CreatePolicyVersionCommand,
  CreateRoleCommand,
  CreateUserCommand,
  DeleteRoleCommand,
  DeleteUserPolicyCommand,
  GetRoleCommand,
  GetUserPolicyCommand,
  ListPoliciesCommand,
  ListPolicyVersionsCommand,
  ListRolesCommand,
  ListUserPoliciesCommand,
  PutGroupPolicyCommand,
  PutRolePolicyCommand,
  PutUserPolicyCommand,
  CreateGroupCommand,
  UpdateAssumeRolePolicyCommand,
} from '@aws-sdk/client-iam'
import { AssumeRoleCommand } from '@aws-sdk/client-sts'
import { allow, newRole, newUser, policy, trust } from './people.ts'
import { startTwinlock } from './twinlock.ts'

type DocumentCase = {
  readonly title: string
  readonly kind: string
  readonly managed?: boolean
  readonly document?: object
  readonly text?: string
  readonly message?: string
}

function documents(file: string, kind: string): readonly DocumentCase[] {
  const url = new URL(`../../../vectors/policy/${file}`, import.meta.url)
  const { cases }: { readonly cases: readonly DocumentCase[] } = JSON.parse(
    readFileSync(url, 'utf8'),
  )
  return cases.filter(one => one.kind === kind)
}

const textOf = ({ text, document }: DocumentCase) => text ?? JSON.stringify(document)

/** What the parameter itself may hold; the rest is refused before it is read as a policy. */
const isParameter = (text: string) => /^[\t\n\r\u0020-\u00ff]+$/.test(text)

/** That the write does what the vector says of its document. */
async function check(one: DocumentCase, write: () => Promise<unknown>): Promise<boolean> {
  if (!isParameter(textOf(one))) {
    await assert.rejects(write(), { name: 'ValidationError' }, one.title)
    return false
  }
  if (one.message === undefined) {
    await write()
    return true
  }
  const refused = { name: 'MalformedPolicyDocumentException', message: one.message }
  await assert.rejects(write(), refused, one.title)
  return false
}

const trustee = policy({
  Effect: 'Allow',
  Principal: { Service: 'ec2.amazonaws.com' },
  Action: 'sts:AssumeRole',
})

test('PutUserPolicy stores what IAM stores, as it was given, and nothing else', async () => {
  await using twinlock = await startTwinlock()
  const iam = twinlock.iam()
  const named = { UserName: 'ana', PolicyName: 'p' }
  await iam.send(new CreateUserCommand({ UserName: 'ana' }))
  for (const one of documents('documents.json', 'identity')) {
    if (one.managed === true) continue
    const PolicyDocument = textOf(one)
    const write = () => iam.send(new PutUserPolicyCommand({ ...named, PolicyDocument }))
    if (await check(one, write)) {
      const stored = await iam.send(new GetUserPolicyCommand(named))
      assert.equal(decodeURIComponent(stored.PolicyDocument ?? ''), PolicyDocument, one.title)
      await iam.send(new DeleteUserPolicyCommand(named))
    }
  }
  const { PolicyNames } = await iam.send(new ListUserPoliciesCommand({ UserName: 'ana' }))
  assert.deepEqual(PolicyNames, [])
})

test('PutGroupPolicy and PutRolePolicy refuse what PutUserPolicy refuses', async () => {
  await using twinlock = await startTwinlock()
  const iam = twinlock.iam()
  await iam.send(new CreateGroupCommand({ GroupName: 'team' }))
  await iam.send(new CreateRoleCommand({ RoleName: 'app', AssumeRolePolicyDocument: trustee }))
  const refused = documents('documents.json', 'identity').filter(
    ({ message, managed }) => message !== undefined && managed !== true,
  )
  for (const one of refused.filter((_, index) => index % 5 === 0)) {
    const written = { PolicyName: 'p', PolicyDocument: textOf(one) }
    await check(one, () => iam.send(new PutGroupPolicyCommand({ GroupName: 'team', ...written })))
    await check(one, () => iam.send(new PutRolePolicyCommand({ RoleName: 'app', ...written })))
  }
})

test('CreatePolicy and CreatePolicyVersion want the Version of 2012, and refuse the rest alike', async () => {
  await using twinlock = await startTwinlock()
  const iam = twinlock.iam()
  const { Policy } = await iam.send(
    new CreatePolicyCommand({ PolicyName: 'first', PolicyDocument: policy(allow('s3:*')) }),
  )
  const cases = documents('documents.json', 'identity')
  const refused = cases.filter(({ message }) => message !== undefined)
  for (const one of [...cases.filter(({ managed }) => managed), ...refused.slice(0, 40)]) {
    if (one.message === undefined) continue
    const PolicyDocument = textOf(one)
    await check(one, () => createPolicy(iam, PolicyDocument))
    await check(one, () =>
      iam.send(new CreatePolicyVersionCommand({ PolicyArn: Policy?.Arn, PolicyDocument })),
    )
  }
  const { Policies = [] } = await iam.send(new ListPoliciesCommand({ Scope: 'Local' }))
  assert.deepEqual(
    Policies.map(({ PolicyName }) => PolicyName),
    ['first'],
  )
  const { Versions } = await iam.send(new ListPolicyVersionsCommand({ PolicyArn: Policy?.Arn }))
  assert.equal(Versions?.length, 1)
})

const createPolicy = (iam: IAMClient, PolicyDocument: string) =>
  iam.send(new CreatePolicyCommand({ PolicyName: 'second', PolicyDocument }))

test('CreateRole and UpdateAssumeRolePolicy store what IAM stores, as it was given, and nothing else', async () => {
  await using twinlock = await startTwinlock()
  const iam = twinlock.iam()
  await iam.send(new CreateUserCommand({ UserName: 'b', Path: '/a/' }))
  await iam.send(new CreateRoleCommand({ RoleName: 'r', AssumeRolePolicyDocument: trustee }))
  for (const one of documents('trust-documents.json', 'trust')) {
    // A principal that nobody can have is the account's question, not the document's.
    if (textOf(one).includes('AIDAEXAMPLE')) continue
    const text = textOf(one)
    const RoleName = 'new'
    const create = () =>
      iam.send(new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument: text }))
    if (await check(one, create)) {
      const { Role } = await iam.send(new GetRoleCommand({ RoleName }))
      assert.equal(decodeURIComponent(Role?.AssumeRolePolicyDocument ?? ''), text, one.title)
      await iam.send(new DeleteRoleCommand({ RoleName }))
    } else {
      await check(one, () =>
        iam.send(new UpdateAssumeRolePolicyCommand({ RoleName: 'r', PolicyDocument: text })),
      )
    }
  }
  const { Roles = [] } = await iam.send(new ListRolesCommand())
  assert.deepEqual(
    Roles.map(({ AssumeRolePolicyDocument = '' }) => decodeURIComponent(AssumeRolePolicyDocument)),
    [trustee],
  )
})

test('AssumeRole takes the session policies that STS takes', async () => {
  await using twinlock = await startTwinlock()
  const ana = await newUser(twinlock, 'ana')
  const { Arn: RoleArn } = await newRole(twinlock, {
    RoleName: 'admin',
    AssumeRolePolicyDocument: policy(trust(ana.Arn)),
  })
  const sts = twinlock.sts(ana)
  for (const one of documents('documents.json', 'session')) {
    const input = { RoleArn, RoleSessionName: 'test', Policy: textOf(one) }
    await check(one, () => sts.send(new AssumeRoleCommand(input)))
  }
})

test('a session policy that is too large is refused for its size, whatever it says', async () => {
  await using twinlock = await startTwinlock()
  const ana = await newUser(twinlock, 'ana')
  const { Arn: RoleArn } = await newRole(twinlock, {
    RoleName: 'admin',
    AssumeRolePolicyDocument: policy(trust(ana.Arn)),
  })
  const assume = (Policy: string) =>
    twinlock.sts(ana).send(new AssumeRoleCommand({ RoleArn, RoleSessionName: 'test', Policy }))
  const fits = policy(allow('s3:*'))
  const { PackedPolicySize } = await assume(fits + ' '.repeat(2048 - fits.length))
  assert.equal(PackedPolicySize, 100)
  for (const tooLarge of [fits + ' '.repeat(2049 - fits.length), '{'.repeat(300_000)]) {
    await assert.rejects(assume(tooLarge), { name: 'PackedPolicyTooLargeException' })
  }
})

test('a document is one of 131,072 characters at most, from U+0020 to U+00FF and with line breaks', async () => {
  await using twinlock = await startTwinlock()
  const iam = twinlock.iam()
  await iam.send(new CreateUserCommand({ UserName: 'ana' }))
  const document = policy(allow('s3:*'))
  for (const text of [
    document + ' '.repeat(131_073 - document.length),
    document.replace('s3:*', 's3:\u0100'),
    `\uFEFF${document}`,
    `${document}\u0001`,
  ]) {
    for (const write of [
      () => createPolicy(iam, text),
      () =>
        iam.send(
          new PutUserPolicyCommand({ UserName: 'ana', PolicyName: 'p', PolicyDocument: text }),
        ),
      () => iam.send(new CreateRoleCommand({ RoleName: 'r', AssumeRolePolicyDocument: text })),
    ]) {
      await assert.rejects(write(), (error: Error) => {
        assert.equal(error.name, 'ValidationError')
        return /failed to satisfy constraint|policyDocument|assumeRolePolicyDocument/i.test(
          error.message,
        )
      })
    }
  }
  await createPolicy(iam, document + ' '.repeat(131_072 - document.length))
})
