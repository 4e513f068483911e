// Whose address a request has: as an attacker would like it, and as it is.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { processorMs } from '../../../factors/test/processor-time.ts'
import { connectionOf } from './forwarded.ts'
import type { ForwardedHeader, TrustedProxies } from './trusted-proxies.ts'
import { canonicalAddress, trustedProxies } from './trusted-proxies.ts'

const BLOCKS = ['10.0.0.0/8', '192.0.2.1', '2001:db8:aaaa::/48']

function proxiesAt(header: ForwardedHeader, blocks = BLOCKS): TrustedProxies {
  const proxies = trustedProxies(blocks, header)
  assert.ok('has' in proxies)
  return proxies
}

const X_FORWARDED_FOR = proxiesAt('x-forwarded-for')
const FORWARDED = proxiesAt('forwarded')

const sourceIp = (peer: string, text: string | undefined) =>
  connectionOf(peer, { 'x-forwarded-for': text }, X_FORWARDED_FOR).sourceIp

const forwardedIp = (peer: string, text: string) =>
  connectionOf(peer, { forwarded: text }, FORWARDED).sourceIp

test('a peer that is no trusted proxy is the client, whatever it says', () => {
  for (const header of ['x-forwarded-for', 'forwarded'] as const) {
    const said = {
      'x-forwarded-for': '203.0.113.9',
      'x-forwarded-proto': 'https',
      forwarded: 'for=203.0.113.9;proto=https',
    }
    assert.deepEqual(connectionOf('198.51.100.7', said, proxiesAt(header)), {
      sourceIp: '198.51.100.7',
      secureTransport: false,
    })
  }
})

const CHAINS: readonly { title: string; says: string | undefined; client: string }[] = [
  { title: 'one proxy', says: '203.0.113.9', client: '203.0.113.9' },
  { title: 'no header', says: undefined, client: '10.0.0.1' },
  { title: 'an empty header', says: '', client: '10.0.0.1' },
  { title: 'two proxies', says: '203.0.113.9, 10.2.2.2', client: '203.0.113.9' },
  {
    title: 'proxies of both families',
    says: '203.0.113.9,2001:db8:aaaa::1',
    client: '203.0.113.9',
  },
  {
    title: 'a client that sends the header itself',
    says: '192.0.2.77, 203.0.113.9',
    client: '203.0.113.9',
  },
  {
    title: 'a client that claims to be a proxy',
    says: '10.9.9.9, 203.0.113.9',
    client: '203.0.113.9',
  },
  { title: 'a client inside the trusted network', says: '10.9.9.9', client: '10.9.9.9' },
  { title: 'garbage to the left', says: "'; drop table, 203.0.113.9", client: '203.0.113.9' },
  { title: 'garbage where a proxy writes', says: '203.0.113.9, nonsense', client: '10.0.0.1' },
  {
    title: 'garbage between proxies',
    says: '203.0.113.9, nonsense, 10.2.2.2',
    client: '10.2.2.2',
  },
  { title: 'a gap', says: '203.0.113.9, , 10.2.2.2', client: '10.2.2.2' },
  { title: 'a comma at the end', says: '203.0.113.9,', client: '10.0.0.1' },
  { title: 'unknown', says: '203.0.113.9, unknown', client: '10.0.0.1' },
  { title: 'a port', says: '203.0.113.9:4711', client: '203.0.113.9' },
  { title: 'a port that is none', says: '203.0.113.9:http', client: '10.0.0.1' },
  { title: 'IPv6', says: '2001:DB8::0:5', client: '2001:db8::5' },
  { title: 'IPv6 in brackets', says: '[2001:db8::5]', client: '2001:db8::5' },
  { title: 'IPv6 with a port', says: '[2001:db8::5]:4711', client: '2001:db8::5' },
  { title: 'IPv4 as IPv6', says: '::ffff:203.0.113.9', client: '203.0.113.9' },
  { title: 'IPv4 as IPv6 in hexadecimal', says: '::FFFF:cb00:7109', client: '203.0.113.9' },
  { title: 'a proxy as IPv6', says: '203.0.113.9, ::ffff:10.2.2.2', client: '203.0.113.9' },
  {
    title: 'leading zeroes, which some read as octal',
    says: '203.000.113.010',
    client: '10.0.0.1',
  },
  { title: 'a number', says: '3405803785', client: '10.0.0.1' },
  { title: 'a block', says: '203.0.113.0/24', client: '10.0.0.1' },
  { title: 'a name', says: 'client.example.com', client: '10.0.0.1' },
]

for (const { title, says, client } of CHAINS) {
  test(`X-Forwarded-For, ${title}: ${says ?? 'absent'} is ${client}`, () => {
    assert.equal(sourceIp('10.0.0.1', says), client)
  })
}

test('a hundred entries are as good as the last', () => {
  const made = Array.from({ length: 100 }, (_, index) => `10.1.1.${index}`)
  assert.equal(sourceIp('10.0.0.1', [...made, '203.0.113.9'].join(', ')), '203.0.113.9')
  assert.equal(sourceIp('10.0.0.1', made.join(', ')), '10.1.1.0')
})

test('the header that is not configured is not read', () => {
  const both = { 'x-forwarded-for': '203.0.113.9', forwarded: 'for=198.51.100.7' }
  assert.equal(connectionOf('10.0.0.1', both, X_FORWARDED_FOR).sourceIp, '203.0.113.9')
  assert.equal(connectionOf('10.0.0.1', both, FORWARDED).sourceIp, '198.51.100.7')
})

const ELEMENTS: readonly { title: string; says: string; client: string }[] = [
  { title: 'RFC 7239 §4', says: 'for=203.0.113.9;proto=http;by=10.0.0.1', client: '203.0.113.9' },
  { title: 'RFC 7239 §6.1', says: 'For="[2001:db8:cafe::17]:4711"', client: '2001:db8:cafe::17' },
  { title: 'RFC 7239 §7.1', says: 'for=203.0.113.9, for="10.2.2.2:80"', client: '203.0.113.9' },
  { title: 'a pseudonym', says: 'for=203.0.113.9, for=_gazonk', client: '10.0.0.1' },
  { title: 'unknown', says: 'for=unknown', client: '10.0.0.1' },
  { title: 'a pseudonym for a port', says: 'for="203.0.113.9:_p"', client: '203.0.113.9' },
  { title: 'an open quote of the client', says: 'for=", for=203.0.113.9', client: '203.0.113.9' },
  {
    title: 'an open quote before a quoted address',
    says: 'for="10.9.9.9, for="[2001:db8::9]"',
    client: '2001:db8::9',
  },
  {
    title: 'a quoted host that holds an element',
    says: 'for=203.0.113.9;host="a, for=10.9.9.9, b"',
    client: '203.0.113.9',
  },
  {
    title: 'an escaped quote in the host',
    says: String.raw`for=203.0.113.9;host="a\", for=198.51.100.7;x=\""`,
    client: '10.0.0.1',
  },
  { title: 'for twice', says: 'for=203.0.113.9;for=10.9.9.9', client: '10.0.0.1' },
  { title: 'an address without for', says: '203.0.113.9', client: '10.0.0.1' },
  { title: 'no for', says: 'proto=https', client: '10.0.0.1' },
]

for (const { title, says, client } of ELEMENTS) {
  test(`Forwarded, ${title}: ${says} is ${client}`, () => {
    assert.equal(forwardedIp('10.0.0.1', says), client)
  })
}

test('a transport is secure when a trusted proxy says so, and nobody on the way says otherwise', () => {
  const secure = (proto: string | undefined) =>
    connectionOf(
      '10.0.0.1',
      { 'x-forwarded-for': '203.0.113.9', 'x-forwarded-proto': proto },
      X_FORWARDED_FOR,
    ).secureTransport
  assert.deepEqual(
    ['https', 'HTTPS', 'http', undefined, '', 'https, http', 'https,https', 'on'].map(secure),
    [true, true, false, false, false, false, true, false],
  )
  const byElement = (forwarded: string) =>
    connectionOf('10.0.0.1', { forwarded }, FORWARDED).secureTransport
  assert.equal(byElement('for=203.0.113.9;proto=https'), true)
  assert.equal(byElement('for=203.0.113.9;proto=https, for=10.2.2.2;proto=http'), true)
  assert.equal(byElement('for=198.51.100.7;proto=https, for=203.0.113.9;proto=http'), false)
  assert.equal(byElement('proto=https'), false)
})

test('whatever a client sends first, its own address is what the proxy appended', () => {
  const client = fc.oneof(fc.ipV4(), fc.ipV6()).filter(address => {
    const canonical = canonicalAddress(address)
    return canonical !== undefined && !X_FORWARDED_FOR.has(canonical)
  })
  fc.assert(
    fc.property(fc.string({ unit: 'binary-ascii', maxLength: 200 }), client, (said, address) => {
      assert.equal(sourceIp('10.0.0.1', `${said}, ${address}`), canonicalAddress(address))
      assert.equal(
        forwardedIp('10.0.0.1', `${said}, for="[${address}]"`.replace(/\[([\d.]+)\]/, '$1')),
        canonicalAddress(address),
      )
    }),
  )
})

test('a header of any size is read in linear time', () => {
  const started = processorMs()
  for (const text of [','.repeat(1e6), '"'.repeat(1e6), ' '.repeat(1e6), 'for='.repeat(250_000)]) {
    sourceIp('10.0.0.1', text)
    forwardedIp('10.0.0.1', text)
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
