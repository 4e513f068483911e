import assert from 'node:assert/strict'
import { connect } from 'node:net'
import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import { test } from 'node:test'
import { InvalidAuthenticationCodeException, IAMServiceException } from '@aws-sdk/client-iam'
import { faultOf, sentenceOf } from './outside-errors.ts'

const $metadata = { httpStatusCode: 403 }

test('what AWS answers is told with its code, as it is on the wire', () => {
  const message = 'Authentication code for device is not valid.'
  assert.equal(
    sentenceOf(new InvalidAuthenticationCodeException({ message, $metadata })),
    `InvalidAuthenticationCode: ${message}`,
  )
  assert.equal(
    sentenceOf(
      new IAMServiceException({
        name: 'AccessDenied',
        message: 'No.',
        $fault: 'client',
        $metadata,
      }),
    ),
    'AccessDenied: No.',
  )
})

test('what the operating system answers is told with the file that it is about', async () => {
  await assert.rejects(readFile('/nowhere/x'), (error: unknown) => {
    assert.equal(sentenceOf(error), '/nowhere/x: no such file or directory (ENOENT).')
    return true
  })
})

test('an endpoint where nothing answers is named', async () => {
  const [error] = (await once(connect(1, '127.0.0.1').on('connect', assert.fail), 'close').catch(
    (error: unknown) => [error],
  )) as [unknown]
  assert.equal(sentenceOf(error), '127.0.0.1:1: nothing answers there (ECONNREFUSED).')
})

test('a bug is not dressed up as the user’s mistake', () => {
  assert.equal(sentenceOf(new TypeError('x is not a function')), undefined)
  assert.equal(sentenceOf('a string'), undefined)
  assert.equal(sentenceOf(undefined), undefined)
})

test('a bug is told in one line, and with its stack to who asks for it; what else it knows to nobody', () => {
  const fault = Object.assign(new TypeError('x is not\n a function\u001b[2J'), { key: 'secret' })
  assert.equal(
    faultOf(fault, false),
    'a fault of ours: TypeError: x is not. Set TWINLOCK_DEBUG=1 for the stack.',
  )
  const debugged = faultOf(fault, true)
  assert.match(debugged, /^a fault of ours: TypeError: x is not\n a function\\u001b\[2J\n +at /)
  assert.doesNotMatch(debugged, /secret/)
  assert.match(faultOf('a string', false), /a string/)
})

test('what AWS answers can not write on the terminal as it likes', () => {
  const error = new IAMServiceException({
    name: 'AccessDenied',
    message: '\u001b[2JAll is well.',
    $fault: 'client',
    $metadata,
  })
  assert.equal(sentenceOf(error), String.raw`AccessDenied: \u001b[2JAll is well.`)
})
