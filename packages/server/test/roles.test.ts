// Roles and their trust policies, as the AWS SDK sees them.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { IAMClient } from '@aws-sdk/client-iam'
import {
  AttachRolePolicyCommand,
  CreatePolicyCommand,
  CreateRoleCommand,
  CreateUserCommand,
  DeleteAccessKeyCommand,
  DeleteRoleCommand,
  DeleteRolePolicyCommand,
  DeleteUserCommand,
  DeleteUserPolicyCommand,
  DetachRolePolicyCommand,
  GetRoleCommand,
  ListRolesCommand,
  ListRoleTagsCommand,
  PutRolePolicyCommand,
  TagRoleCommand,
  UntagRoleCommand,
  UpdateAssumeRolePolicyCommand,
  UpdateRoleCommand,
  UpdateRoleDescriptionCommand,
  UpdateUserCommand,
} from '@aws-sdk/client-iam'
import { AssumeRoleCommand } from '@aws-sdk/client-sts'
import { onEveryEngine, openStore } from '../src/store/every-engine.ts'
import { allow, newUser, policy, trust } from './people.ts'
import { startTwinlock } from './twinlock.ts'

const READ_ONLY = 'arn:aws:iam::aws:policy/ReadOnlyAccess'

const trustingServices = (...Service: readonly string[]) =>
  policy({ Effect: 'Allow', Principal: { Service }, Action: 'sts:AssumeRole' })

const ec2 = trustingServices('ec2.amazonaws.com')

/** The trust policy as GetRole shows it. */
async function trustOf(iam: IAMClient, RoleName: string) {
  const { Role } = await iam.send(new GetRoleCommand({ RoleName }))
  return decodeURIComponent(Role?.AssumeRolePolicyDocument ?? '')
}

onEveryEngine('Roles', newDatabase => {
  test('a new role answers with its identity, and GetRole with all there is', async () => {
    await using twinlock = await startTwinlock({ database: await newDatabase() })
    const iam = twinlock.iam()
    const made = await iam.send(
      new CreateRoleCommand({
        RoleName: 'Deployer',
        Path: '/ci/',
        AssumeRolePolicyDocument: ec2,
        Description: 'deploys',
        PermissionsBoundary: READ_ONLY,
        Tags: [{ Key: 'Team', Value: 'core' }],
      }),
    )
    const identity = {
      Path: '/ci/',
      RoleName: 'Deployer',
      Arn: `arn:aws:iam::${twinlock.account}:role/ci/Deployer`,
      AssumeRolePolicyDocument: encodeURIComponent(ec2),
      RoleId: made.Role?.RoleId,
      CreateDate: made.Role?.CreateDate,
    }
    const boundary = {
      PermissionsBoundary: {
        PermissionsBoundaryType: 'Policy',
        PermissionsBoundaryArn: READ_ONLY,
      },
      Tags: [{ Key: 'Team', Value: 'core' }],
    }
    assert.match(made.Role?.RoleId ?? '', /^AROA[A-Z2-7]{17}$/)
    assert.deepEqual(made.Role, { ...identity, ...boundary })

    const got = await iam.send(new GetRoleCommand({ RoleName: 'Deployer' }))
    assert.deepEqual(got.Role, {
      ...identity,
      ...boundary,
      Description: 'deploys',
      MaxSessionDuration: 3600,
      RoleLastUsed: {},
    })
  })

  test('role names are unique ignoring case and keep their spelling', async () => {
    await using twinlock = await startTwinlock({ database: await newDatabase() })
    const iam = twinlock.iam()
    await iam.send(new CreateRoleCommand({ RoleName: 'Ops', AssumeRolePolicyDocument: ec2 }))
    await assert.rejects(
      iam.send(new CreateRoleCommand({ RoleName: 'oPS', AssumeRolePolicyDocument: ec2 })),
      { name: 'EntityAlreadyExistsException', message: 'Role with name oPS already exists.' },
    )
    const { Role } = await iam.send(new GetRoleCommand({ RoleName: 'OPS' }))
    assert.equal(Role?.RoleName, 'Ops')
    await assert.rejects(iam.send(new GetRoleCommand({ RoleName: 'nobody' })), {
      name: 'NoSuchEntityException',
      message: 'The role with name nobody cannot be found.',
    })
  })

  test('of bad tags CreateRole speaks before it looks at the trust policy', async () => {
    await using twinlock = await startTwinlock({ database: await newDatabase() })
    const Tags = ['team', 'Team'].map(Key => ({ Key, Value: 'a' }))
    const create = { RoleName: 'reader', AssumeRolePolicyDocument: '{}', Tags }
    await assert.rejects(twinlock.iam().send(new CreateRoleCommand(create)), {
      name: 'InvalidInputException',
      message: 'Duplicate tag keys found. Please note that Tag keys are case insensitive.',
    })
  })

  test('ListRoles pages through a path, without tags, boundary and last use', async () => {
    await using twinlock = await startTwinlock({ database: await newDatabase() })
    const iam = twinlock.iam()
    const make = (RoleName: string, Path: string) =>
      iam.send(
        new CreateRoleCommand({
          RoleName,
          Path,
          AssumeRolePolicyDocument: ec2,
          Description: RoleName,
          PermissionsBoundary: READ_ONLY,
          Tags: [{ Key: 'k', Value: 'v' }],
        }),
      )
    for (const name of ['c', 'A', 'b', 'D']) await make(name, '/team/a/')
    await make('elsewhere', '/teams/')
    await make('deeper', '/team/a/~/')

    const first = await iam.send(new ListRolesCommand({ PathPrefix: '/team/', MaxItems: 3 }))
    assert.equal(first.IsTruncated, true)
    assert.deepEqual(
      first.Roles?.map(role => role.RoleName),
      ['A', 'b', 'c'],
    )
    assert.deepEqual(Object.keys(first.Roles?.[0] ?? {}).sort(), [
      'Arn',
      'AssumeRolePolicyDocument',
      'CreateDate',
      'Description',
      'MaxSessionDuration',
      'Path',
      'RoleId',
      'RoleName',
    ])
    const rest = await iam.send(
      new ListRolesCommand({ PathPrefix: '/team/', MaxItems: 3, Marker: first.Marker }),
    )
    assert.deepEqual(
      rest.Roles?.map(role => role.RoleName),
      ['D', 'deeper'],
    )
    assert.equal(rest.IsTruncated, false)
    assert.equal(rest.Marker, undefined)
    await assert.rejects(iam.send(new ListRolesCommand({ Marker: first.Marker })), {
      name: 'ValidationError',
      message: 'Invalid Marker.',
    })
  })

  test('UpdateRole changes what it is given and nothing else', async () => {
    await using twinlock = await startTwinlock({ database: await newDatabase() })
    const iam = twinlock.iam()
    const RoleName = 'ops'
    await iam.send(
      new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument: ec2, Description: 'first' }),
    )
    await iam.send(new UpdateRoleCommand({ RoleName, MaxSessionDuration: 43_200 }))
    const { Role } = await iam.send(new GetRoleCommand({ RoleName }))
    assert.equal(Role?.MaxSessionDuration, 43_200)
    assert.equal(Role?.Description, 'first')

    const updated = await iam.send(
      new UpdateRoleDescriptionCommand({ RoleName, Description: 'second' }),
    )
    // Recorded: neither the duration nor the last use is told here.
    const { Path, RoleId, Arn, CreateDate, AssumeRolePolicyDocument } = Role
    assert.deepEqual(updated.Role, {
      Path,
      RoleName,
      RoleId,
      Arn,
      CreateDate,
      AssumeRolePolicyDocument,
      Description: 'second',
    })

    await iam.send(new UpdateRoleCommand({ RoleName, Description: 'third' }))
    const again = await iam.send(new GetRoleCommand({ RoleName }))
    assert.equal(again.Role?.Description, 'third')
    assert.equal(again.Role?.MaxSessionDuration, 43_200)
  })

  test('a role with policies cannot be deleted', async () => {
    await using twinlock = await startTwinlock({ database: await newDatabase() })
    const iam = twinlock.iam()
    const RoleName = 'ops'
    await iam.send(
      new CreateRoleCommand({
        RoleName,
        AssumeRolePolicyDocument: ec2,
        Tags: [{ Key: 'k', Value: 'v' }],
      }),
    )
    await iam.send(new AttachRolePolicyCommand({ RoleName, PolicyArn: READ_ONLY }))
    await iam.send(
      new PutRolePolicyCommand({
        RoleName,
        PolicyName: 'p',
        PolicyDocument: policy(allow('s3:*')),
      }),
    )
    await assert.rejects(iam.send(new DeleteRoleCommand({ RoleName })), {
      name: 'DeleteConflictException',
      message: 'Cannot delete entity, must detach all policies first.',
    })
    await iam.send(new DetachRolePolicyCommand({ RoleName, PolicyArn: READ_ONLY }))
    await assert.rejects(iam.send(new DeleteRoleCommand({ RoleName })), {
      name: 'DeleteConflictException',
      message: 'Cannot delete entity, must delete policies first.',
    })
    await iam.send(new DeleteRolePolicyCommand({ RoleName, PolicyName: 'p' }))
    await iam.send(new DeleteRoleCommand({ RoleName }))
    await assert.rejects(iam.send(new GetRoleCommand({ RoleName })), {
      name: 'NoSuchEntityException',
    })
  })

  test('an account has at most a thousand roles', async () => {
    const database = await newDatabase()
    await using twinlock = await startTwinlock({ database })
    const iam = twinlock.iam()
    const create = (RoleName: string) =>
      iam.send(new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument: ec2 }))
    await create('first')
    await using store = await openStore(database)
    const first = await store.db.selectFrom('role').selectAll().executeTakeFirstOrThrow()
    const more = Array.from({ length: 998 }, (_, n) => ({
      ...first,
      roleId: `${first.roleId}${n}`,
      roleNameKey: `role${n}`,
    }))
    await store.db.insertInto('role').values(more).execute()
    await create('thousandth')
    await assert.rejects(create('one-too-many'), {
      name: 'LimitExceededException',
      message: 'Cannot exceed quota for RolesPerAccount: 1000',
    })
  })

  test('tags of a role compare their keys ignoring case', async () => {
    await using twinlock = await startTwinlock({ database: await newDatabase() })
    const iam = twinlock.iam()
    const RoleName = 'ops'
    await iam.send(new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument: ec2 }))
    await assert.rejects(
      iam.send(
        new TagRoleCommand({
          RoleName,
          Tags: [
            { Key: 'a', Value: '1' },
            { Key: 'A', Value: '2' },
          ],
        }),
      ),
      {
        name: 'InvalidInputException',
        message: 'Duplicate tag keys found. Please note that Tag keys are case insensitive.',
      },
    )
    const tag = (Key: string, Value: string) =>
      iam.send(new TagRoleCommand({ RoleName, Tags: [{ Key, Value }] }))
    await tag('Team', 'core')
    await tag('stage', 'live')
    await tag('TEAM', 'edge')
    const first = await iam.send(new ListRoleTagsCommand({ RoleName, MaxItems: 1 }))
    assert.deepEqual(first.Tags, [{ Key: 'stage', Value: 'live' }])
    const rest = await iam.send(new ListRoleTagsCommand({ RoleName, Marker: first.Marker }))
    assert.deepEqual(rest.Tags, [{ Key: 'TEAM', Value: 'edge' }])
    await iam.send(new UntagRoleCommand({ RoleName, TagKeys: ['team', 'absent'] }))
    const { Role } = await iam.send(new GetRoleCommand({ RoleName }))
    assert.deepEqual(Role?.Tags, [{ Key: 'stage', Value: 'live' }])
  })

  test('a trust policy names only users and roles that are there', async () => {
    await using twinlock = await startTwinlock({ database: await newDatabase() })
    const iam = twinlock.iam()
    const arn = (resource: string) => `arn:aws:iam::${twinlock.account}:${resource}`
    await iam.send(new CreateUserCommand({ UserName: 'Ana', Path: '/team/' }))
    const create = (principal: string | string[]) =>
      iam.send(
        new CreateRoleCommand({
          RoleName: 'ops',
          AssumeRolePolicyDocument: policy(trust(principal)),
        }),
      )
    const unknown = [
      arn('user/nobody'),
      arn('user/Ana'),
      arn('user/team/ana'),
      arn('role/ops'),
      arn('group/developers'),
      'arn:aws:iam::210987654321:user/nobody',
      'AIDAQNZGKIQY56JQ7WMLA',
      // PostgreSQL cannot even ask for a name with this character.
      arn('user/team/Ana\0'),
      `arn:aws:sts::${twinlock.account}:assumed-role/ops/\0`,
    ]
    for (const principal of unknown) {
      await assert.rejects(create([arn('root'), principal]), {
        name: 'MalformedPolicyDocumentException',
        // XML has no NUL.
        message: `Invalid principal in policy: "AWS":"${principal.replace('\0', '\ufffd')}"`,
      })
    }
    await create([
      '*',
      twinlock.account,
      arn('root'),
      arn('user/team/Ana'),
      '210987654321',
      `arn:aws:sts::${twinlock.account}:assumed-role/ops/session`,
    ])
  })

  test('a bound principal shows its ARN of today, and its id once it is gone', async () => {
    await using twinlock = await startTwinlock({ database: await newDatabase() })
    const iam = twinlock.iam()
    const arn = (resource: string) => `arn:aws:iam::${twinlock.account}:${resource}`
    const { User } = await iam.send(new CreateUserCommand({ UserName: 'ana' }))
    const condition = { ArnEquals: { 'aws:PrincipalArn': arn('user/ana') } }
    const document = (AWS: string | string[]) =>
      JSON.stringify({
        Version: '2012-10-17',
        Statement: {
          Effect: 'Allow',
          Principal: { AWS, Service: 'ec2.amazonaws.com' },
          Action: 'sts:AssumeRole',
          Condition: condition,
        },
      })
    const RoleName = 'ops'
    const saved = document([arn('user/ana'), arn('root')])
    await iam.send(new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument: saved }))
    assert.equal(await trustOf(iam, RoleName), saved)

    await iam.send(new UpdateUserCommand({ UserName: 'ana', NewUserName: 'bea' }))
    await iam.send(new CreateUserCommand({ UserName: 'ana' }))
    assert.equal(await trustOf(iam, RoleName), document([arn('user/bea'), arn('root')]))

    await iam.send(new DeleteUserCommand({ UserName: 'bea' }))
    assert.equal(await trustOf(iam, RoleName), document([User?.UserId ?? '', arn('root')]))
    const { Roles } = await iam.send(new ListRolesCommand({}))
    assert.equal(
      decodeURIComponent(Roles?.[0]?.AssumeRolePolicyDocument ?? ''),
      document([User?.UserId ?? '', arn('root')]),
    )

    await assert.rejects(
      iam.send(
        new UpdateAssumeRolePolicyCommand({
          RoleName,
          PolicyDocument: await trustOf(iam, RoleName),
        }),
      ),
      {
        name: 'MalformedPolicyDocumentException',
        message: `Invalid principal in policy: "AWS":"${User?.UserId}"`,
      },
    )
    await iam.send(
      new UpdateAssumeRolePolicyCommand({ RoleName, PolicyDocument: document(arn('user/ana')) }),
    )
    assert.equal(await trustOf(iam, RoleName), document(arn('user/ana')))
  })

  test('who takes the name of a deleted user does not inherit its trust', async () => {
    await using twinlock = await startTwinlock({ database: await newDatabase() })
    const iam = twinlock.iam()
    const RoleArn = `arn:aws:iam::${twinlock.account}:role/ops`
    const assume = new AssumeRoleCommand({ RoleArn, RoleSessionName: 'test' })
    const first = await newUser(twinlock, 'ana', allow('sts:AssumeRole'))
    const trusted = policy(trust(`arn:aws:iam::${twinlock.account}:user/ana`))
    await iam.send(new CreateRoleCommand({ RoleName: 'ops', AssumeRolePolicyDocument: trusted }))
    await twinlock.sts(first).send(assume)

    await iam.send(new DeleteAccessKeyCommand({ UserName: 'ana', AccessKeyId: first.accessKeyId }))
    await iam.send(new DeleteUserPolicyCommand({ UserName: 'ana', PolicyName: 'own' }))
    await iam.send(new DeleteUserCommand({ UserName: 'ana' }))
    const second = await newUser(twinlock, 'ana', allow('sts:AssumeRole'))
    await assert.rejects(twinlock.sts(second).send(assume), { name: 'AccessDenied' })

    await iam.send(new UpdateAssumeRolePolicyCommand({ RoleName: 'ops', PolicyDocument: trusted }))
    await twinlock.sts(second).send(assume)
  })

  test('trust policies are refused in the words of their own parser', async () => {
    await using twinlock = await startTwinlock({ database: await newDatabase() })
    const iam = twinlock.iam()
    const create = (AssumeRolePolicyDocument: string) =>
      iam.send(new CreateRoleCommand({ RoleName: 'ops', AssumeRolePolicyDocument }))
    const malformed = (message: string) => ({ name: 'MalformedPolicyDocumentException', message })
    await assert.rejects(create('{'), malformed('This policy contains invalid Json'))
    await assert.rejects(
      create(ec2.replace('sts:AssumeRole', 's3:GetObject')),
      malformed('AssumeRole policy may only specify STS AssumeRole actions.'),
    )
    await assert.rejects(
      create(
        trustingServices(...Array.from({ length: 80 }, (_, n) => `service${n}.amazonaws.com`)),
      ),
      { name: 'LimitExceededException', message: 'Cannot exceed quota for ACLSizePerRole: 2048' },
    )
    // White space is free.
    await create(`${' '.repeat(5000)}${ec2}`)
  })

  test('a denial names the role as IAM does', async () => {
    await using twinlock = await startTwinlock({ database: await newDatabase() })
    const admin = twinlock.iam()
    await admin.send(
      new CreateRoleCommand({ RoleName: 'ops', Path: '/x/', AssumeRolePolicyDocument: ec2 }),
    )
    const iam = twinlock.iam(await newUser(twinlock, 'ana', allow('s3:*')))
    const arn = (resource: string) => `arn:aws:iam::${twinlock.account}:${resource}`
    const denied = (action: string, resource: string) => ({
      name: 'AccessDenied',
      message: `User: ${arn('user/ana')} is not authorized to perform: ${action} on resource: ${resource} because no identity-based policy allows the ${action} action`,
    })
    await assert.rejects(
      iam.send(new GetRoleCommand({ RoleName: 'OPS' })),
      denied('iam:GetRole', 'role OPS'),
    )
    await assert.rejects(
      iam.send(new GetRoleCommand({ RoleName: 'absent' })),
      denied('iam:GetRole', 'role absent'),
    )
    await assert.rejects(
      iam.send(new ListRolesCommand({ PathPrefix: '/x/' })),
      denied('iam:ListRoles', arn('role/x/')),
    )
    await assert.rejects(
      iam.send(
        new CreateRoleCommand({ RoleName: 'new', Path: '/y/', AssumeRolePolicyDocument: ec2 }),
      ),
      denied('iam:CreateRole', arn('role/y/new')),
    )
  })

  test('a role is authorized by its stored path, and tags on creation need iam:TagRole', async () => {
    await using twinlock = await startTwinlock({ database: await newDatabase() })
    const admin = twinlock.iam()
    const arn = (resource: string) => `arn:aws:iam::${twinlock.account}:${resource}`
    for (const Path of ['/mine/', '/theirs/']) {
      const RoleName = Path.slice(1, -1)
      await admin.send(new CreateRoleCommand({ RoleName, Path, AssumeRolePolicyDocument: ec2 }))
    }
    const mine = allow(['iam:GetRole', 'iam:CreateRole'], { Resource: arn('role/mine/*') })
    const iam = twinlock.iam(await newUser(twinlock, 'ana', mine))
    await iam.send(new GetRoleCommand({ RoleName: 'mine' }))
    await assert.rejects(iam.send(new GetRoleCommand({ RoleName: 'theirs' })), {
      name: 'AccessDenied',
    })
    const create = { RoleName: 'new', Path: '/mine/', AssumeRolePolicyDocument: ec2 }
    await assert.rejects(
      iam.send(new CreateRoleCommand({ ...create, Tags: [{ Key: 'k', Value: 'v' }] })),
      { name: 'AccessDenied', message: / iam:TagRole on resource: .*role\/mine\/new / },
    )
    await iam.send(new CreateRoleCommand(create))
  })

  test('a delegated administrator makes roles only below the boundary that the policy asks for', async () => {
    await using twinlock = await startTwinlock({ database: await newDatabase() })
    const admin = twinlock.iam()
    const { Policy } = await admin.send(
      new CreatePolicyCommand({ PolicyName: 'limit', PolicyDocument: policy(allow('s3:*')) }),
    )
    const boundary = Policy?.Arn ?? ''
    const delegated = allow('iam:CreateRole', {
      Condition: { StringEquals: { 'iam:PermissionsBoundary': boundary } },
    })
    const iam = twinlock.iam(await newUser(twinlock, 'ana', delegated))
    const create = { RoleName: 'ops', AssumeRolePolicyDocument: ec2 }
    await assert.rejects(iam.send(new CreateRoleCommand(create)), { name: 'AccessDenied' })
    await assert.rejects(
      iam.send(new CreateRoleCommand({ ...create, PermissionsBoundary: READ_ONLY })),
      { name: 'AccessDenied' },
    )
    await iam.send(new CreateRoleCommand({ ...create, PermissionsBoundary: boundary }))
    await assert.rejects(
      admin.send(
        new CreateRoleCommand({ ...create, RoleName: 'two', PermissionsBoundary: `${boundary}x` }),
      ),
      { name: 'NoSuchEntityException' },
    )
  })
})
