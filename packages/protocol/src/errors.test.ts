// Error codes against AWS's models.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { AwsError, ERROR_STATUS } from './errors.ts'
import { modelOf } from './model/model.ts'

for (const service of ['iam', 'sts'] as const) {
  for (const { code, status } of Object.values(modelOf(service).errors)) {
    test(`${service}: ${code} has the status of the model`, () => {
      assert.equal(new Map(Object.entries(ERROR_STATUS)).get(code), status)
    })
  }
}

test('an error with status 500 or more is the receiver’s, any other the sender’s', () => {
  assert.equal(new AwsError('ServiceFailure').type, 'Receiver')
  assert.equal(new AwsError('ServiceUnavailable').type, 'Receiver')
  assert.equal(new AwsError('RequestEntityTooLarge').type, 'Sender')
  assert.equal(new AwsError('NoSuchEntity').type, 'Sender')
})

test('the cause is kept for the log and is no part of the message', () => {
  const cause = new Error('disk full')
  const error = new AwsError('InternalFailure', 'An internal error occurred.', { cause })
  assert.equal(error.cause, cause)
  assert.equal(error.message, 'An internal error occurred.')
})
