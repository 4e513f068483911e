import assert from 'node:assert/strict'
import { readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import {
  CreateAccessKeyCommand,
  CreateUserCommand,
  DeleteVirtualMFADeviceCommand,
  IAMClient,
  ListVirtualMFADevicesCommand,
  PutUserPolicyCommand,
} from '@aws-sdk/client-iam'
import { fromIni } from '@aws-sdk/credential-providers'
import {
  STEP_SECONDS,
  decodeBase32,
  parseOtpauthUri,
  readQrPng,
  timeStep,
  totpCode,
  totpSecret,
} from '@twinlock/factors'
import {
  spawnTwinlock,
  startService,
  temporaryHome,
  twinlock,
} from '../../../test/twinlock-process.ts'

const home = await temporaryHome()
let service: Awaited<ReturnType<typeof startService>>
let iam: IAMClient

before(async () => {
  service = await startService(home.path)
  const { AWS_SHARED_CREDENTIALS_FILE: filepath } = service.env
  iam = new IAMClient({
    region: 'us-east-1',
    endpoint: service.endpoint,
    credentials: fromIni({
      profile: 'root',
      filepath,
      configFilepath: service.env.AWS_CONFIG_FILE,
    }),
  })
  for (const UserName of ['ada', 'ben', 'cleo', 'dan', 'eve']) {
    await iam.send(new CreateUserCommand({ UserName }))
  }
})

after(async () => {
  iam.destroy()
  assert.equal(await service.stop(), 0)
  await home.remove()
})

const ENROLL = ['mfa', 'enroll', '--profile', 'root']
const enrollFor = (user: string, ...more: readonly string[]) => [
  ...ENROLL,
  '--user-name',
  user,
  ...more,
]
/** Here is no terminal, so the seed is shown to whoever asks for it. */
const enrollByHandFor = (user: string, ...more: readonly string[]) =>
  enrollFor(user, '--show-secret', ...more)

async function devices(AssignmentStatus: 'Assigned' | 'Unassigned') {
  const { VirtualMFADevices = [] } = await iam.send(
    new ListVirtualMFADevicesCommand({ AssignmentStatus }),
  )
  return VirtualMFADevices.map(({ SerialNumber = '' }) => SerialNumber.split('/').at(-1))
}

/** The codes of the previous and the running time step of the seed that the command showed. */
function codesOf(stderr: string) {
  const seed = /^Secret key: (\S+)$/m.exec(stderr)?.[1] ?? assert.fail(stderr)
  const step = timeStep(Date.now() / 1000, STEP_SECONDS)
  const secret = totpSecret(decodeBase32(seed))
  return [totpCode(secret, step - 1), totpCode(secret, step)] as const
}

/** Runs an enrolment and types what `typing` makes of the text on stderr, once the seed is shown. */
async function enrollByHand(args: readonly string[], typing: (stderr: string) => string) {
  const child = spawnTwinlock(home.path, args, service.env)
  const { promise: closed, resolve } = Promise.withResolvers<number | null>()
  child.on('close', resolve)
  let [stdout, stderr, typed] = ['', '', false]
  child.stdout.on('data', chunk => (stdout += String(chunk)))
  child.stderr.on('data', chunk => {
    stderr += String(chunk)
    if (typed || !stderr.endsWith('First code: ')) return
    typed = true
    child.stdin.end(typing(stderr))
  })
  return { status: await closed, stdout, stderr }
}

test('the terminal authenticator enrols by itself, and then has the codes', async () => {
  const { env } = service
  const enrolled = await twinlock(home.path, enrollFor('ada', '--authenticator'), { env })
  assert.equal(enrolled.status, 0, enrolled.stderr)
  assert.match(enrolled.stdout, /^arn:aws:iam::\d{12}:mfa\/ada\n$/)
  assert.match(
    enrolled.stderr,
    /--token-code "\$\(twinlock authenticator code ada\)" --profile root/,
  )
  assert.ok((await devices('Assigned')).includes('ada'))
  assert.match((await twinlock(home.path, ['authenticator', 'code', 'ada'])).stdout, /^\d{6}\n$/)

  const list = ['mfa', 'list', '--profile', 'root', '--user-name', 'ada']
  const serialNumber = enrolled.stdout.trim()
  assert.match(
    (await twinlock(home.path, list, { env })).stdout,
    new RegExp(`^${serialNumber} `, 'm'),
  )

  const remove = ['mfa', 'remove', '--profile', 'root', '--user-name', 'ada', serialNumber]
  assert.equal((await twinlock(home.path, remove, { env })).status, 0)
  assert.ok(![...(await devices('Assigned')), ...(await devices('Unassigned'))].includes('ada'))
})

test('two consecutive codes, typed by hand, enable the device; the QR code says the same seed', async () => {
  const qr = join(home.path, 'qr.png')
  const args = enrollByHandFor('ben', '--name', 'phone', '--qr-file', qr)
  const { status, stdout, stderr } = await enrollByHand(args, shown => codesOf(shown).join('\n'))
  assert.equal(status, 0, stderr)
  assert.match(stdout, /:mfa\/phone\n$/)
  assert.ok((await devices('Assigned')).includes('phone'))

  assert.equal((await stat(qr)).mode & 0o777, 0o600)
  const { secret } = parseOtpauthUri(readQrPng(await readFile(qr)))
  const seed = /^Secret key: (\S+)$/m.exec(stderr)?.[1] ?? ''
  assert.deepEqual(secret.export(), decodeBase32(seed))
})

test('wrong pairs may be typed three times; the right one at the third is in time', async () => {
  const { status, stderr } = await enrollByHand(enrollByHandFor('cleo'), shown => {
    const [first, second] = codesOf(shown)
    return [second, first, second, first, first, second].join('\n')
  })
  assert.equal(status, 0, stderr)
  assert.match(stderr, /not valid\. 2 tries are left\.[^]*not valid\. One try is left\./)
  assert.ok((await devices('Assigned')).includes('cleo'))
})

test('after three wrong pairs the device is deleted, and its name free again', async () => {
  const { status, stdout, stderr } = await enrollByHand(enrollByHandFor('dan'), shown => {
    const [first, second] = codesOf(shown)
    return [second, first, second, first, second, first].join('\n')
  })
  assert.deepEqual([status, stdout], [1, ''])
  assert.match(stderr, /mfa\/dan was deleted\.\ntwinlock: InvalidAuthenticationCode: /)
  assert.ok(!(await devices('Unassigned')).includes('dan'))
})

test('the end of input, and Ctrl-C, delete the half-made device', async () => {
  const ended = await twinlock(home.path, enrollByHandFor('dan'), { env: service.env })
  assert.equal(ended.status, 130)
  assert.match(ended.stderr, /mfa\/dan was deleted/)

  const child = spawnTwinlock(home.path, enrollByHandFor('dan'), service.env)
  const { promise: closed, resolve } = Promise.withResolvers<number | null>()
  child.on('close', resolve)
  let stderr = ''
  child.stderr.on('data', chunk => {
    stderr += String(chunk)
    if (stderr.endsWith('First code: ')) child.kill('SIGINT')
  })
  assert.equal(await closed, 130)
  assert.match(stderr, /mfa\/dan was deleted\.\nNo device was enabled\.\n$/)
  assert.deepEqual(await devices('Unassigned'), [])
})

test('what is refused makes no device, and leaves none', async () => {
  const { env } = service
  const taken = await twinlock(home.path, enrollByHandFor('dan', '--name', 'phone'), { env })
  assert.equal(taken.status, 1)
  assert.match(taken.stderr, /^twinlock: an MFA device `phone` exists already/)

  const unknown = await twinlock(home.path, enrollFor('nobody', '--authenticator'), { env })
  assert.equal(unknown.status, 1)
  assert.match(
    unknown.stderr,
    /twinlock: NoSuchEntity: The user with name nobody cannot be found\.\n$/,
  )
  assert.match((await twinlock(home.path, ['authenticator', 'code', 'nobody'])).stderr, /no device/)

  await twinlock(home.path, ['authenticator', 'add', 'eve', '--seed', '-'], { input: 'MFRGGZDF' })
  const kept = await twinlock(home.path, enrollFor('eve', '--authenticator'), { env })
  assert.match(kept.stderr, /already holds a device `eve`/)

  const root = await twinlock(home.path, [...ENROLL, '--show-secret'], { env })
  assert.match(root.stderr, /root user.*--user-name/)
  assert.deepEqual(await devices('Unassigned'), [])
})

test('without a terminal the seed is shown only to who asks for it', async () => {
  const { env } = service
  const refused = await twinlock(home.path, enrollFor('dan'), { env })
  assert.deepEqual(refused, {
    status: 1,
    stdout: '',
    stderr:
      'twinlock: here is no terminal to show a QR code on: give --qr-file, --authenticator or --show-secret.\n',
  })
  const file = join(home.path, 'dan.png')
  const given = await twinlock(home.path, enrollFor('dan', '--qr-file', file), { env })
  assert.equal(given.status, 130)
  assert.match(given.stderr, /^The QR code is in \S+dan\.png\.\n/)
  assert.doesNotMatch(given.stderr, /Secret key|[A-Z2-7]{32}/)
  assert.deepEqual(await devices('Unassigned'), [])
})

test('who may not delete the half-made device is told the whole command for who may', async () => {
  const UserName = 'eve'
  const PolicyDocument = JSON.stringify({
    Version: '2012-10-17',
    Statement: { Effect: 'Allow', Action: 'iam:CreateVirtualMFADevice', Resource: '*' },
  })
  await iam.send(new PutUserPolicyCommand({ UserName, PolicyName: 'begin', PolicyDocument }))
  const { AccessKey } = await iam.send(new CreateAccessKeyCommand({ UserName }))
  const endpoint = ['--endpoint-url', service.endpoint]
  const args = ['mfa', 'enroll', '--name', 'begun', '--show-secret', ...endpoint]
  const { status, stderr } = await twinlock(home.path, args, {
    env: {
      AWS_ACCESS_KEY_ID: AccessKey?.AccessKeyId ?? '',
      AWS_SECRET_ACCESS_KEY: AccessKey?.SecretAccessKey ?? '',
    },
  })
  assert.equal(status, 130)
  const [, SerialNumber = ''] =
    /device (arn:\S+) could not be deleted: AccessDenied: /.exec(stderr) ?? []
  assert.ok(
    stderr.includes(
      `run: aws iam delete-virtual-mfa-device --serial-number ${SerialNumber} ${endpoint.join(' ')}\nUntil then another try needs another --name.\n`,
    ),
    stderr,
  )
  await iam.send(new DeleteVirtualMFADeviceCommand({ SerialNumber }))
})
