// Access keys, as the AWS SDK sees them.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  CreateAccessKeyCommand,
  CreateUserCommand,
  DeleteAccessKeyCommand,
  GetAccessKeyLastUsedCommand,
  GetUserCommand,
  ListAccessKeysCommand,
  UpdateAccessKeyCommand,
} from '@aws-sdk/client-iam'
import { AssumeRoleCommand, GetCallerIdentityCommand } from '@aws-sdk/client-sts'
import { accountOfId } from '../src/identifiers/unique-ids.ts'
import { onEveryEngine } from '../src/store/every-engine.ts'
import { allow, newRole, newUser, policy, sessionOf, trust } from './people.ts'
import { startTwinlock } from './twinlock.ts'

const OWN_KEYS = {
  Effect: 'Allow',
  Action: 'iam:*AccessKey*',
  Resource: 'arn:aws:iam::123456789012:user/${aws:username}',
} as const

onEveryEngine('Access keys', newDatabase => {
  test('a new access key names its account and signs at once', async () => {
    await using twinlock = await startTwinlock({ database: await newDatabase() })
    const iam = twinlock.iam()
    await iam.send(new CreateUserCommand({ UserName: 'Ana' }))
    const { AccessKey } = await iam.send(new CreateAccessKeyCommand({ UserName: 'ana' }))
    const { AccessKeyId = '', SecretAccessKey = '' } = AccessKey ?? {}
    assert.match(AccessKeyId, /^AKIA[A-Z2-7]{16}$/)
    assert.equal(accountOfId(AccessKeyId), '123456789012')
    assert.match(SecretAccessKey, /^[A-Za-z0-9+/]{40}$/)
    assert.deepEqual(AccessKey, {
      UserName: 'Ana',
      AccessKeyId,
      Status: 'Active',
      SecretAccessKey,
      CreateDate: twinlock.clock.now(),
    })
    const key = { accessKeyId: AccessKeyId, secretAccessKey: SecretAccessKey }
    const identity = await twinlock.sts(key).send(new GetCallerIdentityCommand({}))
    assert.equal(identity.Arn, 'arn:aws:iam::123456789012:user/Ana')
  })

  test('the list never shows a secret', async () => {
    await using twinlock = await startTwinlock({ database: await newDatabase() })
    const { accessKeyId } = await newUser(twinlock, 'ana')
    const keys = await twinlock.iam().send(new ListAccessKeysCommand({ UserName: 'ana' }))
    assert.deepEqual(keys.AccessKeyMetadata, [
      {
        UserName: 'ana',
        AccessKeyId: accessKeyId,
        Status: 'Active',
        CreateDate: twinlock.clock.now(),
      },
    ])
    assert.equal(keys.IsTruncated, false)
  })

  test('a user has at most two keys, inactive ones included, however many ask together', async () => {
    await using twinlock = await startTwinlock({ database: await newDatabase() })
    const iam = twinlock.iam()
    const UserName = 'ana'
    const { accessKeyId } = await newUser(twinlock, UserName)
    const Status = 'Inactive'
    await iam.send(new UpdateAccessKeyCommand({ UserName, AccessKeyId: accessKeyId, Status }))
    const answers = await Promise.allSettled(
      Array.from({ length: 4 }, () => iam.send(new CreateAccessKeyCommand({ UserName }))),
    )
    const refusals = answers.filter(answer => answer.status === 'rejected')
    assert.equal(refusals.length, 3)
    for (const { reason } of refusals) {
      assert.equal((reason as Error).name, 'LimitExceededException')
      assert.equal((reason as Error).message, 'Cannot exceed quota for AccessKeysPerUser: 2')
    }

    const first = await iam.send(new ListAccessKeysCommand({ UserName, MaxItems: 1 }))
    assert.equal(first.AccessKeyMetadata?.length, 1)
    const rest = await iam.send(new ListAccessKeysCommand({ UserName, Marker: first.Marker }))
    assert.equal(rest.AccessKeyMetadata?.length, 1)
    assert.notDeepEqual(rest.AccessKeyMetadata, first.AccessKeyMetadata)
  })

  test('an inactive key does not sign, an active one does again, a deleted one never', async () => {
    await using twinlock = await startTwinlock({ database: await newDatabase() })
    const iam = twinlock.iam()
    const key = await newUser(twinlock, 'ana')
    const AccessKeyId = key.accessKeyId
    const UserName = 'ana'
    const ask = () => twinlock.sts(key).send(new GetCallerIdentityCommand({}))
    const invalid = {
      name: 'InvalidClientTokenId',
      message: 'The security token included in the request is invalid.',
    }
    await ask()
    await iam.send(new UpdateAccessKeyCommand({ UserName, AccessKeyId, Status: 'Inactive' }))
    await assert.rejects(ask(), invalid)
    await iam.send(new UpdateAccessKeyCommand({ UserName, AccessKeyId, Status: 'Active' }))
    await ask()
    await iam.send(new DeleteAccessKeyCommand({ UserName, AccessKeyId }))
    await assert.rejects(ask(), invalid)
  })

  test("another user's key cannot be found", async () => {
    await using twinlock = await startTwinlock({ database: await newDatabase() })
    const iam = twinlock.iam()
    const { accessKeyId: AccessKeyId } = await newUser(twinlock, 'ana')
    await iam.send(new CreateUserCommand({ UserName: 'bea' }))
    const missing = {
      name: 'NoSuchEntityException',
      message: `The Access Key with id ${AccessKeyId} cannot be found.`,
    }
    const UserName = 'bea'
    await assert.rejects(iam.send(new DeleteAccessKeyCommand({ UserName, AccessKeyId })), missing)
    await assert.rejects(
      iam.send(new UpdateAccessKeyCommand({ UserName, AccessKeyId, Status: 'Inactive' })),
      missing,
    )
    await assert.rejects(iam.send(new CreateAccessKeyCommand({ UserName: 'nobody' })), {
      name: 'NoSuchEntityException',
      message: 'The user with name nobody cannot be found.',
    })
  })

  test('without a name a user manages its own keys', async () => {
    await using twinlock = await startTwinlock({ database: await newDatabase() })
    const ana = twinlock.iam(await newUser(twinlock, 'ana', OWN_KEYS))
    const { AccessKey } = await ana.send(new CreateAccessKeyCommand({}))
    const AccessKeyId = AccessKey?.AccessKeyId
    await ana.send(new UpdateAccessKeyCommand({ AccessKeyId, Status: 'Inactive' }))
    const { AccessKeyMetadata } = await ana.send(new ListAccessKeysCommand({}))
    const { Status } = AccessKeyMetadata?.find(key => key.AccessKeyId === AccessKeyId) ?? {}
    assert.equal(Status, 'Inactive')
    await ana.send(new DeleteAccessKeyCommand({ AccessKeyId }))
    const left = await ana.send(new ListAccessKeysCommand({}))
    assert.equal(left.AccessKeyMetadata?.length, 1)
  })

  test('a denial prints the user by name, and as "user null" with the name when none was asked for', async () => {
    await using twinlock = await startTwinlock({ database: await newDatabase() })
    const ana = twinlock.iam(await newUser(twinlock, 'ana'))
    const denied = (resource: string) => ({
      name: 'AccessDenied',
      message: `User: arn:aws:iam::123456789012:user/ana is not authorized to perform: iam:ListAccessKeys on resource: ${resource} because no identity-based policy allows the iam:ListAccessKeys action`,
    })
    await assert.rejects(ana.send(new ListAccessKeysCommand({})), denied('user nullana'))
    await assert.rejects(
      ana.send(new ListAccessKeysCommand({ UserName: 'ana' })),
      denied('user ana'),
    )
  })

  test('root manages keys of its own, which belong to no user', async () => {
    await using twinlock = await startTwinlock({ database: await newDatabase() })
    const iam = twinlock.iam()
    const { AccessKey } = await iam.send(new CreateAccessKeyCommand({}))
    assert.equal(AccessKey?.UserName, undefined)
    await assert.rejects(iam.send(new CreateAccessKeyCommand({})), {
      name: 'LimitExceededException',
      message: 'Cannot exceed quota for AccessKeysPerUser: 2',
    })
    const { AccessKeyMetadata } = await iam.send(new ListAccessKeysCommand({}))
    assert.equal(AccessKeyMetadata?.length, 2)
    const { AccessKeyId = '', SecretAccessKey = '' } = AccessKey ?? {}
    const key = { accessKeyId: AccessKeyId, secretAccessKey: SecretAccessKey }
    const { User } = await twinlock.iam(key).send(new GetUserCommand({}))
    assert.equal(User?.Arn, 'arn:aws:iam::123456789012:root')
    await iam.send(new DeleteAccessKeyCommand({ AccessKeyId }))
    await assert.rejects(twinlock.iam(key).send(new GetUserCommand({})), {
      name: 'InvalidClientTokenId',
    })
  })

  test('the last use of a key is told, and that there was none', async () => {
    await using twinlock = await startTwinlock({ database: await newDatabase() })
    const iam = twinlock.iam()
    const key = await newUser(twinlock, 'ana')
    const AccessKeyId = key.accessKeyId
    const unused = await iam.send(new GetAccessKeyLastUsedCommand({ AccessKeyId }))
    assert.equal(unused.UserName, 'ana')
    assert.deepEqual(unused.AccessKeyLastUsed, { ServiceName: 'N/A', Region: 'N/A' })

    await twinlock.sts(key).send(new GetCallerIdentityCommand({}))
    await twinlock.flush()
    const used = await iam.send(new GetAccessKeyLastUsedCommand({ AccessKeyId }))
    assert.deepEqual(used.AccessKeyLastUsed, {
      LastUsedDate: twinlock.clock.now(),
      ServiceName: 'sts',
      Region: 'us-east-1',
    })
  })

  test('who may not ask about a key cannot tell whether it exists', async () => {
    await using twinlock = await startTwinlock({ database: await newDatabase() })
    const ana = twinlock.iam(await newUser(twinlock, 'ana', OWN_KEYS))
    const bea = await newUser(twinlock, 'bea')
    const denied = (key: string) => ({
      name: 'AccessDenied',
      message: `User: arn:aws:iam::123456789012:user/ana is not authorized to perform: iam:GetAccessKeyLastUsed on resource: access key ${key} because no identity-based policy allows the iam:GetAccessKeyLastUsed action`,
    })
    for (const AccessKeyId of [bea.accessKeyId, 'AKIAIOSFODNN7EXAMPLE']) {
      await assert.rejects(
        ana.send(new GetAccessKeyLastUsedCommand({ AccessKeyId })),
        denied(AccessKeyId),
      )
    }
  })

  test('who may ask about every key gets the old form of a denial for one that does not exist', async () => {
    await using twinlock = await startTwinlock({ database: await newDatabase() })
    const AccessKeyId = 'AKIAIOSFODNN7EXAMPLE'
    await assert.rejects(twinlock.iam().send(new GetAccessKeyLastUsedCommand({ AccessKeyId })), {
      name: 'AccessDenied',
      message:
        'User: arn:aws:iam::123456789012:root is not authorized to perform iam:GetAccessKeyLastUsed on resource: access key AKIAIOSFODNN7EXAMPLE',
    })
  })

  test('nobody can give a key the status that only AWS gives', async () => {
    await using twinlock = await startTwinlock({ database: await newDatabase() })
    const { accessKeyId: AccessKeyId } = await newUser(twinlock, 'ana')
    const expiring = { UserName: 'ana', AccessKeyId, Status: 'Expired' } as const
    await assert.rejects(twinlock.iam().send(new UpdateAccessKeyCommand(expiring)), {
      name: 'ValidationError',
    })
  })

  test("a role's session must say whose keys it means", async () => {
    await using twinlock = await startTwinlock({ database: await newDatabase() })
    const admin = await newUser(twinlock, 'admin', allow('sts:AssumeRole'))
    const RoleName = 'keeper'
    const AssumeRolePolicyDocument = policy(trust('arn:aws:iam::123456789012:root'))
    const role = await newRole(twinlock, { RoleName, AssumeRolePolicyDocument }, allow('iam:*'))
    const session = sessionOf(
      await twinlock
        .sts(admin)
        .send(new AssumeRoleCommand({ RoleArn: role.Arn, RoleSessionName: 'test' })),
    )
    const iam = twinlock.iam(session)
    await assert.rejects(iam.send(new ListAccessKeysCommand({})), {
      name: 'ValidationError',
      message: 'Must specify userName when calling with non-User credentials',
    })
    const { AccessKeyMetadata } = await iam.send(new ListAccessKeysCommand({ UserName: 'admin' }))
    assert.equal(AccessKeyMetadata?.length, 1)
  })
})
