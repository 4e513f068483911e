import assert from 'node:assert/strict'
import { test } from 'node:test'
import { likelyMeant } from './spelling.ts'

const NAMES = ['BoolIfExists', 'StringEquals', 'aws:SourceIp', 'aws:SourceVpc', 'aws:SourceVpce']

for (const [written, meant] of [
  ['boolifexists', 'BoolIfExists'],
  ['BoolIfExist', 'BoolIfExists'],
  ['StringEqauls', 'StringEquals'],
  ['SrtingEqaalz', undefined],
  ['aws:SourceI', 'aws:SourceIp'],
  ['aws:Sourcexyz', undefined],
  ['x'.repeat(100_000), undefined],
] as const) {
  test(`${written.slice(0, 20)} ${meant === undefined ? 'is no slip' : `probably means ${meant}`}`, () => {
    assert.equal(likelyMeant(written, NAMES), meant)
  })
}

test('of two names that are as near, neither is meant', () => {
  assert.equal(likelyMeant('aws:SourceVpcd', ['aws:SourceVpca', 'aws:SourceVpcb']), undefined)
})
