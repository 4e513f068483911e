import assert from 'node:assert/strict'
import { test } from 'node:test'
import { endOfTurn } from './end-of-turn.ts'

const nextTurn = () => new Promise(resolve => setImmediate(resolve))
const unexpected = (error: unknown) => assert.fail(String(error))

test('what is asked for in a turn is done at its end, in order, and once', async () => {
  const atEndOfTurn = endOfTurn()
  const done: number[] = []
  for (const number of [1, 2, 3]) atEndOfTurn(() => done.push(number), unexpected)
  await Promise.resolve()
  assert.equal(done.length, 0)
  await nextTurn()
  assert.deepEqual(done, [1, 2, 3])
  atEndOfTurn(() => done.push(4), unexpected)
  await nextTurn()
  assert.deepEqual(done, [1, 2, 3, 4])
})

test('work that throws is told of to whoever asked for it, and the rest is done', async () => {
  const atEndOfTurn = endOfTurn()
  const told: unknown[] = []
  const broken = new Error('broken')
  atEndOfTurn(
    () => {
      throw broken
    },
    error => told.push(error),
  )
  atEndOfTurn(() => told.push('done'), unexpected)
  await nextTurn()
  assert.deepEqual(told, [broken, 'done'])
})
