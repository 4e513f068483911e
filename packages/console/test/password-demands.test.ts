import assert from 'node:assert/strict'
import { test } from 'node:test'
import { demandsOf } from '../src/steps/password-demands.ts'

const NOTHING = {
  minimumLength: 8,
  uppercase: false,
  lowercase: false,
  numbers: false,
  symbols: false,
}

const unmet = (requirements: Parameters<typeof demandsOf>[0], password: string) =>
  demandsOf(requirements)
    .filter(({ isMet }) => !isMet(password))
    .map(({ text }) => text)

test('each class that is demanded is a demand of its own', () => {
  const all = { ...NOTHING, uppercase: true, lowercase: true, numbers: true, symbols: true }
  assert.deepEqual(unmet(all, 'Abcdef1!'), [])
  assert.deepEqual(unmet(all, 'abc'), [
    'At least 8 characters',
    'An uppercase letter',
    'A digit',
    "A symbol: ! @ # $ % ^ & * ( ) _ + - = [ ] { } | '",
  ])
})

test("AWS's own policy wants three classes of four, whichever", () => {
  const own = { ...NOTHING, classes: 3 }
  for (const password of ['abcdefG1', 'abcdef1!', 'ABCDEF1!', 'abcdEFG!']) {
    assert.deepEqual(unmet(own, password), [], password)
  }
  assert.equal(unmet(own, 'abcdefg1').length, 1)
})
