import assert from 'node:assert/strict'
import { test } from 'node:test'
import { processorMs } from '../test/processor-time.ts'
import { checkPasswordPolicy } from './password-policy.ts'
import { hashPassword, newPassword, verifyPassword } from './passwords.ts'

test('a hash is argon2id with the parameters of OWASP, and names neither password nor a salt twice', async () => {
  const [first, second] = await Promise.all([
    hashPassword('correct horse'),
    hashPassword('correct horse'),
  ])
  assert.match(first, /^\$argon2id\$v=19\$m=19456,t=2,p=1\$[\w+/]{22}\$[\w+/]{43}$/)
  assert.notEqual(first, second)
  assert.doesNotMatch(first, /horse/)
})

test('a password is verified by its hash, to the letter', async () => {
  const hashed = await hashPassword('Pässwörd 1')
  assert.equal(await verifyPassword(hashed, 'Pässwörd 1'), true)
  for (const wrong of ['pässwörd 1', 'Pässwörd 1 ', 'Pässwörd', '']) {
    assert.equal(await verifyPassword(hashed, wrong), false)
  }
})

test('a hash made elsewhere with other parameters is verified by its own', async () => {
  // The reference implementation's own test: t=2, m=2^8, p=1, argon2id, version 0x13.
  const hashed =
    '$argon2id$v=19$m=256,t=2,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4'
  assert.equal(await verifyPassword(hashed, 'password'), true)
  assert.equal(await verifyPassword(hashed, 'Password'), false)
})

test('where there is no hash no password is right', async () => {
  assert.equal(await verifyPassword(undefined, 'anything'), false)
  assert.equal(await verifyPassword(undefined, ''), false)
})

test('where there is no hash the work is done all the same', async () => {
  const hashed = await hashPassword('something')
  const time = async (stored: string | undefined) => {
    const samples = []
    for (let round = 0; round < 7; round++) {
      const begin = processorMs()
      await verifyPassword(stored, 'anything')
      samples.push(processorMs() - begin)
    }
    return Math.min(...samples)
  }
  const [known, unknown] = [await time(hashed), await time(undefined)]
  assert.ok(unknown > known / 3, `${unknown} ms without a hash, ${known} ms with one`)
})

test('a damaged hash is an error and never a match', async () => {
  await assert.rejects(verifyPassword('$argon2id$v=19$m=19456', ''))
  await assert.rejects(verifyPassword('', ''))
})

test('a new password has the length asked for, no look-alikes, and meets the strictest policy', () => {
  const strictest = {
    RequireUppercaseCharacters: true,
    RequireLowercaseCharacters: true,
    RequireNumbers: true,
    RequireSymbols: true,
  }
  for (let round = 0; round < 300; round++) {
    const length = 8 + (round % 50)
    const password = newPassword(length)
    assert.equal(password.length, length)
    assert.doesNotMatch(password, /[0O1lI\s]/)
    assert.deepEqual(
      checkPasswordPolicy(password, { ...strictest, MinimumPasswordLength: length }),
      [],
    )
    assert.deepEqual(checkPasswordPolicy(password, undefined), [])
  }
})

test('no two new passwords are alike', () => {
  assert.equal(new Set(Array.from({ length: 200 }, () => newPassword())).size, 200)
})

test('a password too short for its classes is not made', () => {
  assert.throws(() => newPassword(7), RangeError)
})
