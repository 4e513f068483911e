// Whose address a request has: as an attacker would like it, and as it is.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { processorMs } from '../../../factors/test/processor-time.ts'
import { connectionOf } from './forwarded.ts'
import type { ForwardedHeader, TrustedProxies } from './trusted-proxies.ts'
import { canonicalAddress, trustedProxies } from './trusted-proxies.ts'

const BLOCKS = ['10.0.0.0/8', '192.0.2.1', '2001:db8:aaaa::/48']

function proxiesAt(header: ForwardedHeader): TrustedProxies {
  const proxies = trustedProxies(BLOCKS, header)
  assert.ok('has' in proxies)
  return proxies
}

const PROXIES = {
  'x-forwarded-for': proxiesAt('x-forwarded-for'),
  forwarded: proxiesAt('forwarded'),
} as const

/** Who a trusted proxy says the client is. */
const clientOf = (header: ForwardedHeader, says: string | undefined) =>
  connectionOf('10.0.0.1', { [header]: says }, PROXIES[header]).sourceIp

test('a peer that is no trusted proxy is the client, whatever it says', () => {
  for (const header of ['x-forwarded-for', 'forwarded'] as const) {
    const said = {
      'x-forwarded-for': '203.0.113.9',
      'x-forwarded-proto': 'https',
      forwarded: 'for=203.0.113.9;proto=https',
    }
    assert.deepEqual(connectionOf('198.51.100.7', said, PROXIES[header]), {
      sourceIp: '198.51.100.7',
      secureTransport: false,
    })
  }
})

/** What a proxy passes on, and who the client is by it. */
type Said = readonly [title: string, says: string | undefined, client: string]

const SAID: Readonly<Record<ForwardedHeader, readonly Said[]>> = {
  'x-forwarded-for': [
    ['one proxy', '203.0.113.9', '203.0.113.9'],
    ['no header', undefined, '10.0.0.1'],
    ['an empty header', '', '10.0.0.1'],
    ['two proxies', '203.0.113.9, 10.2.2.2', '203.0.113.9'],
    ['proxies of both families', '203.0.113.9,2001:db8:aaaa::1', '203.0.113.9'],
    ['a client that sends the header itself', '192.0.2.77, 203.0.113.9', '203.0.113.9'],
    ['a client that claims to be a proxy', '10.9.9.9, 203.0.113.9', '203.0.113.9'],
    ['a client inside the trusted network', '10.9.9.9', '10.9.9.9'],
    ['garbage to the left', "'; drop table, 203.0.113.9", '203.0.113.9'],
    ['garbage where a proxy writes', '203.0.113.9, nonsense', '10.0.0.1'],
    ['garbage between proxies', '203.0.113.9, nonsense, 10.2.2.2', '10.2.2.2'],
    ['a gap', '203.0.113.9, , 10.2.2.2', '10.2.2.2'],
    ['a comma at the end', '203.0.113.9,', '10.0.0.1'],
    ['unknown', '203.0.113.9, unknown', '10.0.0.1'],
    ['a port', '203.0.113.9:4711', '203.0.113.9'],
    ['a port that is none', '203.0.113.9:http', '10.0.0.1'],
    ['IPv6', '2001:DB8::0:5', '2001:db8::5'],
    ['IPv6 in brackets', '[2001:db8::5]', '2001:db8::5'],
    ['IPv6 with a port', '[2001:db8::5]:4711', '2001:db8::5'],
    ['IPv4 as IPv6', '::ffff:203.0.113.9', '203.0.113.9'],
    ['IPv4 as IPv6 in hexadecimal', '::FFFF:cb00:7109', '203.0.113.9'],
    ['a proxy as IPv6', '203.0.113.9, ::ffff:10.2.2.2', '203.0.113.9'],
    ['leading zeroes, which some read as octal', '203.000.113.010', '10.0.0.1'],
    ['a number', '3405803785', '10.0.0.1'],
    ['a block', '203.0.113.0/24', '10.0.0.1'],
    ['a name', 'client.example.com', '10.0.0.1'],
  ],
  forwarded: [
    ['RFC 7239 §4', 'for=203.0.113.9;proto=http;by=10.0.0.1', '203.0.113.9'],
    ['RFC 7239 §6.1', 'For="[2001:db8:cafe::17]:4711"', '2001:db8:cafe::17'],
    ['RFC 7239 §7.1', 'for=203.0.113.9, for="10.2.2.2:80"', '203.0.113.9'],
    ['a pseudonym', 'for=203.0.113.9, for=_gazonk', '10.0.0.1'],
    ['unknown', 'for=unknown', '10.0.0.1'],
    ['a pseudonym for a port', 'for="203.0.113.9:_p"', '203.0.113.9'],
    ['an open quote of the client', 'for=", for=203.0.113.9', '203.0.113.9'],
    ['an open quote before a quoted address', 'for="10.9.9.9, for="[2001:db8::9]"', '2001:db8::9'],
    [
      'a quoted host that holds an element',
      'for=203.0.113.9;host="a, for=10.9.9.9, b"',
      '203.0.113.9',
    ],
    [
      'an escaped quote in the host',
      String.raw`for=203.0.113.9;host="a\", for=198.51.100.7;x=\""`,
      '10.0.0.1',
    ],
    ['for twice', 'for=203.0.113.9;for=10.9.9.9', '10.0.0.1'],
    ['an address without for', '203.0.113.9', '10.0.0.1'],
    ['no for', 'proto=https', '10.0.0.1'],
  ],
}

for (const header of ['x-forwarded-for', 'forwarded'] as const) {
  for (const [title, says, client] of SAID[header]) {
    test(`${header}, ${title}: ${says ?? 'absent'} is ${client}`, () => {
      assert.equal(clientOf(header, says), client)
    })
  }
}

test('a hundred entries are as good as the last', () => {
  const made = Array.from({ length: 100 }, (_, index) => `10.1.1.${index}`)
  assert.equal(clientOf('x-forwarded-for', [...made, '203.0.113.9'].join(', ')), '203.0.113.9')
  assert.equal(clientOf('x-forwarded-for', made.join(', ')), '10.1.1.0')
})

test('the header that is not configured is not read', () => {
  const both = { 'x-forwarded-for': '203.0.113.9', forwarded: 'for=198.51.100.7' }
  assert.equal(connectionOf('10.0.0.1', both, PROXIES['x-forwarded-for']).sourceIp, '203.0.113.9')
  assert.equal(connectionOf('10.0.0.1', both, PROXIES.forwarded).sourceIp, '198.51.100.7')
})

test('a transport is secure when a trusted proxy says so, and nobody on the way says otherwise', () => {
  const secure = (proto: string | undefined) =>
    connectionOf(
      '10.0.0.1',
      { 'x-forwarded-for': '203.0.113.9', 'x-forwarded-proto': proto },
      PROXIES['x-forwarded-for'],
    ).secureTransport
  assert.deepEqual(
    ['https', 'HTTPS', 'http', undefined, '', 'https, http', 'https,https', 'on'].map(secure),
    [true, true, false, false, false, false, true, false],
  )
  const byElement = (forwarded: string) =>
    connectionOf('10.0.0.1', { forwarded }, PROXIES.forwarded).secureTransport
  assert.equal(byElement('for=203.0.113.9;proto=https'), true)
  assert.equal(byElement('for=203.0.113.9;proto=https, for=10.2.2.2;proto=http'), true)
  assert.equal(byElement('for=198.51.100.7;proto=https, for=203.0.113.9;proto=http'), false)
  assert.equal(byElement('proto=https'), false)
})

test('whatever a client sends first, its own address is what the proxy appended', () => {
  const client = fc.oneof(fc.ipV4(), fc.ipV6()).filter(address => {
    const canonical = canonicalAddress(address)
    return canonical !== undefined && !PROXIES['x-forwarded-for'].has(canonical)
  })
  fc.assert(
    fc.property(fc.string({ unit: 'binary-ascii', maxLength: 200 }), client, (said, address) => {
      assert.equal(clientOf('x-forwarded-for', `${said}, ${address}`), canonicalAddress(address))
      assert.equal(
        clientOf('forwarded', `${said}, for="[${address}]"`.replace(/\[([\d.]+)\]/, '$1')),
        canonicalAddress(address),
      )
    }),
  )
})

test('a header of any size is read in linear time', () => {
  const started = processorMs()
  for (const text of [','.repeat(1e6), '"'.repeat(1e6), ' '.repeat(1e6), 'for='.repeat(250_000)]) {
    clientOf('x-forwarded-for', text)
    clientOf('forwarded', text)
  }
  assert.ok(processorMs() - started < 2000)
})

test('a block that is none, or that is everybody, is told', () => {
  for (const wrong of [
    '',
    '10.0.0.0/33',
    '10.0.0.0/0',
    '::/0',
    '10.0.0.0/',
    'localhost',
    'fe80::1%eth0',
    '10.0.0.0/8/8',
    '010.0.0.1',
    '::1/129',
  ]) {
    assert.deepEqual(trustedProxies(['10.0.0.1', wrong], 'forwarded'), { wrong })
  }
})

test('an address has one form', () => {
  assert.equal(canonicalAddress('2001:0DB8:0:0:0:0:0:1'), '2001:db8::1')
  assert.equal(canonicalAddress('::ffff:192.0.2.1'), '192.0.2.1')
  assert.equal(canonicalAddress('fe80::1%eth0'), 'fe80::1')
  assert.equal(canonicalAddress('192.0.2.1'), '192.0.2.1')
  assert.equal(canonicalAddress('192.0.2.256'), undefined)
})
