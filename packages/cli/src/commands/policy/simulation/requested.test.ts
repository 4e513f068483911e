import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readCatalogue } from '@twinlock/catalogue'
import { UsageError } from '../../../command-errors.ts'
import { expandAction, parseResource } from './requested.ts'

const catalogue = readCatalogue()

test('wildcards stand for documented actions, in any letter case', () => {
  const found = expandAction('IAM:*mfadevice', catalogue)
  assert.ok(found.includes('iam:EnableMFADevice'))
  assert.ok(!found.includes('iam:ListMFADevices'))
  assert.ok(expandAction('*', catalogue).length > 10_000)
})

test('an action is spelled as AWS does; one that is not documented stays as it is', () => {
  assert.deepEqual(expandAction('S3:getobject', catalogue), ['s3:GetObject'])
  assert.deepEqual(expandAction('s3:GetObjct', catalogue), ['s3:GetObjct'])
})

test('dots and brackets in a pattern are no wildcards', () => {
  assert.throws(() => expandAction('s3:Get.bject*', catalogue), /no documented action/)
})

for (const text of ['GetObject', 's3', 's3:', ':Get', 's3:a:b', 'Get*', '*:']) {
  test(`\`${text}\` is no action`, () => {
    assert.throws(() => expandAction(text, catalogue), UsageError)
  })
}

test('a resource is an ARN or everything', () => {
  assert.equal(parseResource('arn:aws:s3:::b/k'), 'arn:aws:s3:::b/k')
  for (const text of ['b/k', 'arn:aws:s3', '']) assert.throws(() => parseResource(text), UsageError)
})
