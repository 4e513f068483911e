import assert from 'node:assert/strict'
import { test } from 'node:test'
import { newWorld } from '../test/world.ts'
import { type Groups, command } from './command.ts'
import type { Io } from './io.ts'

/** Runs a command with these words and answers what it was given. */
async function given(args: readonly string[], takes: readonly string[] = []) {
  let answer: { readonly words: Groups | undefined; readonly rest: readonly string[] } | undefined
  const listing = command({
    takes,
    description: '',
    options: {
      word: { type: 'list', help: '' },
      name: { type: 'string', help: '' },
      long: { type: 'boolean', help: '' },
    },
    run: async ({ word }, rest) => {
      answer = { words: word, rest }
    },
  })
  await listing.run(args, {} as Io)
  return answer
}

test('a list takes the words up to the next option, and each time is kept apart', async () => {
  assert.deepEqual(await given(['--word', 'a', 'b', '--name', 'x', '--word=c', '--long']), {
    words: [['a', 'b'], ['c']],
    rest: [],
  })
})

test('behind -- and behind other options words are no part of a list', async () => {
  assert.deepEqual(await given(['--word', 'a', '--', 'b'], ['REST…']), {
    words: [['a']],
    rest: ['b'],
  })
  assert.deepEqual(await given(['--word', 'a', '--long', 'b'], ['REST…']), {
    words: [['a']],
    rest: ['b'],
  })
})

test('a list that was not given is absent', async () => {
  assert.deepEqual(await given(['x'], ['REST…']), { words: undefined, rest: ['x'] })
})

test('an argument that ends in … takes any number', async () => {
  assert.deepEqual((await given(['a', 'b', 'c'], ['FILE…']))?.rest, ['a', 'b', 'c'])
  await assert.rejects(given(['a', 'b'], ['FILE']), /`b`/)
})

test('a list without a word is typed wrongly', async () => {
  await using world = await newWorld()
  const { status, stderr } = await world.twinlock(['policy', 'simulate', '--action'])
  assert.equal(status, 2)
  assert.match(stderr, /--action/)
})
