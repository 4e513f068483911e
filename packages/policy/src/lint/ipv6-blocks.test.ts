import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { parseCidr } from '../ip-address.ts'
import { isLowered, lowered } from './ipv6-blocks.ts'

for (const [text, block] of [
  ['2001:db8::5/64', '2001:db8::/64'],
  ['2001:db8:0:12::5/64', '2001:db8:0:12::/64'],
  ['2001:db8::ff/124', '2001:db8:0:0:0:0:0:f0/124'],
  ['::1/0', '::/0'],
  ['2001:db8::/64', '2001:db8::/64'],
  ['192.0.2.5/24', '192.0.2.5/24'],
  ['no address/64', 'no address/64'],
] as const) {
  test(`${text} is in ${block}`, () => {
    assert.equal(lowered(text), block)
  })
}

test('a lowered block is one that IAM stores, and lowering it again changes nothing', () => {
  fc.assert(
    fc.property(fc.ipV6(), fc.nat({ max: 128 }), (address, prefixLength) => {
      const block = lowered(`${address}/${prefixLength}`)
      // A dotted quad at the end is no address of a policy, and stays as it is.
      fc.pre(!address.includes('.'))
      assert.ok(parseCidr(block) !== undefined, block)
      assert.ok(isLowered(block))
    }),
  )
})
