import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { UserCredentials } from '../users/user-credentials.ts'
import { userOf } from '../users/user-credentials.ts'
import { hiddenParts, recommendationsFor } from './recommendations.ts'

type Answer = Parameters<typeof userOf>[0]

/** Of whom only the name may be seen. */
const STRANGER: Answer = {
  UserName: 'bob',
  UserId: 'AIDA',
  Arn: 'arn:aws:iam::123456789012:user/bob',
  Path: '/',
  CreateDate: '2026-01-02T03:04:05.000Z',
  Denied: ['iam:ListMFADevices', 'iam:ListAccessKeys', 'iam:GetLoginProfile'],
}

/** A user with neither device nor key, or with what is told of it. */
const user = (more: Partial<Answer> = {}): UserCredentials =>
  userOf({ ...STRANGER, Denied: [], MFADevices: [], AccessKeys: [], ...more })

const TOKEN = {
  SerialNumber: 'GAHT12345678',
  DeviceName: 'GAHT12345678',
  Method: 'hardware-token',
  PhishingResistant: false,
  EnableDate: '2026-01-02T03:04:05.000Z',
} as const

const keyMade = (daysAgo: number, Status: 'Active' | 'Inactive' = 'Active') => ({
  AccessKeyId: 'AKIA',
  Status,
  CreateDate: new Date(Date.now() - daysAgo * 86_400_000).toISOString(),
})

const withToken = user({ MFADevices: [TOKEN], StrongestMethod: TOKEN.Method })
const stranger = userOf(STRANGER)

const NOTHING = { summary: undefined, users: undefined, isRoot: false } as const

const titles = (facts: Partial<Parameters<typeof recommendationsFor>[0]>) =>
  recommendationsFor({ ...NOTHING, ...facts }).map(
    ({ isMet, title }) => `${isMet ? 'good' : 'bad'}: ${title}`,
  )

test('of what is not known nothing is said', () => {
  assert.deepEqual(titles({}), [])
})

test('what is wrong comes first', () => {
  const summary = { AccountMFAEnabled: 1, AccountAccessKeysPresent: 1 }
  const users = [withToken, user({ AccessKeys: [keyMade(91)] })]
  assert.deepEqual(titles({ summary, users }), [
    'bad: Root user has active access keys',
    'bad: 1 user without MFA',
    'bad: 1 user with an access key older than 90 days',
    'good: Root user has MFA',
  ])
})

test('a young key, an inactive one and a user with a device are as they should be', () => {
  const AccessKeys = [keyMade(89), keyMade(900, 'Inactive')]
  assert.deepEqual(titles({ users: [user({ MFADevices: [TOKEN], AccessKeys })] }), [
    'good: All users have MFA',
    'good: No access key is older than 90 days',
  ])
})

test('who must enrol before anything else is overdue', () => {
  assert.deepEqual(titles({ users: [user({ Enrolment: { Demand: 'require' } })] }).slice(0, 2), [
    'bad: 1 user overdue with MFA',
    'bad: 1 user without MFA',
  ])
})

test('users who may not be seen are neither without MFA nor proof that all have it', () => {
  assert.deepEqual(titles({ users: [withToken, stranger] }), [])
  assert.deepEqual(titles({ users: [user(), stranger] }), ['bad: 1 user without MFA'])
  assert.deepEqual(hiddenParts([withToken, stranger, stranger]), [
    'MFA devices of 2 users',
    'access keys of 2 users',
  ])
  assert.deepEqual(hiddenParts([withToken]), [])
})

test('only root is led to where root’s credentials are', () => {
  const facts = { ...NOTHING, summary: { AccountMFAEnabled: 0 } }
  assert.equal(recommendationsFor(facts)[0]?.to, undefined)
  assert.equal(recommendationsFor({ ...facts, isRoot: true })[0]?.to, '/security-credentials')
})
