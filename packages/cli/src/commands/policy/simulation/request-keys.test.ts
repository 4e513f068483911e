import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readCatalogue } from '@twinlock/catalogue'
import { UsageError } from '../../../command-errors.ts'
import { unknownUser } from './caller.ts'
import { conditionKeys, keysOfRequest, parseContext } from './request-keys.ts'

const catalogue = readCatalogue()

test('a key that may have several values has a list, whatever the number of values', () => {
  const given = parseContext(
    ['aws:TagKeys=team', 'dynamodb:Attributes=a', 'dynamodb:attributes=b'],
    catalogue,
  )
  assert.deepEqual(given.get('aws:TagKeys'), ['team'])
  assert.deepEqual(given.get('dynamodb:Attributes'), ['a', 'b'])
  assert.deepEqual(parseContext(['aws:TagKeys='], catalogue).get('aws:TagKeys'), [])
})

test('other keys have one value, which may hold the sign too', () => {
  assert.equal(parseContext(['aws:PrincipalTag/a=b=c'], catalogue).get('aws:PrincipalTag/a'), 'b=c')
  assert.equal(parseContext(['made:Up='], catalogue).get('made:Up'), '')
})

for (const word of [
  'aws:SourceIp',
  '=x',
  'aws:SourceIp=home',
  'aws:SecureTransport=yes',
  'aws:TokenIssueTime=soon',
  'aws:SourceArn=bucket',
  'aws:MultiFactorAuthPresent=true',
  'AWS:MultiFactorAuthAge=5',
]) {
  test(`\`${word}\` is typed wrongly`, () => {
    assert.throws(() => parseContext([word], catalogue), UsageError)
  })
}

test('two values for a key that has one are typed wrongly', () => {
  assert.throws(() => parseContext(['aws:SourceIp=::1', 'aws:sourceip=::2'], catalogue), UsageError)
})

test('given keys override what every request has, in whatever letter case', () => {
  const keys = conditionKeys(
    keysOfRequest({
      caller: unknownUser(),
      action: 'iam:GetUser',
      resource: 'arn:aws:iam::999999999999:user/x',
      now: new Date('2026-11-22T03:04:05.678Z'),
      given: new Map([['AWS:securetransport', 'false']]),
    }),
  )
  assert.equal(keys.get('aws:securetransport'), 'false')
  assert.equal(keys.get('aws:currenttime'), '2026-11-22T03:04:05Z')
  assert.equal(keys.get('aws:requestedregion'), 'us-east-1')
  assert.equal(keys.get('aws:resourceaccount'), '999999999999')
  assert.equal(keys.get('aws:username'), undefined)
})
