import assert from 'node:assert/strict'
import { test } from 'node:test'
import { parseAccountId } from '../identifiers/account-id.ts'
import { onEveryEngine, openStore } from '../store/every-engine.ts'
import type { Store } from '../store/store.ts'
import type { Admission, CountedGuess } from './throttle.ts'
import { sweepGuesses, throttle } from './throttle.ts'

const account = parseAccountId('123456789012')
const bucket = (name: string) => ({ name, freeGuesses: 2, longestWaitSeconds: 8 })
const start = Date.UTC(2026, 0, 2)
const at = (seconds: number) => new Date(start + seconds * 1000)

const waitOf = (admission: Admission) => (admission.outcome === 'wait' ? admission.seconds : 0)

/** A throttle that is asked for waits. */
function waits(store: Store) {
  const { admit, ...others } = throttle(store, account)
  const ask = async (names: readonly string[], seconds: number) =>
    waitOf(await admit(names.map(bucket), at(seconds)))
  const guess = async (names: readonly string[], seconds: number): Promise<CountedGuess> => {
    const admission = await admit(names.map(bucket), at(seconds))
    assert.equal(admission.outcome, 'admitted')
    return admission.guess
  }
  return { ask, guess, ...others }
}

onEveryEngine('the throttle of sign-in', newDatabase => {
  test('waits double from the first guess that is not free, up to the longest', async () => {
    await using store = await openStore(await newDatabase())
    const { ask } = waits(store)
    const told = []
    for (let now = 0, guesses = 0; guesses < 8; guesses++) {
      const wait = await ask(['a'], now)
      told.push(wait)
      if (wait > 0) assert.equal(await ask(['a'], (now += wait)), 0)
    }
    assert.deepEqual(told, [0, 0, 0, 1, 2, 4, 8, 8])
  })

  test('of guesses at once, on two nodes, only the free ones are admitted', async () => {
    await using store = await openStore(await newDatabase())
    const [one, other] = [waits(store), waits(store)]
    const told = await Promise.all(
      Array.from({ length: 20 }, (_, guess) => (guess % 2 ? one : other).ask(['a'], 0)),
    )
    assert.equal(told.filter(wait => wait === 0).length, 3)
  })

  test('one bucket that waits refuses the guess, and the others do not count it', async () => {
    await using store = await openStore(await newDatabase())
    const { ask } = waits(store)
    for (let guess = 0; guess < 3; guess++) await ask(['a'], 0)
    assert.equal(await ask(['a', 'b'], 0), 1)
    for (let guess = 0; guess < 3; guess++) assert.equal(await ask(['b'], 0), 0)
  })

  test('whoever must wait writes nothing, whatever else is guessed at', async () => {
    await using store = await openStore(await newDatabase())
    const { ask } = waits(store)
    for (let guess = 0; guess < 3; guess++) await ask(['place'], 0)
    for (const name of ['a', 'b', 'c']) assert.equal(await ask(['place', name], 0), 1)
    const rows = await store.db.selectFrom('signInThrottle').select('bucket').execute()
    assert.deepEqual(
      rows.map(({ bucket: name }) => name),
      ['place'],
    )
  })

  test('a right guess empties its bucket', async () => {
    await using store = await openStore(await newDatabase())
    const { ask, forgive } = waits(store)
    for (let guess = 0; guess < 3; guess++) await ask(['a', 'b'], 0)
    await forgive([bucket('a')])
    for (let guess = 0; guess < 3; guess++) assert.equal(await ask(['a'], 0), 0)
    assert.equal(await ask(['b'], 0), 1)
  })

  test('a guess that is given back takes but itself, and renews no wait', async () => {
    await using store = await openStore(await newDatabase())
    const { ask, guess, giveBack } = waits(store)
    for (const seconds of [0, 0, 0, 1, 3]) await guess(['a'], seconds)
    assert.equal(await ask(['a'], 6), 1)
    await giveBack(await guess(['a'], 7))
    assert.equal(await ask(['a'], 7), 0)
    assert.equal(await ask(['a'], 7), 8)
  })

  test('a guess that is given back takes nobody else’s with it', async () => {
    await using store = await openStore(await newDatabase())
    const { ask, guess, giveBack } = waits(store)
    const right = await guess(['a'], 0)
    await guess(['a'], 0)
    await giveBack(right)
    await guess(['a'], 0)
    await guess(['a'], 0)
    assert.equal(await ask(['a'], 0), 1)
  })

  test('a clock that was ahead locks nobody out for long', async () => {
    await using store = await openStore(await newDatabase())
    const { ask } = waits(store)
    for (let guess = 0; guess < 9; guess++) await ask(['a'], 1_000_000 + guess * 9)
    assert.equal(await ask(['a'], 0), 0)
  })

  test('what is swept out had nothing left to remember', async () => {
    await using store = await openStore(await newDatabase())
    const { guess } = waits(store)
    const hourly = { name: 'a', freeGuesses: 2, longestWaitSeconds: 3600 }
    const { admit } = throttle(store, account)
    for (let guesses = 0; guesses < 3; guesses++) await admit([hourly], at(0))
    await guess(['once'], 0)
    const left = async (seconds: number) => {
      await store.transaction(tx => sweepGuesses(tx, account, at(seconds)))
      const rows = await store.db.selectFrom('signInThrottle').select('bucket').execute()
      return rows.map(row => row.bucket).toSorted()
    }
    assert.deepEqual(await left(3600), ['a', 'once'])
    assert.deepEqual(await left(3601), ['a'])
    assert.deepEqual(await left(3 * 3600), ['a'])
    assert.deepEqual(await left(3 * 3600 + 1), [])
  })
})
