// GetAccountAuthorizationDetails, as the AWS SDK sees it. Which members are there when empty is as recorded from AWS.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { EntityType, IAMClient } from '@aws-sdk/client-iam'
import {
  AddUserToGroupCommand,
  AttachGroupPolicyCommand,
  AttachRolePolicyCommand,
  AttachUserPolicyCommand,
  CreateGroupCommand,
  CreatePolicyCommand,
  CreatePolicyVersionCommand,
  CreateUserCommand,
  GetAccountAuthorizationDetailsCommand,
  PutGroupPolicyCommand,
  PutRolePermissionsBoundaryCommand,
  PutUserPolicyCommand,
} from '@aws-sdk/client-iam'
import { onEveryEngine } from '../src/store/every-engine.ts'
import { allow, newRole, newUser, policy, trust } from './people.ts'
import { startTwinlock } from './twinlock.ts'

const READ_ONLY = 'arn:aws:iam::aws:policy/ReadOnlyAccess'
const SECURITY_AUDIT = 'arn:aws:iam::aws:policy/SecurityAudit'
const DOCUMENT = policy(allow('s3:ListBucket'))

async function details(iam: IAMClient, ...Filter: EntityType[]) {
  const { $metadata, ...answer } = await iam.send(
    new GetAccountAuthorizationDetailsCommand(Filter.length === 0 ? {} : { Filter }),
  )
  assert.equal($metadata.httpStatusCode, 200)
  return answer
}

onEveryEngine('Account authorization details', newDatabase => {
  test('everything is there with all that hangs on it', async () => {
    await using twinlock = await startTwinlock({ database: await newDatabase() })
    const { account } = twinlock
    const iam = twinlock.iam()
    const CreateDate = twinlock.clock.now()
    const Tags = [{ Key: 'team', Value: 'a' }]

    const { Policy } = await iam.send(
      new CreatePolicyCommand({
        PolicyName: 'own',
        PolicyDocument: DOCUMENT,
        Description: 'not shown here',
      }),
    )
    const PolicyArn = Policy?.Arn ?? ''
    await iam.send(
      new CreatePolicyVersionCommand({
        PolicyArn,
        PolicyDocument: policy(allow('s3:*')),
        SetAsDefault: true,
      }),
    )
    const { Group } = await iam.send(new CreateGroupCommand({ GroupName: 'Devs' }))
    await iam.send(
      new PutGroupPolicyCommand({
        GroupName: 'Devs',
        PolicyName: 'Embedded',
        PolicyDocument: DOCUMENT,
      }),
    )
    await iam.send(new AttachGroupPolicyCommand({ GroupName: 'Devs', PolicyArn }))
    const { User } = await iam.send(
      new CreateUserCommand({
        UserName: 'ana',
        Path: '/eng/',
        Tags,
        PermissionsBoundary: SECURITY_AUDIT,
      }),
    )
    await iam.send(new AddUserToGroupCommand({ GroupName: 'Devs', UserName: 'ana' }))
    await iam.send(
      new PutUserPolicyCommand({
        UserName: 'ana',
        PolicyName: 'Embedded',
        PolicyDocument: DOCUMENT,
      }),
    )
    await iam.send(new AttachUserPolicyCommand({ UserName: 'ana', PolicyArn: READ_ONLY }))
    const trustPolicy = policy(trust(account))
    const { RoleId } = await newRole(
      twinlock,
      { RoleName: 'Deployer', AssumeRolePolicyDocument: trustPolicy, Tags },
      allow('s3:ListBucket'),
    )
    await iam.send(new AttachRolePolicyCommand({ RoleName: 'Deployer', PolicyArn }))
    await iam.send(
      new PutRolePermissionsBoundaryCommand({
        RoleName: 'Deployer',
        PermissionsBoundary: PolicyArn,
      }),
    )

    const { Policies = [], ...answer } = await details(iam)
    const embedded = { PolicyName: 'Embedded', PolicyDocument: encoded(DOCUMENT) }
    const own = { PolicyName: 'own', PolicyArn }
    assert.deepEqual(answer, {
      UserDetailList: [
        {
          Path: '/eng/',
          UserName: 'ana',
          UserId: User?.UserId,
          Arn: `arn:aws:iam::${account}:user/eng/ana`,
          CreateDate,
          UserPolicyList: [embedded],
          GroupList: ['Devs'],
          AttachedManagedPolicies: [{ PolicyName: 'ReadOnlyAccess', PolicyArn: READ_ONLY }],
          PermissionsBoundary: {
            PermissionsBoundaryType: 'Policy',
            PermissionsBoundaryArn: SECURITY_AUDIT,
          },
          Tags,
        },
      ],
      GroupDetailList: [
        {
          ...Group,
          GroupPolicyList: [embedded],
          AttachedManagedPolicies: [own],
        },
      ],
      RoleDetailList: [
        {
          Path: '/',
          RoleName: 'Deployer',
          RoleId,
          Arn: `arn:aws:iam::${account}:role/Deployer`,
          CreateDate,
          AssumeRolePolicyDocument: encoded(trustPolicy),
          InstanceProfileList: [],
          RolePolicyList: [{ PolicyName: 'own', PolicyDocument: encoded(DOCUMENT) }],
          AttachedManagedPolicies: [own],
          PermissionsBoundary: {
            PermissionsBoundaryType: 'Policy',
            PermissionsBoundaryArn: PolicyArn,
          },
          Tags,
          RoleLastUsed: {},
        },
      ],
      IsTruncated: false,
    })

    assert.deepEqual(
      Policies.map(each => [
        each.PolicyName,
        each.AttachmentCount,
        each.PermissionsBoundaryUsageCount,
      ]),
      [
        ['own', 2, 1],
        ['ReadOnlyAccess', 1, 0],
        ['SecurityAudit', 0, 1],
      ],
      "of AWS's own policies those in use",
    )
    assert.deepEqual(Policies[0], {
      ...Policy,
      DefaultVersionId: 'v2',
      AttachmentCount: 2,
      PermissionsBoundaryUsageCount: 1,
      PolicyVersionList: [
        {
          Document: encoded(policy(allow('s3:*'))),
          VersionId: 'v2',
          IsDefaultVersion: true,
          CreateDate,
        },
        { Document: encoded(DOCUMENT), VersionId: 'v1', IsDefaultVersion: false, CreateDate },
      ],
    })
  })

  test('what has nothing shows empty lists, and a user no list of inline policies', async () => {
    await using twinlock = await startTwinlock({ database: await newDatabase() })
    const iam = twinlock.iam()
    await iam.send(new CreateUserCommand({ UserName: 'u' }))
    await iam.send(new CreateGroupCommand({ GroupName: 'g' }))
    await newRole(twinlock, {
      RoleName: 'r',
      AssumeRolePolicyDocument: policy(trust(twinlock.account)),
    })
    const { UserDetailList, GroupDetailList, RoleDetailList, Policies } = await details(iam)
    const lists = (thing: object | undefined) =>
      Object.fromEntries(Object.entries(thing ?? {}).filter(([, member]) => Array.isArray(member)))
    assert.deepEqual(lists(UserDetailList?.[0]), {
      GroupList: [],
      AttachedManagedPolicies: [],
      Tags: [],
    })
    assert.deepEqual(lists(GroupDetailList?.[0]), {
      GroupPolicyList: [],
      AttachedManagedPolicies: [],
    })
    assert.deepEqual(lists(RoleDetailList?.[0]), {
      InstanceProfileList: [],
      RolePolicyList: [],
      AttachedManagedPolicies: [],
      Tags: [],
    })
    assert.deepEqual(Policies, [])
  })

  test('a filter chooses lists; the others are there, and empty', async () => {
    await using twinlock = await startTwinlock({ database: await newDatabase() })
    const iam = twinlock.iam()
    await iam.send(new CreateUserCommand({ UserName: 'u' }))
    await iam.send(new CreateGroupCommand({ GroupName: 'g' }))
    await newRole(twinlock, {
      RoleName: 'r',
      AssumeRolePolicyDocument: policy(trust(twinlock.account)),
    })
    await iam.send(new CreatePolicyCommand({ PolicyName: 'p', PolicyDocument: DOCUMENT }))
    await iam.send(new AttachUserPolicyCommand({ UserName: 'u', PolicyArn: READ_ONLY }))

    const shown = async (...Filter: EntityType[]) => {
      const answer = await details(iam, ...Filter)
      return [
        ...(answer.UserDetailList ?? ['no list']),
        ...(answer.GroupDetailList ?? ['no list']),
        ...(answer.RoleDetailList ?? ['no list']),
        ...(answer.Policies ?? ['no list']),
      ].map(thing => Object.values(thing).find(value => /^(?:[ugrp]|ReadOnly.*)$/.test(value)))
    }
    assert.deepEqual(await shown('User'), ['u'])
    assert.deepEqual(await shown('Group'), ['g'])
    assert.deepEqual(await shown('Role'), ['r'])
    assert.deepEqual(await shown('LocalManagedPolicy'), ['p'])
    assert.deepEqual(await shown('AWSManagedPolicy'), ['ReadOnlyAccess'])
    assert.deepEqual(await shown('AWSManagedPolicy', 'Role'), ['r', 'ReadOnlyAccess'])
    assert.deepEqual(await shown(), ['u', 'g', 'r', 'p', 'ReadOnlyAccess'])
  })

  test('pages of any size go through all lists and leave nothing out', async () => {
    await using twinlock = await startTwinlock({ database: await newDatabase() })
    const iam = twinlock.iam()
    for (const name of ['a', 'B', 'c']) {
      await iam.send(new CreateUserCommand({ UserName: `u-${name}` }))
      await iam.send(new CreateGroupCommand({ GroupName: `g-${name}` }))
      await iam.send(new CreatePolicyCommand({ PolicyName: `p-${name}`, PolicyDocument: DOCUMENT }))
    }
    await newRole(twinlock, {
      RoleName: 'r-a',
      AssumeRolePolicyDocument: policy(trust(twinlock.account)),
    })
    await iam.send(new AttachUserPolicyCommand({ UserName: 'u-a', PolicyArn: READ_ONLY }))
    await iam.send(new AttachUserPolicyCommand({ UserName: 'u-a', PolicyArn: SECURITY_AUDIT }))

    for (const MaxItems of [1, 2, 4, 5, 12, 1000]) {
      const names: (string | undefined)[] = []
      let Marker: string | undefined
      do {
        const page = await iam.send(
          new GetAccountAuthorizationDetailsCommand({
            MaxItems,
            ...(Marker !== undefined && { Marker }),
          }),
        )
        const found = [
          ...(page.UserDetailList ?? []).map(each => each.UserName),
          ...(page.GroupDetailList ?? []).map(each => each.GroupName),
          ...(page.RoleDetailList ?? []).map(each => each.RoleName),
          ...(page.Policies ?? []).map(each => each.PolicyName),
        ]
        assert.ok(found.length <= MaxItems)
        names.push(...found)
        Marker = page.Marker
        assert.equal(page.IsTruncated, Marker !== undefined)
      } while (Marker !== undefined)
      assert.equal(
        names.join(' '),
        'u-a u-B u-c g-a g-B g-c r-a p-a p-B p-c ReadOnlyAccess SecurityAudit',
      )
    }
    await assert.rejects(
      iam.send(new GetAccountAuthorizationDetailsCommand({ Marker: 'made up' })),
      { name: 'ValidationError', message: 'Invalid Marker.' },
    )
  })

  test('who may not is told so', async () => {
    await using twinlock = await startTwinlock({ database: await newDatabase() })
    const mallory = await newUser(twinlock, 'mallory')
    await assert.rejects(details(twinlock.iam(mallory)), {
      name: 'AccessDenied',
      message: `User: ${mallory.Arn} is not authorized to perform: iam:GetAccountAuthorizationDetails on resource: * because no identity-based policy allows the iam:GetAccountAuthorizationDetails action`,
    })
  })
})

/** RFC 3986 §2.1, as IAM encodes documents. */
const encoded = (document: string) => encodeURIComponent(document).replaceAll('*', '%2A')
