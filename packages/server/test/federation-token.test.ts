// GetFederationToken as the AWS SDK sees it: who may ask, what the session may do, and who it is.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  CreatePolicyCommand,
  DeleteAccessKeyCommand,
  DeleteUserCommand,
  DeleteUserPolicyCommand,
  ListUsersCommand,
  PutUserPermissionsBoundaryCommand,
} from '@aws-sdk/client-iam'
import type { GetFederationTokenCommandInput } from '@aws-sdk/client-sts'
import {
  AssumeRoleCommand,
  GetAccessKeyInfoCommand,
  GetCallerIdentityCommand,
  GetFederationTokenCommand,
  GetSessionTokenCommand,
} from '@aws-sdk/client-sts'
import { onEveryEngine, openStore } from '../src/store/every-engine.ts'
import { allow, deny, newRole, newUser, policy, sessionOf, trust } from './people.ts'
import type { Credentials, TestTwinlock } from './twinlock.ts'
import { startTwinlock } from './twinlock.ts'

type Input = Partial<GetFederationTokenCommandInput>

const federate = (twinlock: TestTwinlock, caller: Credentials, input: Input = {}) =>
  twinlock.sts(caller).send(new GetFederationTokenCommand({ Name: 'zoe', ...input }))

const ZOE = 'arn:aws:sts::123456789012:federated-user/zoe'
const BROKEN_TOKEN = {
  name: 'InvalidClientTokenId',
  message: 'The security token included in the request is invalid',
}

onEveryEngine('GetFederationToken', newDatabase => {
  test('a name gets credentials for twelve hours, or as long as asked', async () => {
    await using twinlock = await startTwinlock({ database: await newDatabase() })
    const ana = await newUser(twinlock, 'ana', allow('sts:GetFederationToken'))
    const { $metadata: _, Credentials, ...answer } = await federate(twinlock, ana)
    assert.deepEqual(answer, {
      FederatedUser: { Arn: ZOE, FederatedUserId: '123456789012:zoe' },
      PackedPolicySize: 0,
    })
    assert.match(Credentials?.AccessKeyId ?? '', /^ASIA/)
    const lasts = async (caller: Credentials, DurationSeconds?: number) => {
      const { Credentials: made } = await federate(twinlock, caller, { DurationSeconds })
      return (made?.Expiration?.getTime() ?? 0) / 1000 - twinlock.clock.seconds()
    }
    assert.deepEqual(
      [await lasts(ana), await lasts(ana, 900), await lasts(ana, 129_600)],
      [43_200, 900, 129_600],
    )
    // Root is not refused: it gets an hour without a word.
    assert.deepEqual([await lasts(twinlock.root), await lasts(twinlock.root, 900)], [3600, 900])
    await assert.rejects(lasts(ana, 899), { name: 'ValidationError' })
    await assert.rejects(lasts(ana, 129_601), { name: 'ValidationError' })
  })

  test('its credentials say who they are, and call nothing else of STS and nothing of IAM', async () => {
    await using twinlock = await startTwinlock({ database: await newDatabase() })
    const ana = await newUser(twinlock, 'ana', allow('*'))
    const role = await newRole(twinlock, {
      RoleName: 'open',
      AssumeRolePolicyDocument: policy(trust('*')),
    })
    const session = sessionOf(await federate(twinlock, ana, { Policy: policy(allow('*')) }))
    const sts = twinlock.sts(session)
    const { $metadata: _, ...identity } = await sts.send(new GetCallerIdentityCommand())
    assert.deepEqual(identity, { UserId: '123456789012:zoe', Account: '123456789012', Arn: ZOE })
    await assert.rejects(twinlock.iam(session).send(new ListUsersCommand()), BROKEN_TOKEN)
    const assume = { RoleArn: role.Arn, RoleSessionName: 'test' }
    await assert.rejects(sts.send(new AssumeRoleCommand(assume)), BROKEN_TOKEN)
    const AccessKeyId = ana.accessKeyId
    await assert.rejects(sts.send(new GetAccessKeyInfoCommand({ AccessKeyId })), BROKEN_TOKEN)
    await assert.rejects(sts.send(new GetSessionTokenCommand()), {
      name: 'AccessDenied',
      message: 'Cannot call GetSessionToken with session credentials',
    })
    await assert.rejects(federate(twinlock, session), {
      name: 'AccessDenied',
      message: 'Cannot call GetFederationToken with session credentials',
    })
  })

  test('long-term keys alone may ask, whatever the policies say', async () => {
    await using twinlock = await startTwinlock({ database: await newDatabase() })
    const ana = await newUser(twinlock, 'ana', allow('*'))
    const session = sessionOf(await twinlock.sts(ana).send(new GetSessionTokenCommand()))
    const role = await newRole(
      twinlock,
      { RoleName: 'all', AssumeRolePolicyDocument: policy(trust(ana.Arn)) },
      allow('*'),
    )
    const assume = new AssumeRoleCommand({ RoleArn: role.Arn, RoleSessionName: 'test' })
    const assumed = sessionOf(await twinlock.sts(ana).send(assume))
    for (const caller of [session, assumed]) {
      await assert.rejects(federate(twinlock, caller), {
        name: 'AccessDenied',
        message: 'Cannot call GetFederationToken with session credentials',
      })
    }
  })

  test('it needs permission for the name, and sts:TagSession for tags', async () => {
    await using twinlock = await startTwinlock({ database: await newDatabase() })
    const ana = await newUser(
      twinlock,
      'ana',
      allow('sts:GetFederationToken', { Resource: ZOE }),
      allow('sts:TagSession', { Condition: { StringEquals: { 'aws:RequestTag/team': 'red' } } }),
    )
    const refused = (action: string, name = 'zoe') => ({
      name: 'AccessDenied',
      message: `User: ${ana.Arn} is not authorized to perform: ${action} on resource: arn:aws:sts::123456789012:federated-user/${name} because no identity-based policy allows the ${action} action`,
    })
    await federate(twinlock, ana)
    await assert.rejects(
      federate(twinlock, ana, { Name: 'max' }),
      refused('sts:GetFederationToken', 'max'),
    )
    await federate(twinlock, ana, { Tags: [{ Key: 'team', Value: 'red' }] })
    const blue = { Tags: [{ Key: 'team', Value: 'blue' }] }
    await assert.rejects(federate(twinlock, ana, blue), refused('sts:TagSession'))
    await assert.rejects(
      federate(twinlock, twinlock.root, {
        Tags: [
          { Key: 'a', Value: '' },
          { Key: 'A', Value: '' },
        ],
      }),
      {
        name: 'InvalidParameterValue',
        message: 'Duplicate tag keys found. Please note that Tag keys are case insensitive.',
      },
    )
  })

  test('names and session policies are checked as AWS checks them', async () => {
    await using twinlock = await startTwinlock({ database: await newDatabase() })
    for (const Name of ['x', 'x'.repeat(33), 'a b', 'a/b']) {
      await assert.rejects(federate(twinlock, twinlock.root, { Name }), { name: 'ValidationError' })
    }
    await federate(twinlock, twinlock.root, { Name: 'a+=,.@-_9' })
    await assert.rejects(federate(twinlock, twinlock.root, { Policy: '{}' }), {
      name: 'MalformedPolicyDocumentException',
    })
    const PolicyArns = [{ arn: 'arn:aws:iam::123456789012:policy/none' }]
    await assert.rejects(federate(twinlock, twinlock.root, { PolicyArns }), {
      name: 'ValidationError',
    })
    const { PackedPolicySize = 0 } = await federate(twinlock, twinlock.root, {
      Policy: policy(allow('s3:*')),
    })
    assert.ok(PackedPolicySize >= 1 && PackedPolicySize < 100)
  })

  test('a boundary binds the asking, and a session ends with the user who asked', async () => {
    await using twinlock = await startTwinlock({ database: await newDatabase() })
    const iam = twinlock.iam()
    const { Policy } = await iam.send(
      new CreatePolicyCommand({ PolicyName: 'bound', PolicyDocument: policy(deny('sts:*')) }),
    )
    const ana = await newUser(twinlock, 'ana', allow('*'))
    const session = sessionOf(await federate(twinlock, ana))
    const whoami = () => twinlock.sts(session).send(new GetCallerIdentityCommand())

    const UserName = 'ana'
    const PermissionsBoundary = Policy?.Arn
    await iam.send(new PutUserPermissionsBoundaryCommand({ UserName, PermissionsBoundary }))
    await assert.rejects(federate(twinlock, ana), {
      name: 'AccessDenied',
      message: `User: ${ana.Arn} is not authorized to perform: sts:GetFederationToken on resource: ${ZOE} with an explicit deny in a permissions boundary: ${PermissionsBoundary}`,
    })
    await whoami()

    await iam.send(new DeleteAccessKeyCommand({ UserName, AccessKeyId: ana.accessKeyId }))
    await whoami()
    await iam.send(new DeleteUserPolicyCommand({ UserName, PolicyName: 'own' }))
    await iam.send(new DeleteUserCommand({ UserName }))
    await assert.rejects(whoami(), { name: 'InvalidClientTokenId' })
  })

  test('a session ends at its time', async () => {
    await using twinlock = await startTwinlock({ database: await newDatabase() })
    const session = sessionOf(await federate(twinlock, twinlock.root))
    twinlock.clock.advance(3600)
    await assert.rejects(twinlock.sts(session).send(new GetCallerIdentityCommand()), {
      name: 'ExpiredToken',
    })
  })

  test('the audit names the session, and who issued it', async () => {
    const database = await newDatabase()
    {
      await using twinlock = await startTwinlock({ database })
      const ana = await newUser(twinlock, 'ana', allow('sts:*'))
      const session = sessionOf(await federate(twinlock, ana))
      await twinlock.sts(session).send(new GetCallerIdentityCommand())
    }
    await using store = await openStore(database)
    const rows = await store.db.selectFrom('auditEvent').select(['userName', 'record']).execute()
    const records = rows.map(({ userName, record }) => ({ userName, ...JSON.parse(record) }))
    const asked = records.find(({ eventName }) => eventName === 'GetFederationToken')
    assert.equal(asked.readOnly, false)
    assert.equal(asked.requestParameters.name, 'zoe')
    assert.equal(asked.responseElements.credentials.secretAccessKey, undefined)
    assert.equal(asked.responseElements.federatedUser.arn, ZOE)

    const { userName, userIdentity } = records.find(
      ({ eventName }) => eventName === 'GetCallerIdentity',
    )
    assert.equal(userName, 'zoe')
    const { type, principalId, arn, sessionContext } = userIdentity
    assert.deepEqual(
      { type, principalId, arn },
      { type: 'FederatedUser', principalId: '123456789012:zoe', arn: ZOE },
    )
    assert.equal(sessionContext.attributes.mfaAuthenticated, 'false')
    assert.equal(sessionContext.sessionIssuer.type, 'IAMUser')
    assert.equal(sessionContext.sessionIssuer.userName, 'ana')
    assert.match(sessionContext.sessionIssuer.principalId, /^AIDA/)
  })
})
