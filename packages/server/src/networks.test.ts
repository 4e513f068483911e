import assert from 'node:assert/strict'
import { test } from 'node:test'
import { siteOf } from './networks.ts'

for (const [address, site] of [
  ['192.0.2.1', '192.0.2.1'],
  ['2001:db8:7:1::1', '2001:db8:7::/48'],
  ['2001:db8:7:ffff:1:2:3:4', '2001:db8:7::/48'],
  ['::1', '0:0:0::/48'],
] as const) {
  test(`${address} is of the site ${site}`, () => assert.equal(siteOf(address), site))
}
