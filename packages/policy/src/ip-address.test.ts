// Addresses and blocks: laws of the text forms and of the prefix length.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { cidrContains, parseCidr, parseIpAddress } from './ip-address.ts'

const contains = (block: string, address: string) => {
  const [cidr, ip] = [parseCidr(block), parseIpAddress(address)]
  assert.ok(cidr !== undefined && ip !== undefined, `${block} ${address}`)
  return cidrContains(cidr, ip)
}

const bits = (address: string) =>
  address
    .split('.')
    .map(octet => Number(octet).toString(2).padStart(8, '0'))
    .join('')

test('an IPv4 block holds the addresses that share its first bits', () => {
  fc.assert(
    fc.property(
      fc.ipV4(),
      fc.ipV4(),
      fc.integer({ min: 0, max: 32 }),
      (network, address, length) => {
        assert.equal(
          contains(`${network}/${length}`, address),
          bits(network).slice(0, length) === bits(address).slice(0, length),
        )
      },
    ),
    { numRuns: 500 },
  )
})

test('an IPv6 address is the same in every spelling', () => {
  fc.assert(
    fc.property(
      fc.ipV6().filter(one => !one.includes('.')),
      address => {
        assert.ok(parseIpAddress(address) !== undefined, address)
        assert.deepEqual(parseIpAddress(address.toUpperCase()), parseIpAddress(address))
      },
    ),
    { numRuns: 300 },
  )
  const [short, long] = ['2001:db8::a:0:1', '2001:0db8:0000:0000:0000:000a:0000:0001'].map(
    parseIpAddress,
  )
  assert.deepEqual(short, long)
})

test('an IPv6 block holds its own network and what follows it', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 8 }),
      fc.integer({ min: 0, max: 0xffff }),
      (groups, last) => {
        const network = Array.from({ length: groups }, (_, index) => (index + 0x2001).toString(16))
        const block = groups === 8 ? network.join(':') : `${network.join(':')}::`
        const inside = [
          ...network,
          ...Array.from({ length: 8 - groups }, () => last.toString(16)),
        ].join(':')
        const outside = ['3ffe', ...inside.split(':').slice(1)].join(':')
        assert.equal(contains(`${block}/${groups * 16}`, inside), true)
        assert.equal(contains(`${block}/${groups * 16}`, outside), false)
      },
    ),
  )
})

test('families never meet, mapped addresses are IPv4', () => {
  fc.assert(
    fc.property(fc.ipV4(), address => {
      assert.equal(contains('::/0', address), false)
      assert.equal(contains('0.0.0.0/0', `::ffff:${address}`), true)
      assert.equal(contains(address, `::FFFF:${address}`), true)
    }),
  )
})

test('no text makes parsing throw', () => {
  const nearly = fc.string({
    unit: fc.constantFrom('0', '1', '255', 'f', ':', '::', '.', '/', '+', '%'),
  })
  fc.assert(
    fc.property(nearly, text => {
      parseIpAddress(text)
      parseCidr(text)
    }),
    { numRuns: 2000 },
  )
})
