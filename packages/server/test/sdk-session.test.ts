// The session of examples/cli-session once more, with the same policies, through the AWS SDK.
import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { test } from 'node:test'
import {
  AddUserToGroupCommand,
  AttachGroupPolicyCommand,
  CreateGroupCommand,
  CreateVirtualMFADeviceCommand,
  DeactivateMFADeviceCommand,
  DeleteVirtualMFADeviceCommand,
  EnableMFADeviceCommand,
  GetUserCommand,
  ListAccessKeysCommand,
  ListMFADevicesCommand,
  PutGroupPolicyCommand,
  ResyncMFADeviceCommand,
} from '@aws-sdk/client-iam'
import {
  AssumeRoleCommand,
  GetCallerIdentityCommand,
  GetSessionTokenCommand,
} from '@aws-sdk/client-sts'
import { parseOtpauthUri, readQrPng } from '@twinlock/factors'
import { onEveryEngine } from '../src/store/every-engine.ts'
import { authenticatorOf, enrol } from './authenticator.ts'
import { newRole, newUser, sessionOf } from './people.ts'
import { startTwinlock } from './twinlock.ts'

const exampleDocument = (name: string) =>
  readFile(new URL(`../../../examples/cli-session/${name}`, import.meta.url), 'utf8')

const INVALID_CODE = {
  name: 'InvalidAuthenticationCodeException',
  message: 'Authentication code for device is not valid.',
}
const WRONG_CODE = {
  name: 'AccessDenied',
  message: 'MultiFactorAuthentication failed with invalid MFA one time pass code. ',
}
const NOT_YOUR_DEVICE = {
  name: 'AccessDenied',
  message:
    'MultiFactorAuthentication failed, unable to validate MFA code.  Please verify your MFA serial number is valid and associated with this user.',
}

onEveryEngine('The session of the MFA guides', newDatabase => {
  test('from a group without MFA to a lost phone', async () => {
    await using twinlock = await startTwinlock({ database: await newDatabase() })
    const { account, clock } = twinlock
    const root = twinlock.iam()

    // 1. A group that is denied nearly everything without MFA.
    for (const GroupName of ['developers', 'administrators']) {
      await root.send(new CreateGroupCommand({ GroupName }))
      await root.send(
        new PutGroupPolicyCommand({
          GroupName,
          PolicyName: 'without-mfa',
          PolicyDocument: await exampleDocument('deny-without-mfa.json'),
        }),
      )
    }
    await root.send(
      new PutGroupPolicyCommand({
        GroupName: 'developers',
        PolicyName: 'work',
        PolicyDocument: await exampleDocument('developers.json'),
      }),
    )
    await root.send(
      new AttachGroupPolicyCommand({
        GroupName: 'administrators',
        PolicyArn: 'arn:aws:iam::aws:policy/AdministratorAccess',
      }),
    )
    const devKey = await newUser(twinlock, 'dev')
    const adminKey = await newUser(twinlock, 'admin')
    await root.send(new AddUserToGroupCommand({ UserName: 'dev', GroupName: 'developers' }))
    await root.send(new AddUserToGroupCommand({ UserName: 'admin', GroupName: 'administrators' }))
    const dev = { iam: twinlock.iam(devKey), sts: twinlock.sts(devKey) }
    const admin = { iam: twinlock.iam(adminKey), sts: twinlock.sts(adminKey) }
    const adminPhone = await enrol(admin.iam, clock, 'admin', 'admin-phone')

    // 2. Without MFA nothing but enrolling, with two consecutive codes.
    await assert.rejects(dev.iam.send(new ListAccessKeysCommand()), {
      name: 'AccessDenied',
      message: /with an explicit deny in an identity-based policy$/,
    })
    const { VirtualMFADevice } = await dev.iam.send(
      new CreateVirtualMFADeviceCommand({ VirtualMFADeviceName: 'dev-phone' }),
    )
    const {
      SerialNumber = '',
      QRCodePNG = new Uint8Array(),
      Base32StringSeed,
    } = VirtualMFADevice ?? {}
    const seed = Buffer.from(Base32StringSeed ?? []).toString()
    const scanned = readQrPng(Buffer.from(QRCodePNG))
    assert.equal(new URL(scanned).searchParams.get('secret'), seed)
    assert.equal(parseOtpauthUri(scanned).issuer, 'Amazon Web Services')
    const phone = authenticatorOf(SerialNumber, seed, clock)

    const enable = (AuthenticationCode1: string, AuthenticationCode2: string) =>
      dev.iam.send(
        new EnableMFADeviceCommand({
          UserName: 'dev',
          SerialNumber,
          AuthenticationCode1,
          AuthenticationCode2,
        }),
      )
    await assert.rejects(enable(phone.code(), phone.code()), INVALID_CODE)
    await assert.rejects(enable(phone.code(), phone.code(-1)), INVALID_CODE)
    await assert.rejects(enable('000000', '000001'), INVALID_CODE)
    await enable(phone.code(-1), phone.code())
    const { MFADevices } = await dev.iam.send(new ListMFADevicesCommand())
    assert.deepEqual(
      MFADevices?.map(device => device.SerialNumber),
      [`arn:aws:iam::${account}:mfa/dev-phone`],
    )

    // 3. A session with MFA: each code opens one, once.
    const session = async (proof: { SerialNumber: string; TokenCode: string }) =>
      sessionOf(await dev.sts.send(new GetSessionTokenCommand(proof)))
    await assert.rejects(session({ SerialNumber, TokenCode: '000000' }), WRONG_CODE)
    await assert.rejects(session(adminPhone.proof()), NOT_YOUR_DEVICE)
    const devWithMfa = await session(phone.proof())
    await assert.rejects(session(phone.proof()), WRONG_CODE)
    const keys = await twinlock.iam(devWithMfa).send(new ListAccessKeysCommand())
    assert.equal(keys.AccessKeyMetadata?.[0]?.AccessKeyId, devKey.accessKeyId)

    const withoutMfa = sessionOf(await dev.sts.send(new GetSessionTokenCommand()))
    await assert.rejects(twinlock.iam(withoutMfa).send(new GetUserCommand()), {
      name: 'InvalidClientTokenId',
      message: 'The security token included in the request is invalid',
    })

    // 4. A role that wants MFA of this hour.
    const { Arn: RoleArn } = await newRole(twinlock, {
      RoleName: 'ProductionAdmin-Role',
      AssumeRolePolicyDocument: (await exampleDocument('trust.json')).replace('ACCOUNT', account),
    })
    const role = { RoleArn, RoleSessionName: 'dev' }
    const denied = {
      name: 'AccessDenied',
      message: `User: ${devKey.Arn} is not authorized to perform: sts:AssumeRole on resource: ${RoleArn}`,
    }
    await assert.rejects(dev.sts.send(new AssumeRoleCommand(role)), denied)
    await assert.rejects(twinlock.sts(withoutMfa).send(new AssumeRoleCommand(role)), denied)
    await twinlock.sts(devWithMfa).send(new AssumeRoleCommand(role))
    clock.advance(30)
    const assumed = await dev.sts.send(new AssumeRoleCommand({ ...role, ...phone.proof() }))
    const { Arn } = await twinlock.sts(sessionOf(assumed)).send(new GetCallerIdentityCommand())
    assert.equal(Arn, `arn:aws:sts::${account}:assumed-role/ProductionAdmin-Role/dev`)
    clock.advance(3600)
    await assert.rejects(twinlock.sts(devWithMfa).send(new AssumeRoleCommand(role)), denied)

    // 5. The phone is lost; another is enrolled, and falls out of step.
    const adminWithMfa = twinlock.iam(
      sessionOf(await admin.sts.send(new GetSessionTokenCommand(adminPhone.proof()))),
    )
    const lost = { UserName: 'dev', SerialNumber }
    await assert.rejects(admin.iam.send(new DeactivateMFADeviceCommand(lost)), {
      name: 'AccessDenied',
    })
    await adminWithMfa.send(new DeactivateMFADeviceCommand(lost))
    await adminWithMfa.send(new DeleteVirtualMFADeviceCommand({ SerialNumber }))
    await assert.rejects(session(phone.proof()), NOT_YOUR_DEVICE)

    const newPhone = await enrol(dev.iam, clock, 'dev', 'dev-phone-2')
    clock.advance(30)
    const slow = 20
    await assert.rejects(session(newPhone.proof(slow)), WRONG_CODE)
    await dev.iam.send(
      new ResyncMFADeviceCommand({
        UserName: 'dev',
        SerialNumber: newPhone.SerialNumber,
        ...newPhone.pair(slow),
      }),
    )
    await session(newPhone.proof(slow))
    await assert.rejects(session(newPhone.proof()), WRONG_CODE)
  })
})
