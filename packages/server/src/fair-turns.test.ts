import assert from 'node:assert/strict'
import { setImmediate } from 'node:timers/promises'
import { test } from 'node:test'
import { fairTurns } from './fair-turns.ts'

/** Turns at computations that end when the test says so, and which began. */
function watchedTurns(atOnce: number) {
  const inTurn = fairTurns(atOnce)
  const underWay: { readonly name: string; readonly end: (failure?: Error) => void }[] = []
  const begun: string[] = []
  const ask = (holder: string, name = holder): Promise<string> =>
    inTurn(holder, () => {
      const { promise, resolve, reject } = Promise.withResolvers<string>()
      begun.push(name)
      underWay.push({ name, end: failure => (failure ? reject(failure) : resolve(name)) })
      return promise
    })
  const endFirst = async (failure?: Error) => {
    underWay.shift()?.end(failure)
    await setImmediate()
  }
  return { ask, begun, underWay, endFirst }
}

const many = <Result>(count: number, ask: (number: number) => Result) =>
  Array.from({ length: count }, (_, number) => ask(number))

test('a holder has one hash under way, however many it asks for, in their order', async () => {
  const { ask, begun, underWay, endFirst } = watchedTurns(3)
  const answers = many(5, number => ask('ana', `ana ${number}`))
  for (let ended = 0; ended < 5; ended++) {
    await setImmediate()
    assert.deepEqual(
      underWay.map(({ name }) => name),
      [`ana ${ended}`],
    )
    await endFirst()
  }
  assert.deepEqual(await Promise.all(answers), begun)
})

test('whoever comes behind many of another holder waits for none of them', async () => {
  const { ask, begun } = watchedTurns(3)
  many(10, () => ask('ana'))
  void ask('ben')
  await setImmediate()
  assert.deepEqual(begun, ['ana', 'ben'])
})

test('where there are more holders than threads they take turns', async () => {
  const { ask, begun, underWay, endFirst } = watchedTurns(1)
  many(3, () => ask('ana'))
  many(2, () => ask('ben'))
  void ask('cleo')
  await setImmediate()
  while (underWay.length > 0) await endFirst()
  assert.deepEqual(begun, ['ana', 'ben', 'cleo', 'ana', 'ben', 'ana'])
})

test('no more are under way than threads were given', async () => {
  const { ask, underWay, endFirst } = watchedTurns(3)
  many(7, number => ask(`user-${number}`))
  await setImmediate()
  assert.equal(underWay.length, 3)
  await endFirst()
  assert.equal(underWay.length, 3)
})

test('a hash that fails makes way for the next', async () => {
  const { ask, begun, endFirst } = watchedTurns(1)
  const failing = ask('ana', 'damaged')
  void ask('ana', 'next')
  await setImmediate()
  const refused = assert.rejects(failing, /damaged/)
  await endFirst(new Error('damaged'))
  await refused
  assert.deepEqual(begun, ['damaged', 'next'])
})

test('whose line is full is refused, and nobody else', async () => {
  const inTurn = fairTurns(1, 2, () => new Error('full'))
  const { promise, resolve } = Promise.withResolvers<void>()
  const underWay = inTurn('ana', () => promise)
  const waiting = many(2, () => inTurn('ana', () => Promise.resolve('ana')))
  await assert.rejects(inTurn('ana', assert.fail), /full/)
  const other = inTurn('ben', () => Promise.resolve('ben'))
  resolve()
  await underWay
  assert.deepEqual(await Promise.all([...waiting, other]), ['ana', 'ana', 'ben'])
})
