// Inline policies of users, groups and roles, as the AWS SDK sees them.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { IAMClient } from '@aws-sdk/client-iam'
import {
  CreateGroupCommand,
  CreateUserCommand,
  DeleteGroupPolicyCommand,
  DeleteRolePolicyCommand,
  DeleteUserPolicyCommand,
  GetGroupPolicyCommand,
  GetRolePolicyCommand,
  GetUserPolicyCommand,
  ListGroupPoliciesCommand,
  ListRolePoliciesCommand,
  ListUserPoliciesCommand,
  ListUsersCommand,
  PutGroupPolicyCommand,
  PutRolePolicyCommand,
  PutUserPolicyCommand,
} from '@aws-sdk/client-iam'
import { onEveryEngine } from '../src/store/every-engine.ts'
import { allow, deny, newRole, newUser, policy, trust } from './people.ts'
import type { TestTwinlock } from './twinlock.ts'
import { startTwinlock } from './twinlock.ts'

type Page = { readonly MaxItems?: number; readonly Marker?: string }

/** The operations on inline policies, of each kind of identity. */
const identities = (iam: IAMClient) => [
  {
    kind: 'user',
    quota: 2048,
    put: (UserName: string, PolicyName: string, PolicyDocument: string) =>
      iam.send(new PutUserPolicyCommand({ UserName, PolicyName, PolicyDocument })),
    get: (UserName: string, PolicyName: string) =>
      iam.send(new GetUserPolicyCommand({ UserName, PolicyName })),
    list: (UserName: string, page: Page = {}) =>
      iam.send(new ListUserPoliciesCommand({ UserName, ...page })),
    remove: (UserName: string, PolicyName: string) =>
      iam.send(new DeleteUserPolicyCommand({ UserName, PolicyName })),
  },
  {
    kind: 'group',
    quota: 5120,
    put: (GroupName: string, PolicyName: string, PolicyDocument: string) =>
      iam.send(new PutGroupPolicyCommand({ GroupName, PolicyName, PolicyDocument })),
    get: (GroupName: string, PolicyName: string) =>
      iam.send(new GetGroupPolicyCommand({ GroupName, PolicyName })),
    list: (GroupName: string, page: Page = {}) =>
      iam.send(new ListGroupPoliciesCommand({ GroupName, ...page })),
    remove: (GroupName: string, PolicyName: string) =>
      iam.send(new DeleteGroupPolicyCommand({ GroupName, PolicyName })),
  },
  {
    kind: 'role',
    quota: 10_240,
    put: (RoleName: string, PolicyName: string, PolicyDocument: string) =>
      iam.send(new PutRolePolicyCommand({ RoleName, PolicyName, PolicyDocument })),
    get: (RoleName: string, PolicyName: string) =>
      iam.send(new GetRolePolicyCommand({ RoleName, PolicyName })),
    list: (RoleName: string, page: Page = {}) =>
      iam.send(new ListRolePoliciesCommand({ RoleName, ...page })),
    remove: (RoleName: string, PolicyName: string) =>
      iam.send(new DeleteRolePolicyCommand({ RoleName, PolicyName })),
  },
]

/** A user, a group and a role of one name. */
async function newIdentities(twinlock: TestTwinlock, name: string) {
  const iam = twinlock.iam()
  await iam.send(new CreateUserCommand({ UserName: name }))
  await iam.send(new CreateGroupCommand({ GroupName: name }))
  const AssumeRolePolicyDocument = policy(trust(twinlock.account))
  await newRole(twinlock, { RoleName: name, AssumeRolePolicyDocument })
  return identities(iam)
}

/** A document of exactly so many characters that count. */
function ofSize(size: number): string {
  const shortest = policy(allow('s3:')).length
  return policy(allow(`s3:${'a'.repeat(size - shortest)}`))
}

const READ = policy(allow('s3:GetObject'))
const WRITE = `{ "Version": "2012-10-17",\n\t"Statement": [${JSON.stringify(allow('s3:PutObject'))}] }`

onEveryEngine('Inline policies', newDatabase => {
  test('a policy is answered as it was given, under the name that was asked for', async () => {
    await using twinlock = await startTwinlock({ database: await newDatabase() })
    for (const { kind, put, get, list, remove } of await newIdentities(twinlock, 'Ana')) {
      await put('ana', 'MixedName', READ)
      await put('ANA', 'mixedname', WRITE)
      assert.deepEqual((await list('ana')).PolicyNames, ['MixedName'], 'the first spelling stays')

      const { $metadata, ...found } = await get('ana', 'MIXEDNAME')
      assert.equal($metadata.httpStatusCode, 200)
      const owner = `${kind.charAt(0).toUpperCase()}${kind.slice(1)}Name`
      assert.deepEqual(
        { ...found, PolicyDocument: decodeURIComponent(found.PolicyDocument ?? '') },
        { [owner]: 'Ana', PolicyName: 'MIXEDNAME', PolicyDocument: WRITE },
      )
      await remove('ana', 'mIxEdNaMe')
      assert.deepEqual((await list('ana')).PolicyNames, [])
    }
  })

  test('what is not there is told by its name', async () => {
    await using twinlock = await startTwinlock({ database: await newDatabase() })
    for (const { kind, put, get, list, remove } of await newIdentities(twinlock, 'x')) {
      const noPolicy = {
        name: 'NoSuchEntityException',
        message: `The ${kind} policy with name None cannot be found.`,
      }
      await assert.rejects(get('x', 'None'), noPolicy)
      await assert.rejects(remove('x', 'None'), noPolicy)

      const nobody = {
        name: 'NoSuchEntityException',
        message: `The ${kind} with name nobody cannot be found.`,
      }
      await assert.rejects(put('nobody', 'p', READ), nobody)
      await assert.rejects(get('nobody', 'p'), nobody)
      await assert.rejects(list('nobody'), nobody)
      await assert.rejects(remove('nobody', 'p'), nobody)
    }
  })

  test('names are listed in order, page by page', async () => {
    await using twinlock = await startTwinlock({ database: await newDatabase() })
    for (const { put, list } of await newIdentities(twinlock, 'x')) {
      for (const name of ['c', 'B', 'a']) await put('x', name, READ)
      const first = await list('x', { MaxItems: 2 })
      assert.deepEqual(first.PolicyNames, ['a', 'B'])
      assert.equal(first.IsTruncated, true)
      const rest = await list('x', { Marker: first.Marker ?? '' })
      assert.deepEqual(rest.PolicyNames, ['c'])
      assert.equal(rest.IsTruncated, false)
      assert.equal(rest.Marker, undefined)
    }
  })

  test('all policies of an identity count together, without white space', async () => {
    await using twinlock = await startTwinlock({ database: await newDatabase() })
    for (const { kind, quota, put, remove } of await newIdentities(twinlock, 'x')) {
      const tooMuch = {
        name: 'LimitExceededException',
        message: `Maximum policy size of ${quota} bytes exceeded for ${kind} x`,
      }
      await assert.rejects(put('x', 'a', ofSize(quota + 1)), tooMuch)
      await put('x', 'a', ofSize(quota - 200).replaceAll(',', ', \n\t'))
      await put('x', 'b', ofSize(200))
      await assert.rejects(put('x', 'c', ofSize(100)), tooMuch)
      await assert.rejects(put('x', 'B', ofSize(201)), tooMuch)
      await put('x', 'B', ofSize(199))
      await put('x', 'A', ofSize(quota - 199))
      await remove('x', 'a')
      await put('x', 'c', ofSize(100))
    }
  })

  test('a document that AWS refuses is refused; it may be of the older version', async () => {
    await using twinlock = await startTwinlock({ database: await newDatabase() })
    for (const { put, list } of await newIdentities(twinlock, 'x')) {
      await assert.rejects(put('x', 'p', 'not json'), {
        name: 'MalformedPolicyDocumentException',
        message: 'Syntax errors in policy.',
      })
      await assert.rejects(put('x', 'p', policy(allow('s3:*', { Principal: '*' }))), {
        name: 'MalformedPolicyDocumentException',
        message: 'Policy document should not specify a principal.',
      })
      assert.deepEqual((await list('x')).PolicyNames, [])
      await put('x', 'p', JSON.stringify({ Version: '2008-10-17', Statement: [allow('s3:*')] }))
      await put('x', 'q', JSON.stringify({ Statement: allow('s3:*') }))
    }
  })

  test('a policy speaks from the moment it is put, and no longer than it is there', async () => {
    await using twinlock = await startTwinlock({ database: await newDatabase() })
    const iam = twinlock.iam()
    const ana = await newUser(twinlock, 'ana')
    const asAna = twinlock.iam(ana)
    const put = (PolicyName: string, PolicyDocument: string) =>
      iam.send(new PutUserPolicyCommand({ UserName: 'ana', PolicyName, PolicyDocument }))
    const remove = (PolicyName: string) =>
      iam.send(new DeleteUserPolicyCommand({ UserName: 'ana', PolicyName }))

    await assert.rejects(asAna.send(new ListUsersCommand({})), { name: 'AccessDenied' })
    await put('p', policy(allow('iam:ListUsers')))
    await asAna.send(new ListUsersCommand({}))
    await put('q', policy(deny('iam:List*')))
    await assert.rejects(asAna.send(new ListUsersCommand({})), {
      name: 'AccessDenied',
      message: /with an explicit deny in an identity-based policy$/,
    })
    await remove('q')
    await asAna.send(new ListUsersCommand({}))
    await put('P', READ)
    await assert.rejects(asAna.send(new ListUsersCommand({})), { name: 'AccessDenied' })
  })

  test('who may not is told so, whether or not the identity exists', async () => {
    await using twinlock = await startTwinlock({ database: await newDatabase() })
    await newIdentities(twinlock, 'x')
    const mallory = await newUser(twinlock, 'mallory')
    for (const { kind, put, get, list, remove } of identities(twinlock.iam(mallory))) {
      const noun = `${kind.charAt(0).toUpperCase()}${kind.slice(1)}`
      const denied = (action: string, name: string) => ({
        name: 'AccessDenied',
        message: `User: ${mallory.Arn} is not authorized to perform: iam:${action} on resource: ${kind} ${name} because no identity-based policy allows the iam:${action} action`,
      })
      for (const name of ['x', 'nobody']) {
        await assert.rejects(put(name, 'p', READ), denied(`Put${noun}Policy`, name))
        await assert.rejects(get(name, 'p'), denied(`Get${noun}Policy`, name))
        await assert.rejects(list(name), denied(`List${noun}Policies`, name))
        await assert.rejects(remove(name, 'p'), denied(`Delete${noun}Policy`, name))
      }
    }
  })
})
