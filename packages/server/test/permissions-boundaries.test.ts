// Permissions boundaries of users and roles, as the AWS SDK sees them.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  CreateUserCommand,
  DeleteRolePermissionsBoundaryCommand,
  DeleteUserPermissionsBoundaryCommand,
  DeleteUserPolicyCommand,
  GetUserCommand,
  GetUserPolicyCommand,
  ListUsersCommand,
  PutRolePermissionsBoundaryCommand,
  PutUserPermissionsBoundaryCommand,
  PutUserPolicyCommand,
} from '@aws-sdk/client-iam'
import { onEveryEngine } from '../src/store/every-engine.ts'
import {
  ACCOUNT,
  createPolicy,
  FOREIGN,
  LIST_BUCKETS,
  MISSING,
  READ_ONLY,
} from './managed-policies.ts'
import { allow, newRole, newUser, policy, trust } from './people.ts'
import { startTwinlock } from './twinlock.ts'

onEveryEngine('Permissions boundaries', newDatabase => {
  test('iam:PermissionsBoundary is a key where policies are changed, and of no other action', async () => {
    await using twinlock = await startTwinlock({ database: await newDatabase() })
    const root = twinlock.iam()
    const PermissionsBoundary = await createPolicy(root, 'limit', policy(allow('s3:*')))
    const bounded = { ArnEquals: { 'iam:PermissionsBoundary': PermissionsBoundary } }
    const deputy = await newUser(twinlock, 'deputy', allow('iam:*', { Condition: bounded }))
    const iam = twinlock.iam(deputy)
    const UserName = 'ana'
    await iam.send(new CreateUserCommand({ UserName, PermissionsBoundary }))
    const own = { UserName, PolicyName: 'own' }
    await iam.send(new PutUserPolicyCommand({ ...own, PolicyDocument: LIST_BUCKETS }))
    await assert.rejects(iam.send(new GetUserPolicyCommand(own)), { name: 'AccessDenied' })
    await assert.rejects(iam.send(new GetUserCommand({ UserName })), { name: 'AccessDenied' })
    await iam.send(new DeleteUserPolicyCommand(own))
    await iam.send(new DeleteUserPermissionsBoundaryCommand({ UserName }))
    await assert.rejects(
      iam.send(new PutUserPolicyCommand({ ...own, PolicyDocument: LIST_BUCKETS })),
      { name: 'AccessDenied' },
      'ana has no boundary any more',
    )
  })

  test('a boundary is shown by its user or role until it is taken away', async () => {
    await using twinlock = await startTwinlock({ database: await newDatabase() })
    const iam = twinlock.iam()
    await newUser(twinlock, 'ana')
    await iam.send(
      new PutUserPermissionsBoundaryCommand({ UserName: 'ANA', PermissionsBoundary: READ_ONLY }),
    )
    const bounded = await iam.send(new GetUserCommand({ UserName: 'ana' }))
    assert.deepEqual(bounded.User?.PermissionsBoundary, {
      PermissionsBoundaryType: 'Policy',
      PermissionsBoundaryArn: READ_ONLY,
    })
    await iam.send(new DeleteUserPermissionsBoundaryCommand({ UserName: 'ana' }))
    const free = await iam.send(new GetUserCommand({ UserName: 'ana' }))
    assert.equal(free.User?.PermissionsBoundary, undefined)
    await assert.rejects(iam.send(new DeleteUserPermissionsBoundaryCommand({ UserName: 'ana' })), {
      name: 'NoSuchEntityException',
    })
  })

  test('what is no policy bounds nobody', async () => {
    await using twinlock = await startTwinlock({ database: await newDatabase() })
    const iam = twinlock.iam()
    await newUser(twinlock, 'x')
    await newRole(twinlock, { RoleName: 'x', AssumeRolePolicyDocument: policy(trust(ACCOUNT)) })
    for (const { kind, put, remove } of [
      {
        kind: 'user',
        put: (UserName: string, PermissionsBoundary: string) =>
          iam.send(new PutUserPermissionsBoundaryCommand({ UserName, PermissionsBoundary })),
        remove: (UserName: string) =>
          iam.send(new DeleteUserPermissionsBoundaryCommand({ UserName })),
      },
      {
        kind: 'role',
        put: (RoleName: string, PermissionsBoundary: string) =>
          iam.send(new PutRolePermissionsBoundaryCommand({ RoleName, PermissionsBoundary })),
        remove: (RoleName: string) =>
          iam.send(new DeleteRolePermissionsBoundaryCommand({ RoleName })),
      },
    ]) {
      const noPolicy = `arn:aws:iam::${ACCOUNT}:not_a_policy/invalid`
      await assert.rejects(put('x', noPolicy), {
        name: 'InvalidInputException',
        message: `ARN ${noPolicy} is not valid.`,
      })
      for (const arn of [MISSING, FOREIGN]) {
        await assert.rejects(put('x', arn), {
          name: 'NoSuchEntityException',
          message: `Scope ARN: ${arn} does not exist or is not attachable.`,
        })
      }
      const nobody = {
        name: 'NoSuchEntityException',
        message: `The ${kind} with name nobody cannot be found.`,
      }
      await assert.rejects(put('nobody', READ_ONLY), nobody)
      await assert.rejects(remove('nobody'), nobody)
      await assert.rejects(remove('x'), { name: 'NoSuchEntityException' })
    }
  })

  test('a boundary grants nothing and limits what policies grant', async () => {
    await using twinlock = await startTwinlock({ database: await newDatabase() })
    const iam = twinlock.iam()
    const ana = await newUser(twinlock, 'ana', allow(['iam:ListUsers', 's3:*']))
    const asAna = twinlock.iam(ana)
    const limit = await createPolicy(iam, 'limit', policy(allow(['iam:GetUser', 's3:*'])))
    await asAna.send(new ListUsersCommand({}))
    await iam.send(
      new PutUserPermissionsBoundaryCommand({ UserName: 'ana', PermissionsBoundary: limit }),
    )
    await assert.rejects(asAna.send(new ListUsersCommand({})), {
      name: 'AccessDenied',
      message: /because no permissions boundary allows the iam:ListUsers action$/,
    })
    await assert.rejects(asAna.send(new GetUserCommand({})), {
      name: 'AccessDenied',
      message: /because no identity-based policy allows the iam:GetUser action$/,
    })
    await iam.send(new DeleteUserPermissionsBoundaryCommand({ UserName: 'ana' }))
    await asAna.send(new ListUsersCommand({}))
  })
})
