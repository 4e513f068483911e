import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as fc from 'fast-check'
import { checkPasswordPolicy, passwordPolicyViolation } from './password-policy.ts'
import type { PasswordFacts, PasswordPolicy } from './password-policy.ts'

const facts: PasswordFacts = { accountName: 'my-Account-1', email: 'Root1@Example.com' }

const unmet = (password: string, policy?: PasswordPolicy) =>
  checkPasswordPolicy(password, policy, facts).map(({ requirement }) => requirement)

const DEFAULT_CASES = [
  { password: 'Abcdefg1', unmet: [] },
  { password: 'abcdef1!', unmet: [] },
  { password: 'ABCDEF1!', unmet: [] },
  { password: 'Abcdefg!', unmet: [] },
  { password: 'Abcdef1', unmet: ['MinimumPasswordLength'] },
  { password: 'Abcdefgh', unmet: ['CharacterClasses'] },
  { password: 'ABCDEFÄÖÜ1', unmet: ['CharacterClasses'] },
  { password: 'abcdefg1?', unmet: ['CharacterClasses'] },
  { password: '', unmet: ['MinimumPasswordLength', 'CharacterClasses'] },
  { password: 'my-account-1', unmet: ['NotIdentity'] },
  { password: 'Root1@Example.com', unmet: ['NotIdentity'] },
  { password: 'xmy-account-1', unmet: [] },
]

for (const { password, unmet: expected } of DEFAULT_CASES) {
  test(`without a policy of the account, '${password}' fails ${expected.join(' and ') || 'nothing'}`, () => {
    assert.deepEqual(unmet(password), expected)
  })
}

const CUSTOM_CASES: readonly { password: string; policy: PasswordPolicy; unmet: string[] }[] = [
  { password: 'aaaaaa', policy: {}, unmet: [] },
  { password: 'aaaaa', policy: {}, unmet: ['MinimumPasswordLength'] },
  { password: 'my-Account-1', policy: {}, unmet: [] },
  {
    password: 'a'.repeat(13),
    policy: { MinimumPasswordLength: 14 },
    unmet: ['MinimumPasswordLength'],
  },
  { password: 'a'.repeat(14), policy: { MinimumPasswordLength: 14 }, unmet: [] },
  { password: 'aaaaaa', policy: { RequireSymbols: false }, unmet: [] },
  {
    password: '??????',
    policy: {
      RequireUppercaseCharacters: true,
      RequireLowercaseCharacters: true,
      RequireNumbers: true,
      RequireSymbols: true,
    },
    unmet: [
      'RequireUppercaseCharacters',
      'RequireLowercaseCharacters',
      'RequireNumbers',
      'RequireSymbols',
    ],
  },
]

for (const { password, policy, unmet: expected } of CUSTOM_CASES) {
  test(`'${password}' under ${JSON.stringify(policy)} fails ${expected.join(', ') || 'nothing'}`, () => {
    assert.deepEqual(unmet(password, policy), expected)
  })
}

test('each of the symbols that AWS lists is a symbol, and nothing else is', () => {
  const listed = `!@#$%^&*()_+-=[]{}|'`
  for (let code = 0x20; code <= 0xff; code++) {
    const character = String.fromCodePoint(code)
    const failed = unmet(`aaaaaa${character}`, { RequireSymbols: true })
    assert.equal(failed.length === 0, listed.includes(character), character)
  }
})

test('the message is in the words of AWS', () => {
  assert.equal(
    passwordPolicyViolation(checkPasswordPolicy('abcdefg1', undefined)),
    'Password should meet 1 more of the following requirements: Password should have at least one uppercase letter, Password should have at least one symbol',
  )
  assert.equal(
    passwordPolicyViolation(checkPasswordPolicy('Ab1!', undefined)),
    'Password should have a minimum length of 8 characters',
  )
  assert.equal(
    passwordPolicyViolation(
      checkPasswordPolicy('abcdef', { RequireNumbers: true, RequireSymbols: true }),
    ),
    'Password should have at least one number, Password should have at least one symbol',
  )
})

test('no message repeats the password', () => {
  fc.assert(
    fc.property(fc.stringMatching(/^[~?<>]{3,7}$/), password => {
      assert.ok(
        !passwordPolicyViolation(checkPasswordPolicy(password, undefined)).includes(password),
      )
    }),
  )
})

test('a longer password of the same characters is never worse', () => {
  fc.assert(
    fc.property(fc.string(), fc.nat(8), (password, length) => {
      const policy = { MinimumPasswordLength: 6 + length, RequireNumbers: true }
      assert.ok(unmet(password + password, policy).length <= unmet(password, policy).length)
    }),
  )
})
