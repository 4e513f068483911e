// STS as the AWS SDK sees it: who am I, sessions with and without MFA.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  CreateUserCommand,
  DeactivateMFADeviceCommand,
  ListUsersCommand,
  UpdateUserCommand,
} from '@aws-sdk/client-iam'
import type { GetSessionTokenCommandInput, STSClient } from '@aws-sdk/client-sts'
import {
  AssumeRoleCommand,
  GetAccessKeyInfoCommand,
  GetCallerIdentityCommand,
  GetSessionTokenCommand,
} from '@aws-sdk/client-sts'
import { onEveryEngine } from '../src/store/every-engine.ts'
import { enrol, newAuthenticator } from './authenticator.ts'
import { allow, deny, newRole, newUser, policy, sessionOf, trust } from './people.ts'
import { startTwinlock } from './twinlock.ts'

const denied = (message: string) => ({ name: 'AccessDenied', message })
const INCOMPLETE = denied(
  'MultiFactorAuthentication failed, must provide both MFA serial number and one time pass code.',
)
const NO_DEVICE = denied(
  'MultiFactorAuthentication failed, unable to validate MFA code.  Please verify your MFA serial number is valid and associated with this user.',
)
const WRONG_CODE = denied('MultiFactorAuthentication failed with invalid MFA one time pass code. ')
const INVALID_TOKEN = {
  name: 'InvalidClientTokenId',
  message: 'The security token included in the request is invalid',
}

async function whoIs(sts: STSClient) {
  const { UserId, Account, Arn } = await sts.send(new GetCallerIdentityCommand())
  return { UserId, Account, Arn }
}

const sessionToken = (sts: STSClient, input: GetSessionTokenCommandInput = {}) =>
  sts.send(new GetSessionTokenCommand(input))

onEveryEngine('STS', newDatabase => {
  test('everyone is told who they are, even when a policy denies it', async () => {
    await using twinlock = await startTwinlock({ database: await newDatabase() })
    const Account = twinlock.account
    assert.deepEqual(await whoIs(twinlock.sts()), {
      UserId: Account,
      Account,
      Arn: `arn:aws:iam::${Account}:root`,
    })
    const ana = await newUser(
      twinlock,
      'ana',
      allow('sts:AssumeRole'),
      deny('sts:GetCallerIdentity'),
    )
    const asAna = { UserId: ana.UserId, Account, Arn: `arn:aws:iam::${Account}:user/ana` }
    assert.deepEqual(await whoIs(twinlock.sts(ana)), asAna)
    const session = sessionOf(await sessionToken(twinlock.sts(ana)))
    assert.deepEqual(await whoIs(twinlock.sts(session)), asAna)

    const role = await newRole(twinlock, {
      RoleName: 'auditor',
      Path: '/team/',
      AssumeRolePolicyDocument: policy(trust(ana.Arn)),
    })
    assert.equal(role.Arn, `arn:aws:iam::${Account}:role/team/auditor`)
    const assumed = await twinlock
      .sts(ana)
      .send(new AssumeRoleCommand({ RoleArn: role.Arn, RoleSessionName: 'night' }))
    assert.deepEqual(await whoIs(twinlock.sts(sessionOf(assumed))), {
      UserId: `${role.RoleId}:night`,
      Account,
      Arn: `arn:aws:sts::${Account}:assumed-role/auditor/night`,
    })
  })

  test('a rename shows at once', async () => {
    await using twinlock = await startTwinlock({ database: await newDatabase() })
    const ana = await newUser(twinlock, 'ana')
    const session = sessionOf(await sessionToken(twinlock.sts(ana)))
    await twinlock
      .iam()
      .send(new UpdateUserCommand({ UserName: 'ana', NewUserName: 'anna', NewPath: '/team/' }))
    const Arn = `arn:aws:iam::${twinlock.account}:user/team/anna`
    assert.equal((await whoIs(twinlock.sts(ana))).Arn, Arn)
    assert.equal((await whoIs(twinlock.sts(session))).Arn, Arn)
  })

  // GetSessionToken
  test('a session lasts twelve hours, or as asked; of root never more than one', async () => {
    await using twinlock = await startTwinlock({ database: await newDatabase() })
    const ana = twinlock.sts(await newUser(twinlock, 'ana'))
    const seconds = async (sts: STSClient, DurationSeconds?: number) => {
      const answer = await sessionToken(sts, { DurationSeconds })
      assert.deepEqual(
        Object.keys(answer).filter(name => name !== '$metadata'),
        ['Credentials'],
      )
      const end = answer.Credentials?.Expiration?.getTime() ?? 0
      return end / 1000 - twinlock.clock.seconds()
    }
    assert.deepEqual(
      await Promise.all([seconds(ana), seconds(ana, 900), seconds(ana, 129_600)]),
      [43_200, 900, 129_600],
    )
    const root = twinlock.sts()
    assert.deepEqual(
      await Promise.all([seconds(root), seconds(root, 900), seconds(root, 129_600)]),
      [3600, 900, 3600],
    )
    await assert.rejects(sessionToken(ana, { DurationSeconds: 899 }), {
      name: 'ValidationError',
      message:
        "1 validation error detected: Value '899' at 'durationSeconds' failed to satisfy constraint: Member must have value greater than or equal to 900",
    })
  })

  test('credentials have the shape of their kind, and end when they say', async () => {
    await using twinlock = await startTwinlock({ database: await newDatabase() })
    const ana = twinlock.sts(await newUser(twinlock, 'ana'))
    const session = sessionOf(await sessionToken(ana, { DurationSeconds: 900 }))
    assert.match(session.accessKeyId, /^ASIA[A-Z2-7]{16}$/)
    assert.match(session.secretAccessKey, /^[A-Za-z0-9+/]{40}$/)
    twinlock.clock.advance(899)
    await whoIs(twinlock.sts(session))
    twinlock.clock.advance(1)
    await assert.rejects(whoIs(twinlock.sts(session)), { name: 'ExpiredToken' })
  })

  test('a session token is at least as long as asked', async () => {
    await using twinlock = await startTwinlock({ database: await newDatabase() })
    const sts = twinlock.sts(await newUser(twinlock, 'ana'))
    const session = sessionOf(await sessionToken(sts, { MinimumSessionTokenSize: 4096 }))
    assert.ok(session.sessionToken.length >= 4096)
    await whoIs(twinlock.sts(session))
    await assert.rejects(sessionToken(sts, { MinimumSessionTokenSize: 4097 }), {
      name: 'ValidationError',
      message:
        "1 validation error detected: Value '4097' at 'minimumSessionTokenSize' failed to satisfy constraint: Member must have value less than or equal to 4096",
    })
  })

  test('no policy can forbid it, and none is needed', async () => {
    await using twinlock = await startTwinlock({ database: await newDatabase() })
    const ana = await newUser(twinlock, 'ana', deny('*'))
    await sessionToken(twinlock.sts(ana))
  })

  test('it takes long-term keys only', async () => {
    await using twinlock = await startTwinlock({ database: await newDatabase() })
    const ana = await newUser(twinlock, 'ana')
    const { Arn } = await newRole(
      twinlock,
      { RoleName: 'reader', AssumeRolePolicyDocument: policy(trust(ana.Arn)) },
      allow('*'),
    )
    const role = await twinlock
      .sts(ana)
      .send(new AssumeRoleCommand({ RoleArn: Arn, RoleSessionName: 'ana' }))
    for (const session of [role, await sessionToken(twinlock.sts(ana))]) {
      await assert.rejects(
        sessionToken(twinlock.sts(sessionOf(session))),
        denied('Cannot call GetSessionToken with session credentials'),
      )
    }
  })

  test('serial number and code come together, and of a device that is the caller’s own', async () => {
    await using twinlock = await startTwinlock({ database: await newDatabase() })
    const iam = twinlock.iam()
    const ana = await newUser(twinlock, 'ana')
    const sts = twinlock.sts(ana)
    await iam.send(new CreateUserCommand({ UserName: 'ben' }))
    const { clock } = twinlock
    const phone = await enrol(iam, clock, 'ana', 'phone')
    const tablet = await enrol(iam, clock, 'ben', 'tablet')
    const spare = await newAuthenticator(iam, clock, 'spare')
    const { SerialNumber, TokenCode } = phone.proof()

    await assert.rejects(sessionToken(sts, { SerialNumber }), INCOMPLETE)
    await assert.rejects(sessionToken(sts, { TokenCode }), INCOMPLETE)
    await assert.rejects(
      sessionToken(sts, { SerialNumber: SerialNumber.replace('mfa', 'user'), TokenCode }),
      NO_DEVICE,
    )
    await assert.rejects(sessionToken(sts, tablet.proof()), NO_DEVICE)
    await assert.rejects(sessionToken(sts, spare.proof()), NO_DEVICE)
    await assert.rejects(sessionToken(twinlock.sts(), phone.proof()), NO_DEVICE)
    await assert.rejects(sessionToken(sts, { SerialNumber, TokenCode: '12345' }), {
      name: 'ValidationError',
      message:
        "1 validation error detected: Value '12345' at 'tokenCode' failed to satisfy constraint: Member must have length greater than or equal to 6",
    })
    await assert.rejects(sessionToken(sts, phone.proof(10)), WRONG_CODE)
    await sessionToken(sts, { SerialNumber, TokenCode })

    await iam.send(new DeactivateMFADeviceCommand({ UserName: 'ana', SerialNumber }))
    await assert.rejects(sessionToken(sts, phone.proof(1)), NO_DEVICE)
  })

  test('codes of two steps either side are good, once each, and a newer one does not spend an older one', async () => {
    await using twinlock = await startTwinlock({ database: await newDatabase() })
    const sts = twinlock.sts(await newUser(twinlock, 'ana'))
    const phone = await enrol(twinlock.iam(), twinlock.clock, 'ana', 'phone')
    for (const steps of [2, -2, 0]) await sessionToken(sts, phone.proof(steps))
    for (const steps of [2, 0, 10, -10]) {
      await assert.rejects(sessionToken(sts, phone.proof(steps)), WRONG_CODE)
    }
  })

  test('under the strict profile the codes of enrolment are spent, and with a code every older one', async () => {
    const database = await newDatabase()
    await using twinlock = await startTwinlock({ database, totpProfile: 'strict' })
    const sts = twinlock.sts(await newUser(twinlock, 'ana'))
    const phone = await enrol(twinlock.iam(), twinlock.clock, 'ana', 'phone')
    await assert.rejects(sessionToken(sts, phone.proof()), WRONG_CODE)
    twinlock.clock.advance(90)
    await sessionToken(sts, phone.proof())
    twinlock.clock.advance(30)
    await assert.rejects(sessionToken(sts, phone.proof(-1)), WRONG_CODE)
    // A wrong guess makes the next one wait, and a code tried in between is not even looked at.
    await assert.rejects(sessionToken(sts, phone.proof()), NO_DEVICE)
    twinlock.clock.advance(1)
    await sessionToken(sts, phone.proof())
  })

  test('of many requests with one code, one gets a session', async () => {
    await using twinlock = await startTwinlock({ database: await newDatabase() })
    const ana = await newUser(twinlock, 'ana')
    const phone = await enrol(twinlock.iam(), twinlock.clock, 'ana', 'phone')
    const proof = phone.proof()
    const answers = await Promise.allSettled(
      Array.from({ length: 7 }, () => sessionToken(twinlock.sts(ana), proof)),
    )
    assert.equal(answers.filter(({ status }) => status === 'fulfilled').length, 1)
    for (const answer of answers) {
      if (answer.status === 'rejected')
        assert.equal(String(answer.reason.message), WRONG_CODE.message)
    }
  })

  test('the tenth verification of three minutes is refused; another device has guesses of its own', async () => {
    await using twinlock = await startTwinlock({ database: await newDatabase() })
    const sts = twinlock.sts(await newUser(twinlock, 'ana'))
    const { clock } = twinlock
    const phone = await enrol(twinlock.iam(), clock, 'ana', 'phone')
    const tablet = await enrol(twinlock.iam(), clock, 'ana', 'tablet')
    clock.advance(180)
    for (let guess = 1; guess <= 9; guess++) {
      await assert.rejects(sessionToken(sts, phone.proof(20)), WRONG_CODE)
    }
    await assert.rejects(sessionToken(sts, phone.proof()), NO_DEVICE)
    await sessionToken(sts, tablet.proof())
    clock.advance(180)
    await sessionToken(sts, phone.proof())
  })

  test('a session with MFA may call IAM, and keeps its MFA when the device goes; one without may not', async () => {
    await using twinlock = await startTwinlock({ database: await newDatabase() })
    const MFA = { Bool: { 'aws:MultiFactorAuthPresent': 'true' } }
    const ana = await newUser(twinlock, 'ana', allow('iam:ListUsers', { Condition: MFA }))
    const phone = await enrol(twinlock.iam(), twinlock.clock, 'ana', 'phone')
    const listUsers = (session: ReturnType<typeof sessionOf>) =>
      twinlock.iam(session).send(new ListUsersCommand())

    const without = sessionOf(await sessionToken(twinlock.sts(ana)))
    await assert.rejects(listUsers(without), INVALID_TOKEN)
    const { SerialNumber, TokenCode } = phone.proof()
    const proved = sessionOf(await sessionToken(twinlock.sts(ana), { SerialNumber, TokenCode }))
    await listUsers(proved)
    await twinlock.iam().send(new DeactivateMFADeviceCommand({ UserName: 'ana', SerialNumber }))
    await listUsers(proved)
  })

  test('the age of MFA is counted from the code', async () => {
    await using twinlock = await startTwinlock({ database: await newDatabase() })
    const young = { NumericLessThan: { 'aws:MultiFactorAuthAge': '3600' } }
    const ana = await newUser(twinlock, 'ana', allow('iam:ListUsers', { Condition: young }))
    const phone = await enrol(twinlock.iam(), twinlock.clock, 'ana', 'phone')
    const session = sessionOf(await sessionToken(twinlock.sts(ana), phone.proof()))
    const listUsers = () => twinlock.iam(session).send(new ListUsersCommand())
    twinlock.clock.advance(3599)
    await listUsers()
    twinlock.clock.advance(1)
    await assert.rejects(listUsers(), { name: 'AccessDenied' })
  })

  // GetAccessKeyInfo
  test('it reads the account from the key id alone', async () => {
    await using twinlock = await startTwinlock({ database: await newDatabase() })
    const sts = twinlock.sts()
    const accountOf = async (AccessKeyId: string) =>
      (await sts.send(new GetAccessKeyInfoCommand({ AccessKeyId }))).Account
    assert.equal(await accountOf(twinlock.root.accessKeyId), twinlock.account)
    assert.equal(await accountOf('ASIAQNZGKIQY56JQ7WML'), '029608264753')
    await assert.rejects(accountOf('AKIAIOSFODNN7EXAMPLE'), INVALID_TOKEN)
    await assert.rejects(accountOf('AROAQNZGKIQY56JQ7WMLA'), INVALID_TOKEN)
  })

  test('it needs permission, and a session of GetSessionToken may not call it', async () => {
    await using twinlock = await startTwinlock({ database: await newDatabase() })
    const info = (sts: STSClient) =>
      sts.send(new GetAccessKeyInfoCommand({ AccessKeyId: twinlock.root.accessKeyId }))
    const ana = await newUser(twinlock, 'ana')
    await assert.rejects(
      info(twinlock.sts(ana)),
      denied(
        `User: ${ana.Arn} is not authorized to perform: sts:GetAccessKeyInfo because no identity-based policy allows the sts:GetAccessKeyInfo action`,
      ),
    )
    const ben = await newUser(twinlock, 'ben', allow('sts:GetAccessKeyInfo'))
    await info(twinlock.sts(ben))
    const session = await sessionToken(twinlock.sts(ben))
    await assert.rejects(info(twinlock.sts(sessionOf(session))), INVALID_TOKEN)
  })
})
