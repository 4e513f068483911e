// Proxies and certificates, with a service of our own behind both.
import assert from 'node:assert/strict'
import { once } from 'node:events'
import { writeFile } from 'node:fs/promises'
import { type IncomingMessage, createServer } from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import { type AddressInfo, type Socket, connect } from 'node:net'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { type Certified, certify } from '../../../../factors/test/attestation-certificates.ts'
import { temporaryHome, twinlock } from '../../../test/twinlock-process.ts'

const NO_DEVICES =
  '<ListMFADevicesResponse><ListMFADevicesResult><MFADevices/></ListMFADevicesResult></ListMFADevicesResponse>'

const CREDENTIALS = { AWS_ACCESS_KEY_ID: 'AKIAEXAMPLE', AWS_SECRET_ACCESS_KEY: 'secret' }

const home = await temporaryHome()
const ca = { ...certify({ commonName: 'Example CA', ca: true }), commonName: 'Example CA' }
const bundle = join(home.path, 'ca.pem')

const pem = ({ certificate }: Pick<Certified, 'certificate'>) =>
  `-----BEGIN CERTIFICATE-----\n${certificate.toString('base64')}\n-----END CERTIFICATE-----\n`

/** A service whose certificate is for that name. */
function service(commonName: string, more: { readonly validTo?: string } = {}) {
  const certified = certify({ commonName, issuer: ca, ...more })
  const key = certified.privateKey.export({ type: 'pkcs8', format: 'pem' })
  return createTlsServer({ cert: pem(certified), key }, (request, response) => {
    request.resume().on('end', () => response.setHeader('content-type', 'text/xml').end(NO_DEVICES))
  })
}

const named = service('identity.test')
const local = service('localhost')
const expired = service('localhost', { validTo: '20200102000000Z' })
const plain = createServer((_, response) => response.end(NO_DEVICES))

/** Leads every tunnel to the one service, and keeps what it was asked for. */
const asked: string[] = []
const proxy = createServer((request, response) => {
  asked.push(`${request.method} ${request.url}`)
  response.setHeader('content-type', 'text/xml').end(NO_DEVICES)
})
proxy.on('connect', (request: IncomingMessage, socket: Socket) => {
  asked.push(`CONNECT ${request.url}`)
  const upstream = connect(portOf(named), '127.0.0.1', () => {
    socket.write('HTTP/1.1 200 Connection established\r\n\r\n')
    socket.pipe(upstream).pipe(socket)
  })
  for (const end of [socket, upstream]) end.on('error', () => end.destroy())
})
const closed = createServer((_, response) => response.writeHead(407).end())
closed.on('connect', (_, socket: Socket) => socket.end('HTTP/1.1 407 Who are you?\r\n\r\n'))

const servers = [named, local, expired, plain, proxy, closed]
const portOf = (server: (typeof servers)[number]) => (server.address() as AddressInfo).port

before(async () => {
  await writeFile(bundle, pem(ca))
  for (const server of servers) await once(server.listen(0, '127.0.0.1'), 'listening')
})

after(async () => {
  for (const server of servers) server.close()
  await home.remove()
})

const list = (endpoint: string, env: Readonly<Record<string, string>> = {}) =>
  twinlock(home.path, ['mfa', 'list', '--user-name', 'x', '--endpoint-url', endpoint], {
    env: { ...CREDENTIALS, ...env },
  })

const atLocal = () => `https://localhost:${portOf(local)}`
const DONE = { status: 0, stdout: '', stderr: 'No MFA device is enabled.\n' }

test('a certificate of a private CA is taken when AWS_CA_BUNDLE names the CA', async () => {
  assert.deepEqual(await list(atLocal(), { AWS_CA_BUNDLE: bundle }), DONE)
})

test('ca_bundle of the profile does as well', async () => {
  const config = join(home.path, 'config')
  await writeFile(
    config,
    `[profile other]\nca_bundle = /nowhere\n\n[profile company]\nregion = eu-west-1\nca_bundle = ${bundle}\n`,
  )
  const env = { AWS_CONFIG_FILE: config, AWS_PROFILE: 'company' }
  assert.deepEqual(await list(atLocal(), env), DONE)
})

test('keys in the environment come before AWS_PROFILE, as with the AWS CLI, without a warning', async () => {
  const env = { AWS_PROFILE: 'nobody', AWS_CA_BUNDLE: bundle }
  assert.deepEqual(await list(atLocal(), env), DONE)
})

test('a profile that is in no file is told with the files', async () => {
  const env = { AWS_PROFILE: 'nobody', AWS_CONFIG_FILE: '/x/config', AWS_ACCESS_KEY_ID: '' }
  const { status, stderr } = await list(atLocal(), env)
  assert.equal(status, 1)
  assert.ok(
    stderr.startsWith(
      `twinlock: there is no profile nobody in /x/config or ${home.path}/.aws/credentials. Give `,
    ),
    stderr,
  )
})

for (const { what, endpoint, env, says } of [
  {
    what: 'of a CA that nobody here trusts',
    endpoint: atLocal,
    env: () => ({}),
    says: /signed by nobody who is trusted here: name the PEM file of its CA in AWS_CA_BUNDLE/,
  },
  {
    what: 'that has expired',
    endpoint: () => `https://localhost:${portOf(expired)}`,
    env: () => ({ AWS_CA_BUNDLE: bundle }),
    says: /certificate has expired/,
  },
  {
    what: 'for another name',
    endpoint: () => `https://localhost:${portOf(named)}`,
    env: () => ({ AWS_CA_BUNDLE: bundle }),
    says: /^twinlock: localhost: its certificate is for another name \(identity\.test\)/,
  },
]) {
  test(`a certificate ${what} is refused in one sentence`, async () => {
    const { status, stdout, stderr } = await list(endpoint(), env())
    assert.deepEqual([status, stdout], [1, ''])
    assert.match(stderr, says)
    assert.match(stderr, /^twinlock: [^\n]+\n$/)
  })
}

test('a bundle that is none, or is not there, is told by its name', async () => {
  const empty = join(home.path, 'empty.pem')
  await writeFile(empty, 'no certificate')
  assert.match((await list(atLocal(), { AWS_CA_BUNDLE: empty })).stderr, /empty\.pem holds no cert/)
  assert.match(
    (await list(atLocal(), { AWS_CA_BUNDLE: '/nowhere' })).stderr,
    /^twinlock: \/nowhere: /,
  )
})

test('what does not speak TLS is told to', async () => {
  const { status, stderr } = await list(`https://localhost:${portOf(plain)}`)
  assert.equal(status, 1)
  assert.match(stderr, /^twinlock: the other side does not speak TLS \(EPROTO\)\.\n$/)
})

test('HTTPS_PROXY leads to a host that only the proxy knows, and the certificate is still asked for', async () => {
  const env = { HTTPS_PROXY: `http://127.0.0.1:${portOf(proxy)}` }
  asked.length = 0
  assert.deepEqual(await list('https://identity.test', { ...env, AWS_CA_BUNDLE: bundle }), DONE)
  assert.deepEqual(asked, ['CONNECT identity.test:443'])
  assert.match((await list('https://identity.test', env)).stderr, /signed by nobody/)
})

test('HTTP_PROXY is asked for what is not encrypted, and a proxy needs no scheme', async () => {
  asked.length = 0
  const HTTP_PROXY = `127.0.0.1:${portOf(proxy)}`
  assert.deepEqual(await list('http://identity.test', { HTTP_PROXY }), DONE)
  assert.deepEqual(asked, ['POST http://identity.test/'])
})

test('NO_PROXY names whom the proxy is not asked for', async () => {
  asked.length = 0
  const HTTPS_PROXY = `http://127.0.0.1:${portOf(proxy)}`
  const env = { HTTPS_PROXY, NO_PROXY: 'localhost,.example', AWS_CA_BUNDLE: bundle }
  assert.deepEqual(await list(atLocal(), env), DONE)
  assert.deepEqual(asked, [])
})

test('a proxy that refuses, and one that can not be read, are told without their password', async () => {
  const refused = await list('https://identity.test', {
    HTTPS_PROXY: `http://me:pass-word@127.0.0.1:${portOf(closed)}`,
  })
  assert.match(refused.stderr, /^twinlock: the proxy leads nowhere: it answered 407 .*\n$/)
  const unread = await list('https://identity.test', { HTTPS_PROXY: 'socks5://me:pass-word@x' })
  assert.match(unread.stderr, /^twinlock: HTTPS_PROXY is not the URL of a proxy/)
  assert.doesNotMatch(refused.stderr + unread.stderr, /pass-word/)
})
