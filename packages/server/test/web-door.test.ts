// What every answer to a browser has, and where the door is.
import assert from 'node:assert/strict'
import { X509Certificate } from 'node:crypto'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { get } from 'node:https'
import type { IncomingMessage } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { certify } from '../../factors/test/attestation-certificates.ts'
import { ConfigError, readConfig } from '../src/index.ts'
import { allow } from './people.ts'
import { newSigner, signedIn, submitUser } from './sign-in-people.ts'
import { startTwinlock } from './twinlock.ts'
import { webBrowser } from './web-browser.ts'

const HEADERS = {
  'x-frame-options': 'DENY',
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cache-control': 'no-store',
  'cross-origin-opener-policy': 'same-origin',
} as const

test('every answer, refusals too, forbids frames, foreign scripts, sniffing and keeping', async () => {
  await using twinlock = await startTwinlock()
  const browser = webBrowser(twinlock)
  const answers = [
    await browser.get('/', { accept: 'text/html' }),
    await browser.get('/signin'),
    await browser.get('/signin/api/state'),
    await browser.get('/signin/nowhere'),
    await browser.get('/console/users'),
    await browser.post('/signin/api/password', {}),
    await browser.post('/console/api/iam/ListUsers'),
    await browser.get('/federation'),
    await browser.get('/console/%ff'),
  ]
  for (const { headers, status, text } of answers) {
    for (const [name, value] of Object.entries(HEADERS)) {
      assert.equal(headers.get(name), value, `${status} ${text}`)
    }
    const policy = headers.get('content-security-policy') ?? ''
    assert.match(policy, /default-src 'none'; script-src 'self';/)
    assert.match(policy, /frame-ancestors 'none'/)
    assert.doesNotMatch(policy, /unsafe|\*/)
    assert.equal(headers.get('strict-transport-security'), null)
    assert.equal(headers.get('server') ?? headers.get('x-powered-by'), null)
  }
})

test('a built file is kept for ever, and no refusal beside it', async () => {
  await using twinlock = await startTwinlock()
  const browser = webBrowser(twinlock)
  const page = (await browser.get('/signin')).text
  const [, script = ''] = /src="(\/console\/assets\/[^"]+)"/.exec(page) ?? []
  assert.equal(
    (await browser.get(script)).headers.get('cache-control'),
    'public, max-age=31536000, immutable',
  )
  for (const path of ['/console/assets/nope.js', '/console/assets/..%2fconsole.html']) {
    const { status, headers } = await browser.get(path)
    assert.ok(status >= 400, path)
    assert.equal(headers.get('cache-control'), 'no-store', path)
  }
})

test('the root leads a browser to sign-in or the console, and a program to where it always led', async () => {
  await using twinlock = await startTwinlock()
  await newSigner(twinlock, 'ana', allow('*'))
  const browser = webBrowser(twinlock)
  const html = { accept: 'text/html,*/*' }
  assert.equal((await browser.get('/', html)).headers.get('location'), '/signin')
  const deep = await browser.get('/console/users/ana?tab=tags', html)
  assert.equal(
    deep.headers.get('location'),
    '/signin?returnTo=%2Fconsole%2Fusers%2Fana%3Ftab%3Dtags',
  )
  const asked = await browser.post('/signin/api/password', {
    kind: 'user',
    account: '123456789012',
    userName: 'ana',
    password: 'correct-Horse-7',
    returnTo: '/console/users/ana?tab=tags',
  })
  assert.deepEqual(asked.body, { state: 'signed-in', returnTo: '/console/users/ana?tab=tags' })
  assert.equal((await browser.get('/', html)).headers.get('location'), '/console/')
  assert.equal((await fetch(twinlock.endpoint)).status, 403)
  assert.equal((await fetch(`${twinlock.endpoint}/?Action=GetUser`, { headers: html })).status, 403)
})

test('a browser that came to the address is led to the name, where security keys work', async () => {
  await using twinlock = await startTwinlock()
  const answer = await fetch(`${twinlock.endpoint}/signin?x=1`, { redirect: 'manual' })
  assert.equal(answer.headers.get('location'), `${webBrowser(twinlock).origin}/signin?x=1`)
})

test('behind a proxy the public address decides: its origin, Secure cookies of this host alone, and HSTS', async () => {
  const origin = 'https://id.example.com'
  await using twinlock = await startTwinlock({ argv: ['--public-url', origin] })
  await newSigner(twinlock, 'ana')
  const browser = webBrowser(twinlock)
  assert.equal((await submitUser(browser, 'ana')).body.code, 'CrossOriginRequest')
  const input = {
    kind: 'user',
    account: '123456789012',
    userName: 'ana',
    password: 'correct-Horse-7',
  }
  const { headers, status } = await browser.post('/signin/api/password', input, { origin })
  assert.equal(status, 200)
  assert.match(headers.get('strict-transport-security') ?? '', /^max-age=\d{8}/)
  const lines = headers.getSetCookie().filter(line => !/=;/.test(line))
  assert.equal(lines.length, 2)
  for (const line of lines) {
    assert.match(line, /^__Host-twinlock-\w+=/)
    assert.match(line, /; Path=\//)
    assert.match(line, /; HttpOnly/)
    assert.match(line, /; Secure/)
    assert.match(line, /; SameSite=(Lax|Strict)/)
    assert.doesNotMatch(line, /Domain/)
  }
})

test('bodies are bounded before anybody is known, and what is no JSON object is refused without being repeated', async () => {
  await using twinlock = await startTwinlock()
  await newSigner(twinlock, 'ana', allow('*'))
  const browser = webBrowser(twinlock)
  const large = await browser.post('/signin/api/password', { password: 'x'.repeat(100_000) })
  assert.equal(large.status, 413)
  const stranger = await browser.post('/console/api/iam/CreatePolicy', { x: 'x'.repeat(500_000) })
  assert.equal(stranger.status, 401)
  const known = await signedIn(twinlock, 'ana')
  assert.equal(
    (await known.post('/console/api/iam/ListUsers', { x: 'x'.repeat(500_000) })).status,
    200,
  )
  for (const body of [
    '{',
    '[]',
    '"secret"',
    'null',
    '{"password":"secret\\u0000"}',
    '[['.repeat(4000),
  ]) {
    const answer = await fetch(`${browser.origin}/signin/api/password`, {
      method: 'POST',
      headers: { origin: browser.origin, 'content-type': 'application/json' },
      body,
    })
    assert.equal(answer.status, 400)
    assert.doesNotMatch(await answer.text(), /secret/)
  }
  for (const input of [
    { kind: 'admin' },
    { kind: 'user', account: 1, userName: 'ana', password: 'x' },
    { kind: 'root', email: 'x'.repeat(2000), password: 'x' },
    { kind: 'root', email: { $ne: '' }, password: 'x' },
  ]) {
    assert.equal((await browser.post('/signin/api/password', input)).status, 400)
  }
})

test('other methods are refused, and nothing is answered with a 500', async () => {
  await using twinlock = await startTwinlock()
  const { origin } = webBrowser(twinlock)
  for (const method of ['PUT', 'DELETE', 'OPTIONS', 'PATCH']) {
    const answer = await fetch(`${origin}/signin/api/password`, { method })
    assert.ok(answer.status === 405 || answer.status === 404, `${method} ${answer.status}`)
  }
  for (const path of [
    '/console/../signin',
    '/console/assets/../../package.json',
    '/console/assets/%2e%2e/%2e%2e/package.json',
    '/console/assets/..%2f..%2fpackage.json',
    '/console/%00',
    '/signin/api/%ff',
    '/console/api//',
  ]) {
    const { status, text } = await webBrowser(twinlock).get(path)
    assert.ok(status < 500 || text.includes('not built'), `${path} ${status}`)
    assert.doesNotMatch(text, /"workspaces"|"@twinlock/)
  }
})

test('a path with NUL is refused, whatever it names, and the audit goes on', async () => {
  await using twinlock = await startTwinlock()
  await newSigner(twinlock, 'ana', allow('*'))
  const browser = await signedIn(twinlock, 'ana')
  for (const path of ['/console/api/iam/List%00Users', '/console/api/%00/x', '/signin/api/%00']) {
    const { status, text } = await browser.post(path, {})
    assert.equal(status, 400, path)
    assert.match(text, /The request cannot be read/)
  }
  assert.equal((await browser.get('/signin/api/state?returnTo=%00')).status, 200)
  await twinlock.flush()
})

test('the listener speaks TLS itself, and tells policies so', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'twinlock-'))
  const [key, cert] = [join(folder, 'key.pem'), join(folder, 'cert.pem')]
  const { certificate, privateKey } = certify({ commonName: 'localhost', ca: true })
  const pem = new X509Certificate(certificate).toString()
  await writeFile(cert, pem)
  await writeFile(key, privateKey.export({ type: 'pkcs8', format: 'pem' }))
  {
    await using twinlock = await startTwinlock({ argv: ['--tls-cert', cert, '--tls-key', key] })
    assert.match(twinlock.endpoint, /^https:\/\/127\.0\.0\.1:\d+$/)
    const answer = await new Promise<IncomingMessage>((resolve, reject) => {
      const url = twinlock.endpoint.replace('127.0.0.1', 'localhost')
      get(`${url}/signin/api/state`, { ca: pem }, resolve).on('error', reject)
    })
    answer.resume()
    assert.equal(answer.statusCode, 200)
    // It would bind every other server of this machine.
    assert.equal(answer.headers['strict-transport-security'], undefined)
  }
  await rm(folder, { recursive: true, force: true })
})

for (const [argv, words] of [
  [['--public-url', 'http://id.example.com'], /--public-url wants https/],
  [['--public-url', 'https://192.0.2.1'], /--public-url wants https/],
  [['--public-url', 'https://[::1]'], /--public-url wants https/],
  [['--public-url', 'https://id.example.com/console'], /without a path/],
  [['--public-url', 'id.example.com'], /--public-url wants https/],
  [['--tls-cert', '/nowhere'], /wanted together/],
  [['--tls-cert', '/nowhere', '--tls-key', '/nowhere'], /--tls-cert \/nowhere cannot be read/],
  [['--console-session-hours', '13'], /1 to 12/],
  [['--console-idle-minutes', '0'], /1 to 720/],
  [['--root-mfa-grace-days', '-1'], /--root-mfa-grace-days/],
  [['--fido-metadata', '/nowhere'], /cannot be read/],
] as const) {
  test(`${argv.join(' ')} stops the start with one sentence`, () => {
    assert.throws(
      () => readConfig(argv, {}),
      error => error instanceof ConfigError && words.test(error.message),
    )
  })
}
