import assert from 'node:assert/strict'
import { test } from 'node:test'
import { lastingFailure } from './lasting-failure.ts'

function newFailure() {
  let now = 0
  const told: string[] = []
  const clock = { now: () => new Date(now) }
  const failure = lastingFailure('Writing', clock, text => told.push(text.split('\n')[0] ?? ''))
  return { failure, told, advance: (ms: number) => void (now += ms) }
}

test('a failure is told at once, then once a minute with a count, and so is its end', () => {
  const { failure, told, advance } = newFailure()
  failure.worked()
  for (let tenths = 0; tenths < 1300; tenths++) {
    failure.failed(new Error(`refused at ${tenths}`))
    advance(100)
  }
  failure.worked()
  failure.worked()
  assert.deepEqual(told, [
    'Writing failed: Error: refused at 0',
    'Writing still fails, 601 times in 60 s: refused at 600',
    'Writing still fails, 1201 times in 120 s: refused at 1200',
    'Writing works again, after it failed 1300 times in 130 s',
  ])
})

test('after it has worked, the next failure is a new one', () => {
  const { failure, told } = newFailure()
  failure.failed(new Error('first'))
  failure.worked()
  failure.failed(new Error('second'))
  failure.gaveUp(new Error('third'))
  assert.deepEqual(told, [
    'Writing failed: Error: first',
    'Writing works again, after it failed 1 times in 0 s',
    'Writing failed: Error: second',
    'Writing failed at the end: Error: third',
  ])
})
