// A server behind a proxy: the client's address, and not the proxy's, decides conditions on aws:SourceIp and stands in the audit.
import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer, request as send } from 'node:http'
import type { AddressInfo } from 'node:net'
import { test } from 'node:test'
import { CreateUserCommand, GetUserCommand, PutUserPolicyCommand } from '@aws-sdk/client-iam'
import { onEveryEngine, openStore } from '../src/store/every-engine.ts'
import { allow, deny, newUser, policy } from './people.ts'
import { signedHeaders } from './signed-headers.ts'
import type { Credentials, TestTwinlock } from './twinlock.ts'
import { startTwinlock } from './twinlock.ts'

/**
 * A proxy that appends to X-Forwarded-For whom it serves, as proxies do: `client` stands for the address of its own peer, for every
 * test comes from 127.0.0.1.
 */
async function startProxy(target: string, client: () => string) {
  const { hostname, port } = new URL(target)
  const server = createServer((message, response) => {
    const said = message.headers['x-forwarded-for']
    const headers = {
      ...message.headers,
      'x-forwarded-for': said === undefined ? client() : `${[said].flat().join(', ')}, ${client()}`,
      'x-forwarded-proto': 'https',
    }
    const { method, url: path } = message
    message.pipe(
      send({ hostname, port, method, path, headers }, answer => {
        response.writeHead(answer.statusCode ?? 502, answer.headers)
        answer.pipe(response)
      }),
    )
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}

/** Signed for Twinlock's own host, as proxies that keep the Host header deliver it. */
async function getUser(
  twinlock: TestTwinlock,
  endpoint: string,
  credentials: Credentials,
  more: Readonly<Record<string, string>> = {},
): Promise<number> {
  const body = 'Action=GetUser&Version=2010-05-08'
  const { host } = new URL(endpoint)
  const now = twinlock.clock.now()
  const headers = signedHeaders(credentials, { host, service: 'iam', body, now })
  const answer = await fetch(endpoint, { method: 'POST', headers: { ...headers, ...more }, body })
  await answer.text()
  return answer.status
}

const OFFICE = ['203.0.113.0/24', '2001:db8:0ff1:ce::/64']

onEveryEngine('behind a proxy', newDatabase => {
  test('a Deny on aws:SourceIp and aws:SecureTransport judges the client, IPv4 and IPv6', async () => {
    const database = await newDatabase()
    {
      await using twinlock = await startTwinlock({
        database,
        argv: ['--trusted-proxies', '127.0.0.1,10.0.0.0/8'],
      })
      const ana = await newUser(
        twinlock,
        'ana',
        allow('iam:*'),
        deny('*', { Condition: { NotIpAddress: { 'aws:SourceIp': OFFICE } } }),
        deny('*', { Condition: { Bool: { 'aws:SecureTransport': 'false' } } }),
      )
      let client = ''
      await using proxy = await startProxy(twinlock.endpoint, () => client)
      const statusFrom = async (address: string, more?: Readonly<Record<string, string>>) => {
        client = address
        return getUser(twinlock, proxy.endpoint, ana, more)
      }

      assert.equal(await statusFrom('203.0.113.9'), 200)
      assert.equal(await statusFrom('198.51.100.7'), 403)
      assert.equal(await statusFrom('2001:DB8:ff1:ce::7'), 200)
      assert.equal(await statusFrom('2001:db8:ff1:cf::7'), 403)
      assert.equal(await statusFrom('::ffff:203.0.113.9'), 200)
      // Through a second proxy of ours.
      assert.equal(await statusFrom('10.1.1.1', { 'X-Forwarded-For': '203.0.113.9' }), 200)
      // Whoever sends the header himself gains nothing by it.
      const office = { 'X-Forwarded-For': '203.0.113.9' }
      assert.equal(await statusFrom('198.51.100.7', office), 403)
      assert.equal(await statusFrom('198.51.100.7', { Forwarded: 'for=203.0.113.9' }), 403)
      assert.equal(await statusFrom('garbage', office), 403)
      // Without the proxy the transport is not secure, and the address is the peer's.
      assert.equal(await getUser(twinlock, twinlock.endpoint, ana), 403)
    }
    await using store = await openStore(database)
    const rows = await store.db
      .selectFrom('auditEvent')
      .select('record')
      .where('eventName', '=', 'GetUser')
      .execute()
    const addresses = rows.map(({ record }) => JSON.parse(record).sourceIPAddress)
    assert.deepEqual(
      new Set(addresses),
      new Set([
        '203.0.113.9',
        '198.51.100.7',
        '2001:db8:ff1:ce::7',
        '2001:db8:ff1:cf::7',
        '127.0.0.1',
      ]),
    )
  })
})

test('where no proxy is trusted, the header is a client’s own words', async () => {
  await using twinlock = await startTwinlock()
  const iam = twinlock.iam()
  const ana = await newUser(twinlock, 'ana', allow('iam:*'))
  const here = { Condition: { IpAddress: { 'aws:SourceIp': '127.0.0.1' } } }
  const PolicyDocument = policy(deny('iam:GetUser', here))
  await iam.send(new PutUserPolicyCommand({ UserName: 'ana', PolicyName: 'here', PolicyDocument }))
  const lies = {
    'X-Forwarded-For': '203.0.113.9',
    Forwarded: 'for=203.0.113.9',
    'X-Real-IP': '203.0.113.9',
  }
  assert.equal(await getUser(twinlock, twinlock.endpoint, ana, lies), 403)
  await iam.send(new CreateUserCommand({ UserName: 'ben' }))
  await iam.send(new GetUserCommand({ UserName: 'ben' }))
})
