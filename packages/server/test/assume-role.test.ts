// AssumeRole as the AWS SDK sees it: trust, MFA, chains of roles, session tags and policies.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  CreatePolicyCommand,
  GetUserCommand,
  ListRolesCommand,
  ListUsersCommand,
  UpdateAssumeRolePolicyCommand,
} from '@aws-sdk/client-iam'
import type { AssumeRoleCommandInput } from '@aws-sdk/client-sts'
import {
  AssumeRoleCommand,
  GetCallerIdentityCommand,
  GetSessionTokenCommand,
} from '@aws-sdk/client-sts'
import { onEveryEngine } from '../src/store/every-engine.ts'
import { enrol } from './authenticator.ts'
import { allow, deny, newRole, newUser, policy, sessionOf, trust } from './people.ts'
import type { Credentials, TestTwinlock } from './twinlock.ts'
import { startTwinlock } from './twinlock.ts'

const MFA = { Bool: { 'aws:MultiFactorAuthPresent': 'true' } }
const YOUNG_MFA = { ...MFA, NumericLessThan: { 'aws:MultiFactorAuthAge': '3600' } }

type AssumeRoleInput = Omit<AssumeRoleCommandInput, 'RoleSessionName'>

const assume = (twinlock: TestTwinlock, caller: Credentials, input: AssumeRoleInput) =>
  twinlock.sts(caller).send(new AssumeRoleCommand({ RoleSessionName: 'test', ...input }))

const denied = (caller: string, role: string, action = 'sts:AssumeRole') => ({
  name: 'AccessDenied',
  message: `User: ${caller} is not authorized to perform: ${action} on resource: ${role}`,
})

const invalidParameter = (message: string) => ({ name: 'InvalidParameterValue', message })

const roleArn = (name: string) => `arn:aws:iam::123456789012:role/${name}`
const sessionArn = (role: string) => `arn:aws:sts::123456789012:assumed-role/${role}/test`

onEveryEngine('AssumeRole', newDatabase => {
  test('whom the trust policy names gets a session of the role, for an hour', async () => {
    await using twinlock = await startTwinlock({ database: await newDatabase() })
    const ana = await newUser(twinlock, 'ana')
    const role = await newRole(
      twinlock,
      { RoleName: 'reader', Path: '/team/', AssumeRolePolicyDocument: policy(trust(ana.Arn)) },
      allow('iam:ListUsers'),
    )
    const {
      $metadata: _,
      Credentials,
      ...answer
    } = await assume(twinlock, ana, { RoleArn: role.Arn })
    assert.deepEqual(answer, {
      AssumedRoleUser: { AssumedRoleId: `${role.RoleId}:test`, Arn: sessionArn('reader') },
    })
    assert.equal((Credentials?.Expiration?.getTime() ?? 0) / 1000, twinlock.clock.seconds() + 3600)
    const session = twinlock.iam(sessionOf({ Credentials }))
    await session.send(new ListUsersCommand())
    await assert.rejects(session.send(new ListRolesCommand()), {
      name: 'AccessDenied',
      message: `User: ${sessionArn('reader')} is not authorized to perform: iam:ListRoles on resource: ${roleArn('')} because no identity-based policy allows the iam:ListRoles action`,
    })
  })

  test('a role assumes itself only if its trust policy names it, not merely its account', async () => {
    await using twinlock = await startTwinlock({ database: await newDatabase() })
    const may = allow('sts:AssumeRole')
    const ana = await newUser(twinlock, 'ana', may)
    const AssumeRolePolicyDocument = policy(trust(twinlock.account))
    const self = await newRole(twinlock, { RoleName: 'self', AssumeRolePolicyDocument }, may)
    const other = await newRole(twinlock, { RoleName: 'other', AssumeRolePolicyDocument })
    const session = sessionOf(await assume(twinlock, ana, { RoleArn: self.Arn }))
    await assume(twinlock, session, { RoleArn: other.Arn })
    await assert.rejects(
      assume(twinlock, session, { RoleArn: self.Arn }),
      denied(sessionArn('self'), self.Arn),
    )
    const PolicyDocument = policy(trust([twinlock.account, self.Arn]))
    await twinlock
      .iam()
      .send(new UpdateAssumeRolePolicyCommand({ RoleName: 'self', PolicyDocument }))
    await assume(twinlock, session, { RoleArn: self.Arn })
  })

  test('a role that does not exist looks like one that does not trust the caller', async () => {
    await using twinlock = await startTwinlock({ database: await newDatabase() })
    const ana = await newUser(twinlock, 'ana', allow('sts:AssumeRole'))
    const ben = await newUser(twinlock, 'ben')
    const AssumeRolePolicyDocument = policy(trust(ben.Arn))
    await newRole(twinlock, { RoleName: 'closed', Path: '/a/', AssumeRolePolicyDocument })
    for (const RoleArn of [
      roleArn('a/closed'),
      roleArn('closed'),
      roleArn('a/Closed'),
      roleArn('missing'),
      'arn:aws:iam::210987654321:role/a/closed',
      'arn:aws-cn:iam::123456789012:role/a/closed',
      'arn:aws:iam::123456789012:user/ana',
    ]) {
      await assert.rejects(assume(twinlock, ana, { RoleArn }), denied(ana.Arn, RoleArn))
    }
  })

  test('a trust policy that names the account leaves it to the caller’s own policies', async () => {
    await using twinlock = await startTwinlock({ database: await newDatabase() })
    const ana = await newUser(twinlock, 'ana')
    const ben = await newUser(
      twinlock,
      'ben',
      allow('sts:AssumeRole', { Resource: roleArn('open') }),
    )
    const eve = await newUser(twinlock, 'eve', allow('sts:*'), deny('sts:AssumeRole'))
    const AssumeRolePolicyDocument = policy(trust(twinlock.account), trust(eve.Arn))
    const { Arn: RoleArn } = await newRole(twinlock, { RoleName: 'open', AssumeRolePolicyDocument })
    await assert.rejects(assume(twinlock, ana, { RoleArn }), denied(ana.Arn, RoleArn))
    await assume(twinlock, ben, { RoleArn })
    await assert.rejects(assume(twinlock, eve, { RoleArn }), denied(eve.Arn, RoleArn))
  })

  test('root may not assume roles, not with a session either', async () => {
    await using twinlock = await startTwinlock({ database: await newDatabase() })
    const AssumeRolePolicyDocument = policy(trust(twinlock.account))
    const { Arn: RoleArn } = await newRole(twinlock, { RoleName: 'open', AssumeRolePolicyDocument })
    const session = await twinlock.sts().send(new GetSessionTokenCommand())
    for (const caller of [twinlock.root, sessionOf(session)]) {
      await assert.rejects(assume(twinlock, caller, { RoleArn }), {
        name: 'AccessDenied',
        message: 'Roles may not be assumed by root accounts.',
      })
    }
  })

  test('what is no ARN is invalid', async () => {
    await using twinlock = await startTwinlock({ database: await newDatabase() })
    const ana = await newUser(twinlock, 'ana')
    for (const RoleArn of [
      'arn:aws:iam::role/not-a-role',
      'arn::iam::123456789012:role/x',
      'x'.repeat(20),
    ]) {
      await assert.rejects(assume(twinlock, ana, { RoleArn }), {
        name: 'ValidationError',
        message: `${RoleArn} is invalid`,
      })
    }
    await assert.rejects(
      twinlock
        .sts(ana)
        .send(new AssumeRoleCommand({ RoleArn: roleArn('x'), RoleSessionName: 'Session1:2' })),
      {
        name: 'ValidationError',
        message:
          "1 validation error detected: Value 'Session1:2' at 'roleSessionName' failed to satisfy constraint: Member must satisfy regular expression pattern: [\\w+=,.@-]*",
      },
    )
  })

  test('the external id and the session name are conditions of trust', async () => {
    await using twinlock = await startTwinlock({ database: await newDatabase() })
    const ana = await newUser(twinlock, 'ana')
    const Condition = {
      StringEquals: { 'sts:ExternalId': 'secret-7', 'sts:RoleSessionName': '${aws:username}' },
    }
    const AssumeRolePolicyDocument = policy(trust(ana.Arn, { Condition }))
    const { Arn: RoleArn } = await newRole(twinlock, {
      RoleName: 'agent',
      AssumeRolePolicyDocument,
    })
    const asked = { RoleArn, ExternalId: 'secret-7' }
    const as = (RoleSessionName: string, input: AssumeRoleInput) =>
      twinlock.sts(ana).send(new AssumeRoleCommand({ RoleSessionName, ...input }))
    await as('ana', asked)
    await assert.rejects(as('ben', asked), denied(ana.Arn, RoleArn))
    await assert.rejects(as('ana', { RoleArn }), denied(ana.Arn, RoleArn))
  })

  test('DurationSeconds is bounded by the role, and told only to those who may assume it', async () => {
    await using twinlock = await startTwinlock({ database: await newDatabase() })
    const ana = await newUser(twinlock, 'ana')
    const ben = await newUser(twinlock, 'ben')
    const { Arn: RoleArn } = await newRole(twinlock, {
      RoleName: 'long',
      MaxSessionDuration: 7200,
      AssumeRolePolicyDocument: policy(trust(ana.Arn)),
    })
    const { Credentials } = await assume(twinlock, ana, { RoleArn, DurationSeconds: 7200 })
    assert.equal((Credentials?.Expiration?.getTime() ?? 0) / 1000, twinlock.clock.seconds() + 7200)
    await assert.rejects(assume(twinlock, ana, { RoleArn, DurationSeconds: 7201 }), {
      name: 'ValidationError',
      message: 'The requested DurationSeconds exceeds the MaxSessionDuration set for this role.',
    })
    await assert.rejects(
      assume(twinlock, ben, { RoleArn, DurationSeconds: 7201 }),
      denied(ben.Arn, RoleArn),
    )
    await assert.rejects(assume(twinlock, ana, { RoleArn, DurationSeconds: 86_400 }), {
      name: 'ValidationError',
      message:
        "1 validation error detected: Value '86400' at 'durationSeconds' failed to satisfy constraint: Member must have value less than or equal to 43200",
    })
  })

  // AssumeRole with MFA
  async function production(database: string, ...statements: Parameters<typeof allow>[1][]) {
    const twinlock = await startTwinlock({ database })
    const dev = await newUser(
      twinlock,
      'dev',
      ...(statements as object[] as ReturnType<typeof allow>[]),
    )
    const phone = await enrol(twinlock.iam(), twinlock.clock, 'dev', 'phone')
    const { Arn: RoleArn } = await newRole(
      twinlock,
      {
        RoleName: 'ProductionAdmin-Role',
        AssumeRolePolicyDocument: policy(trust(dev.Arn, { Condition: YOUNG_MFA })),
      },
      allow('iam:*', { Condition: { BoolIfExists: { 'aws:MultiFactorAuthPresent': 'false' } } }),
      deny('iam:ListUsers', { Condition: MFA }),
    )
    return { twinlock, dev, phone, RoleArn }
  }

  test('a trust policy that demands MFA is satisfied by a code in the request', async () => {
    const { twinlock: opened, dev, phone, RoleArn } = await production(await newDatabase())
    await using twinlock = opened
    await assert.rejects(assume(twinlock, dev, { RoleArn }), denied(dev.Arn, RoleArn))
    const { SerialNumber, TokenCode } = phone.proof()
    await assert.rejects(assume(twinlock, dev, { RoleArn, SerialNumber }), {
      name: 'AccessDenied',
      message: /must provide both/,
    })
    await assert.rejects(
      assume(twinlock, dev, { RoleArn, SerialNumber, TokenCode: phone.code(9) }),
      {
        name: 'AccessDenied',
        message: 'MultiFactorAuthentication failed with invalid MFA one time pass code. ',
      },
    )
    const session = await assume(twinlock, dev, { RoleArn, SerialNumber, TokenCode })
    await assert.rejects(assume(twinlock, dev, { RoleArn, SerialNumber, TokenCode }), {
      name: 'AccessDenied',
      message: 'MultiFactorAuthentication failed with invalid MFA one time pass code. ',
    })
    // MFA protects the assuming of a role, not the calls made with it: there the key is present and false.
    await twinlock.iam(sessionOf(session)).send(new ListUsersCommand())
  })

  test('or by a session with MFA that is young enough, any number of times', async () => {
    const { twinlock: opened, dev, phone, RoleArn } = await production(await newDatabase())
    await using twinlock = opened
    const proved = sessionOf(
      await twinlock.sts(dev).send(new GetSessionTokenCommand(phone.proof())),
    )
    const without = sessionOf(await twinlock.sts(dev).send(new GetSessionTokenCommand()))
    await assert.rejects(assume(twinlock, without, { RoleArn }), denied(dev.Arn, RoleArn))
    await assume(twinlock, proved, { RoleArn })
    twinlock.clock.advance(3599)
    await assume(twinlock, proved, { RoleArn })
    twinlock.clock.advance(1)
    await assert.rejects(assume(twinlock, proved, { RoleArn }), denied(dev.Arn, RoleArn))
    // A new code makes up for an old session.
    await assume(twinlock, proved, { RoleArn, ...phone.proof() })
  })

  test('a code counts for the caller’s own policies too', async () => {
    const {
      twinlock: opened,
      dev,
      phone,
      RoleArn,
    } = await production(
      await newDatabase(),
      deny('sts:AssumeRole', {
        Condition: { BoolIfExists: { 'aws:MultiFactorAuthPresent': 'false' } },
      }),
    )
    await using twinlock = opened
    await assert.rejects(assume(twinlock, dev, { RoleArn }), denied(dev.Arn, RoleArn))
    await assume(twinlock, dev, { RoleArn, ...phone.proof() })
  })

  test('a code is verified, and spent, before the trust policy is asked', async () => {
    const { twinlock: opened, phone, RoleArn } = await production(await newDatabase())
    await using twinlock = opened
    const ben = await newUser(twinlock, 'ben')
    const key = await enrol(twinlock.iam(), twinlock.clock, 'ben', 'key')
    await assert.rejects(assume(twinlock, ben, { RoleArn, ...phone.proof() }), {
      name: 'AccessDenied',
      message: /unable to validate MFA code/,
    })
    await assert.rejects(
      assume(twinlock, ben, { RoleArn, ...key.proof() }),
      denied(ben.Arn, RoleArn),
    )
    await assert.rejects(assume(twinlock, ben, { RoleArn, ...key.proof() }), {
      name: 'AccessDenied',
      message: /invalid MFA one time pass code/,
    })
  })

  test('a role’s session owns no device', async () => {
    const { twinlock: opened, dev, phone, RoleArn } = await production(await newDatabase())
    await using twinlock = opened
    const session = sessionOf(await assume(twinlock, dev, { RoleArn, ...phone.proof() }))
    await assert.rejects(assume(twinlock, session, { RoleArn, ...phone.proof(1) }), {
      name: 'AccessDenied',
      message: /unable to validate MFA code/,
    })
  })

  // Chains of roles
  /** Ana may assume `first`, and its sessions `second`; whatever else trust must allow is given. */
  async function chain(database: string, actions: readonly string[]) {
    const twinlock = await startTwinlock({ database })
    const ana = await newUser(twinlock, 'ana')
    const Action = ['sts:AssumeRole', ...actions]
    const first = await newRole(twinlock, {
      RoleName: 'first',
      MaxSessionDuration: 43_200,
      AssumeRolePolicyDocument: policy(trust(ana.Arn, { Action })),
    })
    const second = await newRole(twinlock, {
      RoleName: 'second',
      MaxSessionDuration: 43_200,
      AssumeRolePolicyDocument: policy(trust(first.Arn, { Action })),
      Tags: [{ Key: 'Team', Value: 'own' }],
    })
    return { twinlock, ana, first, second }
  }

  test('a session made by another one lasts an hour at most', async () => {
    const { twinlock: opened, ana, first, second } = await chain(await newDatabase(), [])
    await using twinlock = opened
    const session = sessionOf(
      await assume(twinlock, ana, { RoleArn: first.Arn, DurationSeconds: 43_200 }),
    )
    await assume(twinlock, session, { RoleArn: second.Arn, DurationSeconds: 3600 })
    await assert.rejects(
      assume(twinlock, session, { RoleArn: second.Arn, DurationSeconds: 3601 }),
      {
        name: 'ValidationError',
        message:
          'The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role chaining.',
      },
    )
    const user = sessionOf(await twinlock.sts(ana).send(new GetSessionTokenCommand()))
    await assume(twinlock, user, { RoleArn: first.Arn, DurationSeconds: 43_200 })
  })

  test('session tags need sts:TagSession, and say who the session is', async () => {
    await using twinlock = await startTwinlock({ database: await newDatabase() })
    const ana = await newUser(twinlock, 'ana')
    const tagged = { Condition: { StringEquals: { 'aws:PrincipalTag/team': 'red' } } }
    const Condition = { StringEquals: { 'aws:RequestTag/Team': ['red', 'blue'] } }
    const { Arn: RoleArn } = await newRole(
      twinlock,
      {
        RoleName: 'tagged',
        AssumeRolePolicyDocument: policy(
          trust(ana.Arn),
          trust(ana.Arn, { Action: 'sts:TagSession', Condition }),
        ),
      },
      allow('iam:ListUsers', tagged),
    )
    const listUsers = async (Value: string) => {
      const session = await assume(twinlock, ana, { RoleArn, Tags: [{ Key: 'Team', Value }] })
      return twinlock.iam(sessionOf(session)).send(new ListUsersCommand())
    }
    await listUsers('red')
    await assert.rejects(listUsers('blue'), { name: 'AccessDenied' })
    await assert.rejects(listUsers('green'), denied(ana.Arn, RoleArn, 'sts:TagSession'))

    const closed = await newRole(twinlock, {
      RoleName: 'closed',
      AssumeRolePolicyDocument: policy(trust(ana.Arn)),
    })
    await assert.rejects(
      assume(twinlock, ana, { RoleArn: closed.Arn, Tags: [{ Key: 'a', Value: 'b' }] }),
      denied(ana.Arn, closed.Arn, 'sts:TagSession'),
    )
  })

  test('transitive tags follow the chain, and cannot be replaced on the way', async () => {
    const {
      twinlock: opened,
      ana,
      first,
      second,
    } = await chain(await newDatabase(), ['sts:TagSession'])
    await using twinlock = opened
    const Tags = [
      { Key: 'Team', Value: 'red' },
      { Key: 'Ticket', Value: '7' },
    ]
    const session = sessionOf(
      await assume(twinlock, ana, { RoleArn: first.Arn, Tags, TransitiveTagKeys: ['team'] }),
    )
    const again = (Key: string, Value: string) =>
      assume(twinlock, session, { RoleArn: second.Arn, Tags: [{ Key, Value }] })
    await again('ticket', '8')
    await assert.rejects(
      again('TEAM', 'blue'),
      invalidParameter(
        "One of the specified transitive tag keys can't be set because it conflicts with a transitive tag key from the calling session.",
      ),
    )
  })

  test('inherited tags need sts:TagSession of every further role', async () => {
    const {
      twinlock: opened,
      ana,
      first,
      second,
    } = await chain(await newDatabase(), ['sts:TagSession'])
    await using twinlock = opened
    const untagged = await newRole(twinlock, {
      RoleName: 'untagged',
      AssumeRolePolicyDocument: policy(trust(first.Arn)),
    })
    const Tags = [{ Key: 'Team', Value: 'red' }]
    const plain = sessionOf(await assume(twinlock, ana, { RoleArn: first.Arn, Tags }))
    await assume(twinlock, plain, { RoleArn: untagged.Arn })
    const passing = sessionOf(
      await assume(twinlock, ana, { RoleArn: first.Arn, Tags, TransitiveTagKeys: ['Team'] }),
    )
    await assert.rejects(
      assume(twinlock, passing, { RoleArn: untagged.Arn }),
      denied(sessionArn('first'), untagged.Arn, 'sts:TagSession'),
    )
    const { PackedPolicySize } = await assume(twinlock, passing, { RoleArn: second.Arn })
    assert.equal(PackedPolicySize, 4)
  })

  test('keys of session tags come once, ignoring case, and transitive ones among them', async () => {
    const { twinlock: opened, ana, first } = await chain(await newDatabase(), ['sts:TagSession'])
    await using twinlock = opened
    const RoleArn = first.Arn
    const a = { Key: 'a', Value: '1' }
    await assert.rejects(
      assume(twinlock, ana, { RoleArn, Tags: [a, { Key: 'A', Value: '2' }] }),
      invalidParameter('Duplicate tag keys found. Please note that Tag keys are case insensitive.'),
    )
    await assert.rejects(
      assume(twinlock, ana, { RoleArn, Tags: [a], TransitiveTagKeys: ['b'] }),
      invalidParameter('The specified transitive tag key must be included in the requested tags.'),
    )
    await assert.rejects(assume(twinlock, ana, { RoleArn, Tags: [{ Key: 'aws:a', Value: '1' }] }), {
      name: 'InvalidParameterValue',
    })
    const nine = Array.from({ length: 9 }, (_, n) => ({ Key: `T${n}`, Value: 'a'.repeat(250) }))
    await assert.rejects(assume(twinlock, ana, { RoleArn, Tags: nine }), {
      name: 'PackedPolicyTooLargeException',
      message: 'Packed size of session tags consumes 499% of allotted space.',
    })
  })

  test('a source identity needs sts:SetSourceIdentity, and stays for the whole chain', async () => {
    const {
      twinlock: opened,
      ana,
      first,
      second,
    } = await chain(await newDatabase(), ['sts:SetSourceIdentity'])
    await using twinlock = opened
    const named = await assume(twinlock, ana, { RoleArn: first.Arn, SourceIdentity: 'ana' })
    assert.equal(named.SourceIdentity, 'ana')
    const session = sessionOf(named)

    const next = await assume(twinlock, session, { RoleArn: second.Arn })
    assert.equal(next.SourceIdentity, 'ana')
    await assume(twinlock, session, { RoleArn: second.Arn, SourceIdentity: 'ana' })
    await assert.rejects(
      assume(twinlock, session, { RoleArn: second.Arn, SourceIdentity: 'eve' }),
      denied(sessionArn('first'), second.Arn, 'sts:SetSourceIdentity'),
    )

    const silent = await newRole(twinlock, {
      RoleName: 'silent',
      AssumeRolePolicyDocument: policy(trust(first.Arn)),
    })
    await assert.rejects(
      assume(twinlock, session, { RoleArn: silent.Arn }),
      denied(sessionArn('first'), silent.Arn, 'sts:SetSourceIdentity'),
    )
    const unnamed = sessionOf(await assume(twinlock, ana, { RoleArn: first.Arn }))
    await assume(twinlock, unnamed, { RoleArn: silent.Arn })
  })

  // Session policies
  async function administrator(database: string) {
    const twinlock = await startTwinlock({ database })
    const ana = await newUser(twinlock, 'ana')
    const { Arn: RoleArn } = await newRole(
      twinlock,
      { RoleName: 'admin', AssumeRolePolicyDocument: policy(trust(ana.Arn)) },
      allow('iam:List*'),
    )
    return { twinlock, ana, RoleArn }
  }

  test('a session may do what both the role and its session policies allow', async () => {
    const { twinlock: opened, ana, RoleArn } = await administrator(await newDatabase())
    await using twinlock = opened
    const session = await assume(twinlock, ana, {
      RoleArn,
      Policy: policy(allow(['iam:ListUsers', 'iam:GetUser'])),
    })
    assert.equal(session.PackedPolicySize, 6)
    const iam = twinlock.iam(sessionOf(session))
    await iam.send(new ListUsersCommand())
    await assert.rejects(iam.send(new ListRolesCommand()), {
      name: 'AccessDenied',
      message: /because no session policy allows the iam:ListRoles action$/,
    })
    await assert.rejects(iam.send(new GetUserCommand({ UserName: 'ana' })), {
      name: 'AccessDenied',
    })
    await twinlock.sts(sessionOf(session)).send(new GetCallerIdentityCommand())
  })

  test('managed policies limit a session, and must exist', async () => {
    const { twinlock: opened, ana, RoleArn } = await administrator(await newDatabase())
    await using twinlock = opened
    const { Policy } = await twinlock.iam().send(
      new CreatePolicyCommand({
        PolicyName: 'users',
        PolicyDocument: policy(allow('iam:ListUsers')),
      }),
    )
    const session = await assume(twinlock, ana, { RoleArn, PolicyArns: [{ arn: Policy?.Arn }] })
    const iam = twinlock.iam(sessionOf(session))
    await iam.send(new ListUsersCommand())
    await assert.rejects(iam.send(new ListRolesCommand()), { name: 'AccessDenied' })

    const readOnly = 'arn:aws:iam::aws:policy/ReadOnlyAccess'
    await assume(twinlock, ana, { RoleArn, PolicyArns: [{ arn: readOnly }] })
    const missing = 'arn:aws:iam::aws:policy/NoSuchPolicy'
    await assert.rejects(assume(twinlock, ana, { RoleArn, PolicyArns: [{ arn: missing }] }), {
      name: 'ValidationError',
      message: `Policy ${missing} does not exist or is not attachable.`,
    })
    const eleven = Array.from({ length: 11 }, (_, n) => ({ arn: `${readOnly}${n}` }))
    await assert.rejects(assume(twinlock, ana, { RoleArn, PolicyArns: eleven }), {
      name: 'ValidationError',
    })
  })

  test('a session policy must be a policy, and not longer than 2,048 characters', async () => {
    const { twinlock: opened, ana, RoleArn } = await administrator(await newDatabase())
    await using twinlock = opened
    await assert.rejects(assume(twinlock, ana, { RoleArn, Policy: '{' }), {
      name: 'MalformedPolicyDocumentException',
    })
    const long = policy(allow(Array.from({ length: 150 }, (_, n) => `iam:ListThings${n}`)))
    await assert.rejects(assume(twinlock, ana, { RoleArn, Policy: long }), {
      name: 'PackedPolicyTooLargeException',
      message: /^Packed policy consumes 1\d\d% of allotted space, please use smaller policy\.$/,
    })
  })
})
