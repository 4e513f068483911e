import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  ChangePasswordCommand,
  CreateAccessKeyCommand,
  CreateLoginProfileCommand,
  CreateUserCommand,
  CreateVirtualMFADeviceCommand,
  EnableMFADeviceCommand,
  GetUserCommand,
  SimulateCustomPolicyCommand,
} from '@aws-sdk/client-iam'
import {
  AssumeRoleCommand,
  GetCallerIdentityCommand,
  GetSessionTokenCommand,
} from '@aws-sdk/client-sts'
import { onEveryEngine, openStore } from '../src/store/every-engine.ts'
import { allow, newRole, newUser, policy, trust } from './people.ts'
import { startTwinlock } from './twinlock.ts'

type AuditRecord = {
  readonly eventName: string
  readonly eventSource: string
  readonly eventTime: string
  readonly readOnly: boolean
  readonly errorCode?: string
  readonly errorMessage?: string
  readonly requestID: string
  readonly requestParameters: Readonly<Record<string, unknown>> | null
  readonly responseElements: Readonly<Record<string, unknown>> | null
  readonly resources?: readonly unknown[]
  readonly userIdentity: Readonly<Record<string, unknown>>
}

async function recordsIn(database: string): Promise<AuditRecord[]> {
  await using store = await openStore(database)
  const rows = await store.db
    .selectFrom('auditEvent')
    .select('record')
    .orderBy('eventTime')
    .execute()
  return rows.map(({ record }) => JSON.parse(record) as AuditRecord)
}

const recordOf = (records: readonly AuditRecord[], eventName: string, succeeded = false) => {
  const record = records.find(
    each => each.eventName === eventName && (!succeeded || !each.errorCode),
  )
  assert.ok(record, `${eventName} left no record`)
  return record
}

onEveryEngine('the audit', newDatabase => {
  test('each request leaves one record: changes, reads, refusals and strangers', async () => {
    const database = await newDatabase()
    {
      await using twinlock = await startTwinlock({ database })
      await twinlock.iam().send(new CreateUserCommand({ UserName: 'ana', Path: '/team/' }))
      await twinlock.sts().send(new GetCallerIdentityCommand({}))
      await assert.rejects(twinlock.iam().send(new GetUserCommand({ UserName: 'ben' })))
      const stranger = { accessKeyId: 'AKIAQNZGKIQY56JQ7WML', secretAccessKey: 'x'.repeat(40) }
      await assert.rejects(twinlock.sts(stranger).send(new GetCallerIdentityCommand({})))
    }
    const records = await recordsIn(database)
    assert.equal(records.length, 4)

    const created = recordOf(records, 'CreateUser')
    assert.equal(created.eventSource, 'iam.amazonaws.com')
    assert.equal(created.eventTime, '2026-01-02T03:04:05Z')
    assert.equal(created.readOnly, false)
    assert.deepEqual(created.requestParameters, { userName: 'ana', path: '/team/' })
    const { user } = created.responseElements as { user: Record<string, unknown> }
    assert.equal(user['arn'], 'arn:aws:iam::123456789012:user/team/ana')
    assert.equal(user['createDate'], 'Jan 2, 2026 3:04:05 AM')
    assert.equal(created.userIdentity['type'], 'Root')

    const refused = recordOf(records, 'GetUser')
    assert.equal(refused.errorCode, 'NoSuchEntityException')
    assert.equal(refused.errorMessage, 'The user with name ben cannot be found.')
    assert.equal(refused.responseElements, null)

    const unknown = records.find(({ userIdentity }) => userIdentity['type'] === 'Unknown')
    assert.equal(unknown?.errorCode, 'InvalidClientTokenId')
  })

  test("AssumeRole's record names the role, and ChangePassword's says nothing of its parameters", async () => {
    const database = await newDatabase()
    {
      await using twinlock = await startTwinlock({ database })
      const ana = await newUser(twinlock, 'ana', allow('iam:ChangePassword'))
      const Password = 'Corr3ct-horse!'
      await twinlock.iam().send(new CreateLoginProfileCommand({ UserName: 'ana', Password }))
      const passwords = { OldPassword: Password, NewPassword: 'Batt3ry-staple!' }
      await twinlock.iam(ana).send(new ChangePasswordCommand(passwords))
      const AssumeRolePolicyDocument = policy(trust(ana.Arn))
      const { Arn } = await newRole(twinlock, { RoleName: 'reader', AssumeRolePolicyDocument })
      const assumeRole = new AssumeRoleCommand({ RoleArn: Arn, RoleSessionName: 'ana' })
      await twinlock.sts(ana).send(assumeRole)
    }
    const records = await recordsIn(database)
    const changed = recordOf(records, 'ChangePassword')
    assert.equal(changed.requestParameters, null)
    assert.equal(changed.responseElements, null)
    assert.equal(changed.resources, undefined)
    assert.deepEqual(recordOf(records, 'AssumeRole').resources, [
      {
        ARN: 'arn:aws:iam::123456789012:role/reader',
        accountId: '123456789012',
        type: 'AWS::IAM::Role',
      },
    ])
  })

  test('parameters of more than 100 KB are cut, also of what was refused, and say whom it was about', async () => {
    const database = await newDatabase()
    {
      await using twinlock = await startTwinlock({ database })
      const ana = await newUser(twinlock, 'ana')
      const simulate = (length: number) =>
        twinlock.iam(ana).send(
          new SimulateCustomPolicyCommand({
            PolicyInputList: ['x'.repeat(length), 'x'.repeat(length)],
            ActionNames: ['iam:GetUser'],
          }),
        )
      await assert.rejects(simulate(100), { name: 'AccessDenied' })
      await assert.rejects(simulate(100_000), { name: 'AccessDenied' })
    }
    const records = await recordsIn(database)
    const simulated = records.filter(({ eventName }) => eventName === 'SimulateCustomPolicy')
    const parameters = simulated.map(({ requestParameters }) => requestParameters)
    assert.equal(parameters.length, 2)
    const lengths = parameters.map(each => JSON.stringify(each?.['policyInputList']).length)
    assert.ok(Math.min(...lengths) > 200 && Math.max(...lengths) < 5000, String(lengths))
    for (const each of parameters) assert.deepEqual(each?.['actionNames'], ['iam:GetUser'])
  })

  test('no secret is in any record', async () => {
    const database = await newDatabase()
    const secrets: string[] = ['Corr3ct-horse!', '123123', '456456', '654321']
    {
      await using twinlock = await startTwinlock({ database })
      const iam = twinlock.iam()
      const UserName = 'ana'
      await iam.send(new CreateUserCommand({ UserName }))
      await iam.send(new CreateLoginProfileCommand({ UserName, Password: 'Corr3ct-horse!' }))
      const { AccessKey } = await iam.send(new CreateAccessKeyCommand({ UserName }))
      const { VirtualMFADevice } = await iam.send(
        new CreateVirtualMFADeviceCommand({ VirtualMFADeviceName: 'phone' }),
      )
      const SerialNumber = VirtualMFADevice?.SerialNumber
      const codes = { AuthenticationCode1: '123123', AuthenticationCode2: '456456' }
      await assert.rejects(
        iam.send(new EnableMFADeviceCommand({ UserName, SerialNumber, ...codes })),
      )
      const { Credentials } = await twinlock.sts().send(new GetSessionTokenCommand({}))
      await assert.rejects(
        twinlock.sts().send(new GetSessionTokenCommand({ SerialNumber, TokenCode: '654321' })),
      )
      const seed = Buffer.from(VirtualMFADevice?.Base32StringSeed ?? []).toString()
      assert.equal(seed.length, 64)
      secrets.push(
        seed,
        Buffer.from(seed).toString('base64'),
        AccessKey?.SecretAccessKey ?? '',
        Credentials?.SecretAccessKey ?? '',
        Credentials?.SessionToken ?? '',
        twinlock.root.secretAccessKey,
      )
    }
    const records = await recordsIn(database)
    assert.equal(records.length, 7)
    // Ids of requests and events are random: they may hold any six digits.
    const text = JSON.stringify(records.map(record => ({ ...record, requestID: '', eventID: '' })))
    for (const secret of secrets) {
      assert.ok(secret.length >= 6)
      assert.ok(!text.includes(secret), `a record holds ${secret.slice(0, 3)}…`)
    }
    const issued = recordOf(records, 'GetSessionToken', true)
    assert.equal(issued.readOnly, false)
    const { credentials } = issued.responseElements as { credentials: Record<string, unknown> }
    assert.deepEqual(Object.keys(credentials).toSorted(), ['accessKeyId', 'expiration'])
  })
})
