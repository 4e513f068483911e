import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { parseAccountId } from '../identifiers/account-id.ts'
import type { Attempt } from './sign-in-attempts.ts'
import type { EnrolmentDemand, OwnDevice, PasswordState, SignInFacts } from './sign-in-state.ts'
import { enrolmentOfRoot, enrolmentOfUsers, nextStep, passwordState } from './sign-in-state.ts'

const account = parseAccountId('123456789012')
const ATTEMPT: Attempt = {
  principal: { kind: 'user', account, principalId: 'AIDA', userName: 'ana' },
  passwordMark: 'mark',
  returnTo: '/console/',
}
const DEVICE: OwnDevice = { serialNumber: 'phone', deviceName: 'phone', kind: 'virtual' }
const DAY = 86_400_000
const now = new Date(Date.UTC(2026, 0, 2))

const anyFacts: fc.Arbitrary<SignInFacts> = fc.record({
  devices: fc.constantFrom([], [DEVICE]),
  password: fc.constantFrom<PasswordState>(
    { kind: 'good' },
    { kind: 'must-change', reason: 'reset' },
    { kind: 'expired' },
  ),
  enrolment: fc.constantFrom<EnrolmentDemand>(
    { demand: 'none' },
    { demand: 'prompt', by: undefined },
    { demand: 'require' },
  ),
})
const anyAttempt: fc.Arbitrary<Attempt> = fc
  .record({
    mfa: fc.boolean(),
    later: fc.boolean(),
  })
  .map(({ mfa, later }) => ({
    ...ATTEMPT,
    ...(mfa && { mfa: { authenticatedAt: 0, serialNumber: 'phone' } }),
    ...(later && { enrolsLater: true as const }),
  }))

test('nobody who has a device is signed in, or changes a password, without it', () => {
  fc.assert(
    fc.property(anyAttempt, anyFacts, (attempt, facts) => {
      if (facts.devices.length === 0 || attempt.mfa !== undefined) return
      assert.equal(nextStep(attempt, facts), 'mfa')
    }),
  )
})

test('nobody is signed in with a password that is not good, or without a device that is required', () => {
  fc.assert(
    fc.property(anyAttempt, anyFacts, (attempt, facts) => {
      if (nextStep(attempt, facts) !== 'finish') return
      assert.equal(facts.password.kind, 'good')
      assert.ok(facts.devices.length > 0 || facts.enrolment.demand !== 'require')
    }),
  )
})

test('root’s grace begins with its first sign-in without a device, and no grace is none', () => {
  const first = now.getTime()
  assert.deepEqual(enrolmentOfRoot(first, 35, now), {
    demand: 'prompt',
    by: new Date(first + 35 * DAY),
  })
  assert.deepEqual(enrolmentOfRoot(first, 35, new Date(first + 35 * DAY)), { demand: 'require' })
  assert.deepEqual(enrolmentOfRoot(null, 0, now), { demand: 'require' })
})

test('the account asks its users from the day that it names', () => {
  const by = new Date(now.getTime() + 1)
  const requirement = { mode: 'require', by: by.toISOString() } as const
  assert.deepEqual(enrolmentOfUsers(requirement, now), { demand: 'prompt', by })
  assert.deepEqual(enrolmentOfUsers(requirement, by), { demand: 'require' })
  assert.deepEqual(enrolmentOfUsers({ mode: 'off' }, now), { demand: 'none' })
})

test('a password expires by the policy’s days, and by a hard expiry for good', () => {
  const changedDate = now.getTime() - 30 * DAY
  const state = (policy: Parameters<typeof passwordState>[1]) =>
    passwordState({ resetRequired: false, changedDate, hasSignedIn: true }, policy, now)
  assert.deepEqual(state({}), { kind: 'good' })
  assert.deepEqual(state({ MaxPasswordAge: 31 }), { kind: 'good' })
  assert.deepEqual(state({ MaxPasswordAge: 30 }), { kind: 'must-change', reason: 'expired' })
  assert.deepEqual(state({ MaxPasswordAge: 30, HardExpiry: true }), { kind: 'expired' })
})

test('a password that must be changed says why: it expired, it was reset, or it is the first', () => {
  const reason = (days: number, hasSignedIn: boolean) => {
    const changedDate = now.getTime() - days * DAY
    const facts = { resetRequired: true, changedDate, hasSignedIn }
    const state = passwordState(facts, { MaxPasswordAge: 30 }, now)
    return state.kind === 'must-change' && state.reason
  }
  assert.equal(reason(0, false), 'first-sign-in')
  assert.equal(reason(0, true), 'reset')
  assert.equal(reason(30, true), 'expired')
})
