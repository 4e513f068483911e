import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { IAMClient } from '@aws-sdk/client-iam'
import { open, readConfig } from '@twinlock/server'
import { newAuthenticator } from '../../../../server/test/authenticator.ts'
import { submitRoot } from '../../../../server/test/sign-in-people.ts'
import type { WebBrowser } from '../../../../server/test/web-browser.ts'
import { webBrowser } from '../../../../server/test/web-browser.ts'
import { newWorld } from '../../../test/world.ts'

const NOW = Date.UTC(2026, 0, 2) / 1000

/** A world in which a server runs, by its clock, and root may sign in without a device. */
async function newService() {
  await using stack = new AsyncDisposableStack()
  const world = stack.use(await newWorld())
  world.now = NOW
  const data = join(world.home, 'data')
  world.env['TWINLOCK_DATA'] = data
  const config = readConfig(['--data', data, '--listen', '127.0.0.1:0'], {})
  const { endpoint, made } = stack.use(
    await open(config, { now: () => new Date(world.now * 1000) }),
  )
  const kept = stack.move()
  return {
    world,
    root: (...args: readonly string[]) => world.twinlock(['root', ...args]),
    endpoint,
    made,
    password: made?.rootPassword ?? '',
    /** What the sign-in answers. */
    signIn: async (password: string, browser = webBrowser({ endpoint })): Promise<unknown> =>
      (await submitRoot(browser, password)).body,
    [Symbol.asyncDispose]: () => kept.disposeAsync(),
  }
}

type Service = Awaited<ReturnType<typeof newService>>

/** Gives root, who is signed in, an authenticator app. */
async function enrol({ world, endpoint, made }: Service, root: WebBrowser, name: string) {
  assert.ok(made)
  const systemClockOffset = world.now * 1000 - Date.now()
  const settings = { endpoint, region: 'us-east-1', credentials: made, systemClockOffset }
  const iam = new IAMClient(settings)
  const app = await newAuthenticator(iam, { seconds: () => world.now }, name)
  iam.destroy()
  await root.call('signin:EnableMFADevice', { SerialNumber: app.SerialNumber, ...app.pair() })
  return app
}

const WRONG = { code: 'AuthenticationFailed' }
const NO_DEVICE = { state: 'enrol', required: false }

test('reset-password prints a random password once, and nothing else where a program reads', async () => {
  await using service = await newService()
  const { status, stdout, stderr } = await service.root('reset-password')
  assert.equal(status, 0, stderr)
  assert.match(stdout, /^[^\s]{20}\n$/)
  assert.equal(
    stderr,
    'The root user root@example.com has a new password, shown this once. Its sessions have ended.\n',
  )
  assert.partialDeepStrictEqual(await service.signIn(stdout.trim()), NO_DEVICE)
  assert.partialDeepStrictEqual(await service.signIn(service.password), WRONG)
})

const WRONG_LENGTH = /^twinlock: --password-file \S+ must hold a password of 8 to 128 characters\./

test('reset-password takes a password from a file as the first start does, and never prints it', async () => {
  await using service = await newService()
  const file = join(service.world.home, 'password')
  for (const [text, message] of [
    ['short\n', WRONG_LENGTH],
    [`${'x'.repeat(129)}\n`, WRONG_LENGTH],
    [undefined, /^twinlock: --password-file \S+ cannot be read\./],
  ] as const) {
    if (text !== undefined) writeFileSync(file, text)
    const path = text === undefined ? join(service.world.home, 'nowhere') : file
    const wrong = await service.root('reset-password', '--password-file', path)
    assert.equal(wrong.status, 2)
    assert.match(wrong.stderr, message)
    assert.doesNotMatch(wrong.stderr, /short|xxx/)
  }
  assert.partialDeepStrictEqual(await service.signIn(service.password), NO_DEVICE)

  writeFileSync(file, 'given-Horse-Battery-1\n')
  assert.deepEqual(await service.root('reset-password', '--password-file', file), {
    status: 0,
    stdout: '',
    stderr: 'The root user root@example.com has a new password. Its sessions have ended.\n',
  })
  assert.partialDeepStrictEqual(await service.signIn('given-Horse-Battery-1'), NO_DEVICE)
})

test('remove-mfa lists what it takes, and says what is left', async () => {
  await using service = await newService()
  const { root, world } = service
  for (const args of [[], ['arn:aws:iam::123456789012:mfa/phone']]) {
    const none = await root('remove-mfa', ...args)
    assert.equal(none.status, 1)
    assert.equal(none.stderr, 'twinlock: The root user has no MFA device.\n')
    assert.equal(none.stdout, '')
  }
  const browser = webBrowser(service)
  await service.signIn(service.password, browser)
  await browser.post('/signin/api/enrol/later')
  const phone = await enrol(service, browser, 'phone')
  world.now += 60
  await service.signIn(service.password, browser)
  await browser.post('/signin/api/mfa/code', { method: 'totp', code: phone.code() })
  const { SerialNumber: tablet } = await enrol(service, browser, 'tablet')
  assert.deepEqual(await root('remove-mfa', tablet), {
    status: 0,
    stdout: [
      'SERIAL NUMBER                         KIND               ENABLED',
      `${tablet}  authenticator app  2026-01-02T00:01:00.000Z`,
      '',
      'Taken from the root user. Its sessions have ended. Devices that it still has: 1.',
      '',
    ].join('\n'),
    stderr: '',
  })
  const all = await root('remove-mfa')
  assert.match(all.stdout, new RegExp(`^SERIAL NUMBER .*\n${phone.SerialNumber} `))
  assert.match(all.stdout, /It signs in by its password alone, and is asked for a new device\.\n$/)
})

test('create-access-key prints a pair that works, and refuses a third one', async () => {
  await using service = await newService()
  const { status, stdout, stderr } = await service.root('create-access-key')
  assert.equal(status, 0, stderr)
  assert.match(stdout, /^aws_access_key_id = AKIA\w{16}\naws_secret_access_key = [\w/+]{40}\n$/)
  assert.equal(
    stderr,
    'The root user has this access key, shown this once. Its sessions have ended.\n',
  )
  const third = await service.root('create-access-key')
  assert.equal(third.status, 1)
  assert.match(third.stderr, /^twinlock: The root user has two access keys already[^\n]+\n$/)
})

test('without a store, or with a key that is not its own, nothing is made and nothing is changed', async () => {
  await using service = await newService()
  const { world, root } = service
  const wrong = join(world.home, 'wrong.key')
  writeFileSync(wrong, randomBytes(32).toString('base64'), { mode: 0o600 })
  for (const command of ['reset-password', 'remove-mfa', 'create-access-key']) {
    const missing = await root(command, '--data', join(world.home, 'nowhere'))
    assert.match(missing.stderr, /^twinlock: The master key \S+ cannot be read[^\n]+\n$/)
    const refused = await root(command, '--master-key-file', wrong)
    assert.equal(
      refused.stderr,
      'twinlock: This master key is not the one that the database was sealed with.\n',
    )
    assert.deepEqual(
      [missing, refused].map(({ status, stdout }) => [status, stdout]),
      [
        [1, ''],
        [1, ''],
      ],
    )
  }
  assert.partialDeepStrictEqual(await service.signIn(service.password), NO_DEVICE)
})
