import assert from 'node:assert/strict'
import { test } from 'node:test'
import { generatedPassword } from './generated-password.ts'

test('a generated password has everything that a password policy can demand, and is long enough', () => {
  for (const minimumLength of [undefined, 6, 128]) {
    const password = generatedPassword(minimumLength)
    assert.equal(password.length, Math.max(20, minimumLength ?? 0))
    for (const demanded of [/[A-Z]/, /[a-z]/, /\d/, /[!@#$%^&*()_+\-=[\]{}|]/]) {
      assert.match(password, demanded)
    }
    assert.doesNotMatch(password, /[IOl01]/)
  }
})

test('no two are alike', () => {
  const passwords = Array.from({ length: 100 }, () => generatedPassword())
  assert.equal(new Set(passwords).size, 100)
})
