import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ApiError } from './api-error.ts'
import { orTakenBack } from './or-taken-back.ts'

const refused = (message: string) => async () => {
  throw new ApiError('AccessDenied', message, 403, 'request-1')
}

test('what was made is taken back when a step is refused, and the refusal is told', async () => {
  let isTakenBack = false
  const takeBack = async () => {
    isTakenBack = true
  }
  await assert.rejects(orTakenBack(refused('no policy'), takeBack), { message: 'no policy' })
  assert.ok(isTakenBack)
})

test('what could not be taken back is told beside the reason', async () => {
  await assert.rejects(orTakenBack(refused('no policy'), refused('no deletion')), {
    code: 'AccessDenied',
    requestId: 'request-1',
    message: /^no policy .* still there\. no deletion$/,
  })
})

test('where nothing is refused, nothing is taken back', async () => {
  const never = () => assert.fail('taken back')
  assert.equal(await orTakenBack(async () => 'made', never), 'made')
})
