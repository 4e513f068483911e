// MFA devices as the AWS SDK sees them.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type {
  EnableMFADeviceCommandInput,
  IAMClient,
  ListVirtualMFADevicesCommandInput,
} from '@aws-sdk/client-iam'
import {
  CreateAccountAliasCommand,
  CreateUserCommand,
  CreateVirtualMFADeviceCommand,
  DeactivateMFADeviceCommand,
  DeleteVirtualMFADeviceCommand,
  EnableMFADeviceCommand,
  GetMFADeviceCommand,
  ListMFADevicesCommand,
  ListMFADeviceTagsCommand,
  ListVirtualMFADevicesCommand,
  ResyncMFADeviceCommand,
  TagMFADeviceCommand,
  UntagMFADeviceCommand,
  UpdateUserCommand,
} from '@aws-sdk/client-iam'
import { AssumeRoleCommand, GetSessionTokenCommand } from '@aws-sdk/client-sts'
import { parseOtpauthUri, readQrPng } from '@twinlock/factors'
import { onEveryEngine, openStore } from '../src/store/every-engine.ts'
import { authenticatorOf, enrol, newAuthenticator } from './authenticator.ts'
import { allow, newRole, newUser, policy, sessionOf, trust } from './people.ts'
import { startTwinlock } from './twinlock.ts'

const INVALID_CODE = {
  name: 'InvalidAuthenticationCodeException',
  message: 'Authentication code for device is not valid.',
}
const GUARD = {
  name: 'AccessDenied',
  message:
    'To complete this action, please ensure that you are authenticated with an MFA device that is enabled for this user.',
}
const WINDOW_SECONDS = 180

const serialNumber = (name: string) => `arn:aws:iam::123456789012:mfa/${name}`

const noSuchDevice = (SerialNumber: string) => ({
  name: 'NoSuchEntityException',
  message: `MFA Device with serial number ${SerialNumber} does not exist.`,
})

const noSuchUser = (UserName: string) => ({
  name: 'NoSuchEntityException',
  message: `The user with name ${UserName} cannot be found.`,
})

const enable = (iam: IAMClient, input: EnableMFADeviceCommandInput) =>
  iam.send(new EnableMFADeviceCommand(input))

const serialNumbersOf = async (iam: IAMClient, UserName?: string) => {
  const { MFADevices = [] } = await iam.send(
    new ListMFADevicesCommand(UserName === undefined ? {} : { UserName }),
  )
  return MFADevices.map(({ SerialNumber }) => SerialNumber)
}

onEveryEngine('MFA devices', newDatabase => {
  test('a new device shows its seed and its QR code once, and nothing else', async () => {
    await using twinlock = await startTwinlock({ database: await newDatabase() })
    const iam = twinlock.iam()
    const { VirtualMFADevice: device } = await iam.send(
      new CreateVirtualMFADeviceCommand({ VirtualMFADeviceName: 'phone' }),
    )
    assert.deepEqual(Object.keys(device ?? {}).toSorted(), [
      'Base32StringSeed',
      'QRCodePNG',
      'SerialNumber',
    ])
    assert.equal(device?.SerialNumber, serialNumber('phone'))
    const seed = Buffer.from(device?.Base32StringSeed ?? []).toString()
    assert.match(seed, /^[A-Z2-7]{64}$/)
    assert.equal(
      readQrPng(Buffer.from(device?.QRCodePNG ?? [])),
      `otpauth://totp/Amazon%20Web%20Services:phone@123456789012?secret=${seed}&issuer=Amazon%20Web%20Services`,
    )
    const { VirtualMFADevices } = await iam.send(new ListVirtualMFADevicesCommand())
    assert.deepEqual(VirtualMFADevices, [{ SerialNumber: serialNumber('phone') }])
  })

  test('the QR code names the account by its alias, and the device without its path', async () => {
    await using twinlock = await startTwinlock({ database: await newDatabase() })
    const iam = twinlock.iam()
    await iam.send(new CreateAccountAliasCommand({ AccountAlias: 'acme' }))
    const { VirtualMFADevice: device } = await iam.send(
      new CreateVirtualMFADeviceCommand({ VirtualMFADeviceName: 'phone', Path: '/team//a/' }),
    )
    assert.equal(device?.SerialNumber, serialNumber('team//a/phone'))
    const { accountName } = parseOtpauthUri(readQrPng(Buffer.from(device?.QRCodePNG ?? [])))
    assert.equal(accountName, 'phone@acme')
  })

  test('a name is taken once per path', async () => {
    await using twinlock = await startTwinlock({ database: await newDatabase() })
    const iam = twinlock.iam()
    await newAuthenticator(iam, twinlock.clock, 'phone')
    await newAuthenticator(iam, twinlock.clock, 'phone', '/team/')
    await assert.rejects(newAuthenticator(iam, twinlock.clock, 'phone'), {
      name: 'EntityAlreadyExistsException',
      message: 'MFA device already exists.',
    })
  })

  test('a serial number that no other operation would take is not made', async () => {
    await using twinlock = await startTwinlock({ database: await newDatabase() })
    const iam = twinlock.iam()
    await assert.rejects(newAuthenticator(iam, twinlock.clock, 'x'.repeat(300)), {
      name: 'ValidationError',
      message: /longer than 256 characters/,
    })
  })

  test('only an unassigned device can be deleted, and then its name is free', async () => {
    await using twinlock = await startTwinlock({ database: await newDatabase() })
    const iam = twinlock.iam()
    await iam.send(new CreateUserCommand({ UserName: 'ana' }))
    const { SerialNumber } = await enrol(iam, twinlock.clock, 'ana', 'phone')
    const remove = () => iam.send(new DeleteVirtualMFADeviceCommand({ SerialNumber }))
    await assert.rejects(remove(), {
      name: 'DeleteConflictException',
      message: 'MFA VirtualDevice in use. Must deactivate first.',
    })
    await iam.send(new DeactivateMFADeviceCommand({ UserName: 'ana', SerialNumber }))
    await assert.rejects(newAuthenticator(iam, twinlock.clock, 'phone'), /already exists/)
    await remove()
    await assert.rejects(remove(), noSuchDevice(SerialNumber))
    await newAuthenticator(iam, twinlock.clock, 'phone')
  })

  test('devices are listed by assignment, assigned ones with their user', async () => {
    await using twinlock = await startTwinlock({ database: await newDatabase() })
    const iam = twinlock.iam()
    const { User } = await iam.send(new CreateUserCommand({ UserName: 'ana', Path: '/team/' }))
    await newAuthenticator(iam, twinlock.clock, 'spare')
    await enrol(iam, twinlock.clock, 'ana', 'phone')

    const list = async (input: ListVirtualMFADevicesCommandInput) => {
      const { VirtualMFADevices, IsTruncated, Marker } = await iam.send(
        new ListVirtualMFADevicesCommand(input),
      )
      return { VirtualMFADevices, IsTruncated, Marker }
    }
    const EnableDate = new Date(twinlock.clock.seconds() * 1000)
    const phone = { SerialNumber: serialNumber('phone'), EnableDate, User }
    const spare = { SerialNumber: serialNumber('spare') }
    const whole = { IsTruncated: false, Marker: undefined }

    assert.deepEqual(await list({}), { VirtualMFADevices: [phone, spare], ...whole })
    assert.deepEqual(await list({ AssignmentStatus: 'Assigned' }), {
      VirtualMFADevices: [phone],
      ...whole,
    })
    assert.deepEqual(await list({ AssignmentStatus: 'Unassigned' }), {
      VirtualMFADevices: [spare],
      ...whole,
    })
    const first = await list({ MaxItems: 1 })
    assert.deepEqual(first.VirtualMFADevices, [phone])
    assert.equal(first.IsTruncated, true)
    assert.deepEqual(await list({ Marker: first.Marker }), { VirtualMFADevices: [spare], ...whole })
    await assert.rejects(list({ Marker: first.Marker, AssignmentStatus: 'Assigned' }), {
      name: 'ValidationError',
      message: 'Invalid Marker.',
    })
  })

  test('policies speak of devices by ARN, of the list by its prefix, and of enabling by the user', async () => {
    await using twinlock = await startTwinlock({ database: await newDatabase() })
    const ana = await newUser(twinlock, 'ana')
    const iam = twinlock.iam(ana)
    const denied = (action: string, resource: string) => ({
      name: 'AccessDenied',
      message: `User: ${ana.Arn} is not authorized to perform: iam:${action} on resource: ${resource} because no identity-based policy allows the iam:${action} action`,
    })
    const SerialNumber = serialNumber('phone')
    const codes = { AuthenticationCode1: '000000', AuthenticationCode2: '000001' }
    await assert.rejects(
      newAuthenticator(iam, twinlock.clock, 'phone'),
      denied('CreateVirtualMFADevice', SerialNumber),
    )
    await assert.rejects(
      iam.send(new DeleteVirtualMFADeviceCommand({ SerialNumber })),
      denied('DeleteVirtualMFADevice', SerialNumber),
    )
    await assert.rejects(
      iam.send(new ListVirtualMFADevicesCommand()),
      denied('ListVirtualMFADevices', serialNumber('')),
    )
    await assert.rejects(
      enable(iam, { UserName: 'nobody', SerialNumber, ...codes }),
      denied('EnableMFADevice', 'user nobody'),
    )
    await assert.rejects(
      iam.send(new DeactivateMFADeviceCommand({ SerialNumber })),
      denied('DeactivateMFADevice', 'user ana'),
    )
    await assert.rejects(
      iam.send(new ListMFADevicesCommand()),
      denied('ListMFADevices', 'user ana'),
    )
  })

  test('tags of a device compare exactly, and its policies see them', async () => {
    await using twinlock = await startTwinlock({ database: await newDatabase() })
    const iam = twinlock.iam()
    const { VirtualMFADevice: device } = await iam.send(
      new CreateVirtualMFADeviceCommand({
        VirtualMFADeviceName: 'phone',
        Tags: [{ Key: 'team', Value: 'a' }],
      }),
    )
    const SerialNumber = device?.SerialNumber
    assert.deepEqual(device?.Tags, [{ Key: 'team', Value: 'a' }])
    await iam.send(new TagMFADeviceCommand({ SerialNumber, Tags: [{ Key: 'Team', Value: 'b' }] }))
    const tags = async () => (await iam.send(new ListMFADeviceTagsCommand({ SerialNumber }))).Tags
    assert.deepEqual(await tags(), [
      { Key: 'Team', Value: 'b' },
      { Key: 'team', Value: 'a' },
    ])

    const tagged = { Condition: { StringEquals: { 'aws:ResourceTag/team': 'a' } } }
    const ana = twinlock.iam(await newUser(twinlock, 'ana', allow('iam:UntagMFADevice', tagged)))
    const untag = (Key: string) =>
      ana.send(new UntagMFADeviceCommand({ SerialNumber, TagKeys: [Key] }))
    await assert.rejects(untag('team'), { name: 'AccessDenied' }, 'which of the two is meant?')
    await iam.send(new UntagMFADeviceCommand({ SerialNumber, TagKeys: ['Team'] }))
    assert.deepEqual(await tags(), [{ Key: 'team', Value: 'a' }])
    await untag('team')
    await assert.rejects(untag('team'), { name: 'AccessDenied' })
    const twice = [
      { Key: 'a', Value: '1' },
      { Key: 'a', Value: '2' },
    ]
    await assert.rejects(iam.send(new TagMFADeviceCommand({ SerialNumber, Tags: twice })), {
      name: 'InvalidInputException',
      message: 'Duplicate tag keys found.',
    })
    const missing = serialNumber('missing')
    await assert.rejects(
      iam.send(new ListMFADeviceTagsCommand({ SerialNumber: missing })),
      noSuchDevice(missing),
    )

    await iam.send(new DeleteVirtualMFADeviceCommand({ SerialNumber }))
    await newAuthenticator(iam, twinlock.clock, 'phone')
    assert.deepEqual(await tags(), [])
  })

  // MFA devices of users
  test('a device is enabled by two consecutive codes in their order and by nothing else', async () => {
    await using twinlock = await startTwinlock({ database: await newDatabase() })
    const iam = twinlock.iam()
    await iam.send(new CreateUserCommand({ UserName: 'ana' }))
    const { SerialNumber, code, pair } = await newAuthenticator(iam, twinlock.clock, 'phone')
    const codes = (AuthenticationCode1: string, AuthenticationCode2: string) =>
      enable(iam, { UserName: 'ana', SerialNumber, AuthenticationCode1, AuthenticationCode2 })

    await assert.rejects(codes(code(), code()), INVALID_CODE)
    await assert.rejects(codes(code(), code(-1)), INVALID_CODE)
    await assert.rejects(codes(code(-2), code()), INVALID_CODE)
    assert.deepEqual(await serialNumbersOf(iam, 'ana'), [])
    await enable(iam, { UserName: 'ana', SerialNumber, ...pair() })

    const { MFADevices, IsTruncated } = await iam.send(
      new ListMFADevicesCommand({ UserName: 'ana' }),
    )
    const EnableDate = new Date(twinlock.clock.seconds() * 1000)
    assert.deepEqual(MFADevices, [{ UserName: 'ana', SerialNumber, EnableDate }])
    assert.equal(IsTruncated, false)
  })

  test('the second code of a pair may be the next one', async () => {
    await using twinlock = await startTwinlock({ database: await newDatabase() })
    const iam = twinlock.iam()
    await iam.send(new CreateUserCommand({ UserName: 'ana' }))
    const { SerialNumber, pair } = await newAuthenticator(iam, twinlock.clock, 'phone')
    await enable(iam, { UserName: 'ana', SerialNumber, ...pair(1) })
    assert.deepEqual(await serialNumbersOf(iam, 'ana'), [SerialNumber])
  })

  test('the user is looked for before the device, the device before the codes', async () => {
    await using twinlock = await startTwinlock({ database: await newDatabase() })
    const iam = twinlock.iam()
    for (const UserName of ['ana', 'ben']) await iam.send(new CreateUserCommand({ UserName }))
    const { SerialNumber } = await enrol(iam, twinlock.clock, 'ana', 'phone')
    const nonsense = { AuthenticationCode1: '000000', AuthenticationCode2: '000000' }

    await assert.rejects(
      enable(iam, { UserName: 'eve', SerialNumber, ...nonsense }),
      noSuchUser('eve'),
    )
    const missing = serialNumber('missing')
    await assert.rejects(
      enable(iam, { UserName: 'ana', SerialNumber: missing, ...nonsense }),
      noSuchDevice(missing),
    )
    await assert.rejects(enable(iam, { UserName: 'ANA', SerialNumber, ...nonsense }), {
      name: 'EntityAlreadyExistsException',
      message: 'MFA Device for user ana already exists.',
    })
    await assert.rejects(enable(iam, { UserName: 'ben', SerialNumber, ...nonsense }), {
      name: 'EntityAlreadyExistsException',
      message: 'MFA Device is already in use.',
    })
  })

  test('the tenth verification of three minutes is refused, whatever the codes', async () => {
    await using twinlock = await startTwinlock({ database: await newDatabase() })
    const iam = twinlock.iam()
    const { clock } = twinlock
    await iam.send(new CreateUserCommand({ UserName: 'ana' }))
    const { SerialNumber, code, pair } = await newAuthenticator(iam, clock, 'phone')
    const wrong = { AuthenticationCode1: code(), AuthenticationCode2: code() }
    for (let guess = 1; guess <= 9; guess++) {
      await assert.rejects(enable(iam, { UserName: 'ana', SerialNumber, ...wrong }), INVALID_CODE)
    }
    await assert.rejects(enable(iam, { UserName: 'ana', SerialNumber, ...pair() }), INVALID_CODE)

    // Neither does a new seed under the same name give new guesses.
    await iam.send(new DeleteVirtualMFADeviceCommand({ SerialNumber }))
    const again = await newAuthenticator(iam, clock, 'phone')
    await assert.rejects(
      enable(iam, { UserName: 'ana', SerialNumber, ...again.pair() }),
      INVALID_CODE,
    )
    clock.advance(WINDOW_SECONDS)
    await enable(iam, { UserName: 'ana', SerialNumber, ...again.pair() })
  })

  test('a user has at most eight devices', async () => {
    await using twinlock = await startTwinlock({ database: await newDatabase() })
    const iam = twinlock.iam()
    await iam.send(new CreateUserCommand({ UserName: 'ana' }))
    const names = ['1', '2', '3', '4', '5', '6', '7', '8']
    for (const name of names) await enrol(iam, twinlock.clock, 'ana', name)
    await assert.rejects(enrol(iam, twinlock.clock, 'ana', '9'), {
      name: 'LimitExceededException',
      message: 'Cannot exceed quota for MFADevicesPerUser: 8',
    })
    assert.deepEqual(await serialNumbersOf(iam, 'ana'), names.map(serialNumber))
  })

  test('devices are paged, and stay with a user who is renamed', async () => {
    await using twinlock = await startTwinlock({ database: await newDatabase() })
    const iam = twinlock.iam()
    await iam.send(new CreateUserCommand({ UserName: 'ana' }))
    for (const name of ['b', 'a']) await enrol(iam, twinlock.clock, 'ana', name)
    await iam.send(new UpdateUserCommand({ UserName: 'ana', NewUserName: 'anna' }))
    const list = (Marker?: string) =>
      iam.send(new ListMFADevicesCommand({ UserName: 'anna', MaxItems: 1, Marker }))
    const first = await list()
    const second = await list(first.Marker)
    assert.deepEqual(
      [...(first.MFADevices ?? []), ...(second.MFADevices ?? [])].map(
        ({ UserName, SerialNumber }) => ({ UserName, SerialNumber }),
      ),
      ['a', 'b'].map(name => ({ UserName: 'anna', SerialNumber: serialNumber(name) })),
    )
    assert.deepEqual(
      [first.IsTruncated, second.IsTruncated, second.Marker],
      [true, false, undefined],
    )
    await assert.rejects(serialNumbersOf(iam, 'ana'), noSuchUser('ana'))
  })

  test('a deactivated device is unassigned, and its old pair of codes does not bring it back', async () => {
    await using twinlock = await startTwinlock({ database: await newDatabase() })
    const iam = twinlock.iam()
    for (const UserName of ['ana', 'ben']) await iam.send(new CreateUserCommand({ UserName }))
    const { SerialNumber, pair } = await enrol(iam, twinlock.clock, 'ana', 'phone')
    const deactivate = (UserName: string, of = SerialNumber) =>
      iam.send(new DeactivateMFADeviceCommand({ UserName, SerialNumber: of }))
    const notHis = { name: 'NoSuchEntityException', message: 'MFA Device invalid for user.' }

    await assert.rejects(deactivate('eve'), noSuchUser('eve'))
    await assert.rejects(deactivate('ben', serialNumber('no')), noSuchDevice(serialNumber('no')))
    await assert.rejects(deactivate('ben'), notHis)
    await deactivate('ana')
    await assert.rejects(deactivate('ana'), notHis)

    const { VirtualMFADevices } = await iam.send(
      new ListVirtualMFADevicesCommand({ AssignmentStatus: 'Unassigned' }),
    )
    assert.deepEqual(VirtualMFADevices, [{ SerialNumber }])
    await assert.rejects(enable(iam, { UserName: 'ben', SerialNumber, ...pair() }), INVALID_CODE)
    twinlock.clock.advance(60)
    await enable(iam, { UserName: 'ben', SerialNumber, ...pair() })
    assert.deepEqual(await serialNumbersOf(iam, 'ben'), [SerialNumber])
  })

  test('a device whose clock is off is found again by ResyncMFADevice', async () => {
    await using twinlock = await startTwinlock({ database: await newDatabase() })
    const iam = twinlock.iam()
    const ana = await newUser(twinlock, 'ana', allow('iam:ResyncMFADevice'))
    const { SerialNumber, code, pair, proof } = await enrol(iam, twinlock.clock, 'ana', 'phone')
    const stray = await newAuthenticator(iam, twinlock.clock, 'stray')
    const sts = twinlock.sts(ana)
    twinlock.clock.advance(3600)
    const SLOW = -20

    await assert.rejects(sts.send(new GetSessionTokenCommand(proof(SLOW))), {
      name: 'AccessDenied',
    })
    const resync = (AuthenticationCode1: string, AuthenticationCode2: string, of = SerialNumber) =>
      twinlock.iam(ana).send(
        new ResyncMFADeviceCommand({
          UserName: 'ana',
          SerialNumber: of,
          AuthenticationCode1,
          AuthenticationCode2,
        }),
      )
    await assert.rejects(resync(code(SLOW), code(SLOW)), INVALID_CODE)
    await assert.rejects(resync(code(), code(1), stray.SerialNumber), {
      name: 'NoSuchEntityException',
      message: 'MFA Device invalid for user.',
    })
    const { AuthenticationCode1, AuthenticationCode2 } = pair(SLOW)
    await resync(AuthenticationCode1, AuthenticationCode2)
    await sts.send(new GetSessionTokenCommand(proof(SLOW)))
    await assert.rejects(sts.send(new GetSessionTokenCommand(proof())), { name: 'AccessDenied' })
  })

  test('GetMFADevice knows security keys only, and refuses a virtual device by its form', async () => {
    await using twinlock = await startTwinlock({ database: await newDatabase() })
    const iam = twinlock.iam()
    await iam.send(new CreateUserCommand({ UserName: 'ana' }))
    const { SerialNumber } = await enrol(iam, twinlock.clock, 'ana', 'phone')
    const get = (serial: string | undefined) =>
      iam.send(new GetMFADeviceCommand({ UserName: 'ana', SerialNumber: serial }))
    for (const virtual of [SerialNumber, serialNumber('nothing')]) {
      await assert.rejects(get(virtual), {
        name: 'ValidationError',
        message:
          'The MFA device serial number sent in the request is invalid or not supported by this API. Currently, only hardware FIDO security keys are supported. Please use the compatible device or API.',
      })
    }
    await assert.rejects(get('GAHT12345678'), noSuchDevice('GAHT12345678'))
  })

  test('without a name, root lists its own devices but deactivates none, and a role must give one', async () => {
    await using twinlock = await startTwinlock({ database: await newDatabase() })
    const mustName = {
      name: 'ValidationError',
      message: 'Must specify userName when calling with non-User credentials',
    }
    const SerialNumber = serialNumber('phone')
    assert.deepEqual(await serialNumbersOf(twinlock.iam()), [])
    await assert.rejects(
      twinlock.iam().send(new DeactivateMFADeviceCommand({ SerialNumber })),
      mustName,
    )

    const ana = await newUser(twinlock, 'ana')
    const { Arn: RoleArn } = await newRole(
      twinlock,
      { RoleName: 'admin', AssumeRolePolicyDocument: policy(trust(ana.Arn)) },
      allow('iam:*'),
    )
    const session = await twinlock
      .sts(ana)
      .send(new AssumeRoleCommand({ RoleArn, RoleSessionName: 'ana' }))
    const role = twinlock.iam(sessionOf(session))
    await assert.rejects(serialNumbersOf(role), mustName)
    await assert.rejects(role.send(new DeactivateMFADeviceCommand({ SerialNumber })), mustName)
    assert.deepEqual(await serialNumbersOf(role, 'ana'), [])
  })

  // The guard of own MFA devices
  const selfManaging = [allow('iam:*'), allow('sts:*')]

  test('the first device needs no MFA, a second one does, whatever the policies say', async () => {
    await using twinlock = await startTwinlock({ database: await newDatabase() })
    const ana = await newUser(twinlock, 'ana', ...selfManaging)
    const { clock } = twinlock
    const plain = twinlock.iam(ana)
    const phone = await enrol(plain, clock, 'ana', 'phone')
    await assert.rejects(enrol(plain, clock, 'ana', 'tablet'), GUARD)

    // It speaks before devices are looked for.
    const codes = { AuthenticationCode1: '000000', AuthenticationCode2: '000000' }
    const SerialNumber = serialNumber('missing')
    await assert.rejects(enable(plain, { UserName: 'ana', SerialNumber, ...codes }), GUARD)
    await assert.rejects(
      enable(plain, { UserName: 'ana', SerialNumber: phone.SerialNumber, ...codes }),
      GUARD,
    )
    await assert.rejects(plain.send(new DeactivateMFADeviceCommand({ SerialNumber })), GUARD)

    const session = await twinlock.sts(ana).send(new GetSessionTokenCommand(phone.proof()))
    const proved = twinlock.iam(sessionOf(session))
    const tablet = await newAuthenticator(proved, clock, 'watch')
    await enable(proved, { UserName: 'ana', SerialNumber: tablet.SerialNumber, ...tablet.pair() })
    assert.equal((await serialNumbersOf(plain)).length, 2)
  })

  test('a session with MFA may remove the device it used, and then the last one', async () => {
    await using twinlock = await startTwinlock({ database: await newDatabase() })
    const ana = await newUser(twinlock, 'ana', ...selfManaging)
    const { clock } = twinlock
    const phone = await enrol(twinlock.iam(ana), clock, 'ana', 'phone')
    const tablet = await enrol(twinlock.iam(), clock, 'ana', 'tablet')
    const session = await twinlock.sts(ana).send(new GetSessionTokenCommand(phone.proof()))
    const proved = twinlock.iam(sessionOf(session))
    for (const { SerialNumber } of [phone, tablet]) {
      await assert.rejects(
        twinlock.iam(ana).send(new DeactivateMFADeviceCommand({ SerialNumber })),
        GUARD,
      )
      await proved.send(new DeactivateMFADeviceCommand({ SerialNumber }))
    }
    clock.advance(60)
    await enable(twinlock.iam(ana), {
      UserName: 'ana',
      SerialNumber: phone.SerialNumber,
      ...phone.pair(),
    })
  })

  test("another user's devices are managed without MFA, where policies allow it", async () => {
    await using twinlock = await startTwinlock({ database: await newDatabase() })
    const { clock } = twinlock
    const admin = twinlock.iam(await newUser(twinlock, 'admin', ...selfManaging))
    await enrol(admin, clock, 'admin', 'key')
    await twinlock.iam().send(new CreateUserCommand({ UserName: 'ana' }))
    await enrol(admin, clock, 'ana', 'phone')
    const { SerialNumber } = await enrol(admin, clock, 'ana', 'tablet')
    await admin.send(new DeactivateMFADeviceCommand({ UserName: 'ana', SerialNumber }))
    assert.deepEqual(await serialNumbersOf(admin, 'ana'), [serialNumber('phone')])
  })

  // Devices of root, which AWS's API cannot assign

  test('a device of root is shown without a user name, proves root’s codes, and is nobody else’s', async () => {
    const database = await newDatabase()
    await using twinlock = await startTwinlock({ database })
    const iam = twinlock.iam()
    const ana = await newUser(twinlock, 'ana')
    const device = await enrol(iam, twinlock.clock, 'ana', 'root-account-mfa-device')
    const { SerialNumber } = device
    {
      await using store = await openStore(database)
      await store.db.updateTable('mfaDevice').set({ principalId: twinlock.account }).execute()
    }

    const EnableDate = new Date(twinlock.clock.seconds() * 1000)
    const { MFADevices } = await iam.send(new ListMFADevicesCommand())
    assert.deepEqual(MFADevices, [{ SerialNumber, EnableDate }])
    assert.deepEqual(await serialNumbersOf(iam, 'ana'), [])
    const { VirtualMFADevices } = await iam.send(new ListVirtualMFADevicesCommand())
    const { CreateDate, ...User } = VirtualMFADevices?.[0]?.User ?? {}
    assert.ok(CreateDate instanceof Date)
    assert.deepEqual(User, {
      UserId: twinlock.account,
      Arn: `arn:aws:iam::${twinlock.account}:root`,
    })

    twinlock.clock.advance(60)
    await twinlock.sts().send(new GetSessionTokenCommand(device.proof()))
    await assert.rejects(twinlock.sts(ana).send(new GetSessionTokenCommand(device.proof(1))), {
      name: 'AccessDenied',
      message: /unable to validate MFA code/,
    })
    await assert.rejects(enable(iam, { UserName: 'ana', SerialNumber, ...device.pair() }), {
      name: 'EntityAlreadyExistsException',
      message: 'MFA Device is already in use.',
    })
    await assert.rejects(
      iam.send(new DeactivateMFADeviceCommand({ UserName: 'ana', SerialNumber })),
      { name: 'NoSuchEntityException', message: 'MFA Device invalid for user.' },
    )
    await assert.rejects(iam.send(new DeleteVirtualMFADeviceCommand({ SerialNumber })), {
      name: 'DeleteConflictException',
    })
  })

  // A device whose seed was replaced
  test('its old seed proves nothing, and its new one at once', async () => {
    await using twinlock = await startTwinlock({ database: await newDatabase() })
    const iam = twinlock.iam()
    const ana = await newUser(twinlock, 'ana')
    const old = await enrol(iam, twinlock.clock, 'ana', 'phone')
    const { SerialNumber } = old
    await twinlock.sts(ana).send(new GetSessionTokenCommand(old.proof()))
    await iam.send(new DeactivateMFADeviceCommand({ UserName: 'ana', SerialNumber }))
    await iam.send(new DeleteVirtualMFADeviceCommand({ SerialNumber }))

    const { VirtualMFADevice: made } = await iam.send(
      new CreateVirtualMFADeviceCommand({ VirtualMFADeviceName: 'phone' }),
    )
    const seed = Buffer.from(made?.Base32StringSeed ?? []).toString()
    const replaced = authenticatorOf(SerialNumber, seed, twinlock.clock)
    await enable(iam, { UserName: 'ana', SerialNumber, ...replaced.pair() })
    await assert.rejects(twinlock.sts(ana).send(new GetSessionTokenCommand(old.proof(1))), {
      name: 'AccessDenied',
    })
    await twinlock.sts(ana).send(new GetSessionTokenCommand(replaced.proof(1)))
  })
})
