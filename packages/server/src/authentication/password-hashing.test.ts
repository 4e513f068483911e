import assert from 'node:assert/strict'
import { test } from 'node:test'
import { hashPassword, verifyPassword } from '@twinlock/factors'
import { MOST_WITH_STRANGERS, hashFor, isReused } from './password-hashing.ts'

/** Requests of a holder that end when the test says so. */
function openRequests(holder: string, count: number) {
  const { promise, resolve } = Promise.withResolvers<void>()
  const requests = Array.from({ length: count }, () => hashFor(holder, () => promise))
  return async () => {
    resolve()
    await Promise.all(requests)
  }
}

test('a password is reused when any of the hashes is its own, and none after that is tried', async () => {
  const [first, second, third] = await Promise.all(['1', '2', '3'].map(hashPassword))
  const hashes = [first, second, third].filter(hash => hash !== undefined)
  const tried: (string | undefined)[] = []
  const verify = (passwordHash: string | undefined, password: string) => {
    tried.push(passwordHash)
    return verifyPassword(passwordHash, password)
  }
  assert.equal(await isReused({ verify }, hashes, '2'), true)
  assert.deepEqual(tried, [first, second])
  assert.equal(await isReused({ verify }, hashes, '4'), false)
  assert.equal(await isReused({ verify }, [], '4'), false)
})

test('whoever has too many requests is refused, and nobody else is', async () => {
  const end = openRequests('ana', 16)
  await assert.rejects(
    hashFor('ana', async () => 7),
    { code: 'Throttling' },
  )
  assert.equal(await hashFor('ben', async () => 7), 7)
  await end()
  assert.equal(await hashFor('ana', async () => 7), 7)
})

test('strangers, however many, leave room for those who are known', async () => {
  const stranger = (number: number) =>
    hashFor(`stranger ${number}`, () => promise, MOST_WITH_STRANGERS)
  const { promise, resolve } = Promise.withResolvers<void>()
  const strangers = Array.from({ length: MOST_WITH_STRANGERS }, (_, number) => stranger(number))
  await assert.rejects(stranger(MOST_WITH_STRANGERS), { code: 'ServiceUnavailable' })
  assert.equal(await hashFor('ana', async () => 7), 7)
  resolve()
  await Promise.all(strangers)
})

test('a request that was let in has all its hashes, whoever came meanwhile', async () => {
  const { promise, resolve } = Promise.withResolvers<void>()
  const letIn = hashFor('ana', async ({ hash, verify }) => {
    await promise
    return verify(await hash('right'), 'right')
  })
  const end = openRequests('ana', 15)
  resolve()
  assert.equal(await letIn, true)
  await end()
})

test('when all together are too many, whoever comes is refused, until one has gone', async () => {
  const ends = Array.from({ length: 16 }, (_, number) => openRequests(`user-${number}`, 8))
  await assert.rejects(
    hashFor('ana', async () => 7),
    { code: 'ServiceUnavailable' },
  )
  for (const end of ends) await end()
  assert.equal(await hashFor('ana', async () => 7), 7)
})

test('a request that fails is over', async () => {
  for (let failed = 0; failed < 17; failed++) {
    await assert.rejects(
      hashFor('ana', ({ verify }) => verify('damaged', 'any')),
      Error,
    )
  }
  assert.equal(await hashFor('ana', async () => 7), 7)
})
