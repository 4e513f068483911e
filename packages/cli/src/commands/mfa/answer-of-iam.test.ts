// What is no answer of IAM's ends every command that speaks to an endpoint.
import assert from 'node:assert/strict'
import { once } from 'node:events'
import { type RequestListener, createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { after, before, test } from 'node:test'
import { temporaryHome, twinlock } from '../../../test/twinlock-process.ts'

const LOGIN_PAGE = '<!doctype html><html><body>please log in</body></html>'
const SERIAL = 'arn:aws:iam::123456789012:mfa/x'

const home = await temporaryHome()
let answer: RequestListener
let host: string
const server = createServer((request, response) => {
  request.resume().on('end', () => answer(request, response))
})

before(async () => {
  await once(server.listen(0, '127.0.0.1'), 'listening')
  host = `127.0.0.1:${(server.address() as AddressInfo).port}`
})

after(async () => {
  server.close()
  await home.remove()
})

const answering =
  (status: number, type: string, body: string): RequestListener =>
  (_, response) => {
    response.writeHead(status, { 'content-type': type }).end(body)
  }

const run = (...args: readonly string[]) =>
  twinlock(home.path, [...args, '--endpoint-url', `http://${host}`], {
    env: { AWS_ACCESS_KEY_ID: 'AKIAEXAMPLE', AWS_SECRET_ACCESS_KEY: 'secret' },
  })

for (const command of [
  ['policy', 'lint', '--endpoint'],
  ['policy', 'coverage', '--all'],
  ['policy', 'simulate', '--principal', 'ana', '--action', 's3:GetObject'],
  ['mfa', 'list', '--user-name', 'x'],
  ['mfa', 'list'],
  ['mfa', 'remove', SERIAL, '--user-name', 'x'],
  ['mfa', 'remove', SERIAL],
  ['mfa', 'enroll', '--user-name', 'x', '--authenticator'],
]) {
  test(`a login page is no answer to ${command.join(' ')}`, async () => {
    answer = answering(200, 'text/html; charset=utf-8', LOGIN_PAGE)
    assert.deepEqual(await run(...command), {
      status: 1,
      stdout: '',
      stderr: `twinlock: ${host} answered 200, but not as IAM does (text/html): is the endpoint right, or is there a proxy with a login page?\n`,
    })
  })
}

for (const { what, status, type, body } of [
  { what: 'an empty body', status: 200, type: 'text/xml', body: '' },
  { what: 'JSON', status: 200, type: 'application/json', body: '{}' },
  { what: 'a redirection', status: 302, type: 'text/html', body: LOGIN_PAGE },
  { what: 'an error of S3', status: 403, type: 'application/xml', body: '<Error></Error>' },
  {
    what: 'an error that says it is none',
    status: 200,
    type: 'text/xml',
    body: '<ErrorResponse></ErrorResponse>',
  },
  {
    what: 'an answer that says it is an error',
    status: 403,
    type: 'text/xml',
    body: '<ListMFADevicesResponse/>',
  },
  {
    what: 'the answer to another request',
    status: 200,
    type: 'text/xml',
    body: '<ListUsersResponse/>',
  },
]) {
  test(`${what} is no answer`, async () => {
    answer = answering(status, type, body)
    const { status: exit, stdout, stderr } = await run('mfa', 'list', '--user-name', 'x')
    assert.deepEqual([exit, stdout], [1, ''])
    assert.ok(
      stderr.startsWith(`twinlock: ${host} answered ${status}, but not as IAM does (${type}): `),
      stderr,
    )
  })
}

test('a proxy in passing trouble is asked again', async () => {
  const answers = [
    answering(503, 'text/html', '<html>no upstream</html>'),
    answering(
      200,
      'text/xml',
      '<?xml version="1.0"?>\n<ListMFADevicesResponse xmlns="https://iam.amazonaws.com/doc/2010-05-08/"><ListMFADevicesResult><MFADevices/><IsTruncated>false</IsTruncated></ListMFADevicesResult></ListMFADevicesResponse>',
    ),
  ]
  answer = (request, response) => answers.shift()?.(request, response)
  const { status, stderr } = await run('mfa', 'list', '--user-name', 'x')
  assert.deepEqual([status, stderr], [0, 'No MFA device is enabled.\n'])
})

test('what IAM refuses is told in its words', async () => {
  answer = answering(
    403,
    'text/xml',
    '<ErrorResponse><Error><Type>Sender</Type><Code>AccessDenied</Code><Message>No.</Message></Error></ErrorResponse>',
  )
  const { status, stderr } = await run('mfa', 'list', '--user-name', 'x')
  assert.deepEqual([status, stderr], [1, 'twinlock: AccessDenied: No.\n'])
})
