import assert from 'node:assert/strict'
import { test } from 'node:test'
import { parseAccountId } from '../identifiers/account-id.ts'
import { onEveryEngine, openStore } from '../store/every-engine.ts'
import { networkOf } from './sign-in-throttle.ts'
import { FORGOTTEN_AFTER_MS, throttle } from './throttle.ts'

const account = parseAccountId('123456789012')
const bucket = (name: string) => ({ name, freeGuesses: 2, longestWaitSeconds: 8 })
const start = Date.UTC(2026, 0, 2)
const at = (seconds: number) => new Date(start + seconds * 1000)

onEveryEngine('the throttle of sign-in', newDatabase => {
  test('waits double from the first guess that is not free, up to the longest', async () => {
    await using store = await openStore(await newDatabase())
    const { admit } = throttle(store, account)
    const waits = []
    for (let now = 0, guesses = 0; guesses < 8; guesses++) {
      const wait = await admit([bucket('a')], at(now))
      waits.push(wait)
      if (wait > 0) assert.equal(await admit([bucket('a')], at((now += wait))), 0)
    }
    assert.deepEqual(waits, [0, 0, 0, 1, 2, 4, 8, 8])
  })

  test('of guesses at once, on two nodes, only the free ones are admitted', async () => {
    await using store = await openStore(await newDatabase())
    const [one, other] = [throttle(store, account), throttle(store, account)]
    const waits = await Promise.all(
      Array.from({ length: 20 }, (_, guess) =>
        (guess % 2 ? one : other).admit([bucket('a')], at(0)),
      ),
    )
    assert.equal(waits.filter(wait => wait === 0).length, 3)
  })

  test('one bucket that waits refuses the guess, and the others do not count it', async () => {
    await using store = await openStore(await newDatabase())
    const { admit } = throttle(store, account)
    for (let guess = 0; guess < 3; guess++) await admit([bucket('a')], at(0))
    assert.equal(await admit([bucket('a'), bucket('b')], at(0)), 1)
    for (let guess = 0; guess < 3; guess++) assert.equal(await admit([bucket('b')], at(0)), 0)
  })

  test('a right guess empties its bucket, one that is given back takes but itself', async () => {
    await using store = await openStore(await newDatabase())
    const { admit, forgive, giveBack } = throttle(store, account)
    for (let guess = 0; guess < 3; guess++) await admit([bucket('a'), bucket('b')], at(0))
    await forgive([bucket('a')])
    await giveBack([bucket('b')])
    for (let guess = 0; guess < 3; guess++) assert.equal(await admit([bucket('a')], at(0)), 0)
    assert.equal(await admit([bucket('b')], at(0)), 0)
    assert.equal(await admit([bucket('b')], at(0)), 1)
  })

  test('a clock that was ahead locks nobody out for long, and an hour forgets all', async () => {
    await using store = await openStore(await newDatabase())
    const { admit } = throttle(store, account)
    for (let guess = 0; guess < 9; guess++) await admit([bucket('a')], at(1_000_000 + guess * 9))
    assert.equal(await admit([bucket('a')], at(0)), 0)
    for (let guess = 0; guess < 4; guess++) await admit([bucket('b')], at(guess * 9))
    const forgotten = FORGOTTEN_AFTER_MS / 1000 + 27
    for (let guess = 0; guess < 3; guess++) {
      assert.equal(await admit([bucket('b')], at(forgotten)), 0)
    }
  })
})

for (const [address, network] of [
  ['203.0.113.7', '203.0.113.7'],
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
  ['2001:db8:1:2::', '2001:db8:1:2::/64'],
  ['2001:db8::1', '2001:db8:0:0::/64'],
  ['::1', '0:0:0:0::/64'],
  ['fe80::', 'fe80:0:0:0::/64'],
] as const) {
  test(`${address} is counted as ${network}`, () => assert.equal(networkOf(address), network))
}
