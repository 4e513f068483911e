import assert from 'node:assert/strict'
import { test } from 'node:test'
import { recommendationsFor } from './recommendations.ts'

const NOTHING = {
  summary: undefined,
  users: undefined,
  devices: undefined,
  credentials: undefined,
  isRoot: false,
} as const

const titles = (facts: Parameters<typeof recommendationsFor>[0]) =>
  recommendationsFor(facts).map(({ isMet, title }) => `${isMet ? 'good' : 'bad'}: ${title}`)

test('of what is not known nothing is said', () => {
  assert.deepEqual(titles(NOTHING), [])
})

test('what is wrong comes first', () => {
  const made = new Date(Date.now() - 100 * 86_400_000)
  assert.deepEqual(
    titles({
      ...NOTHING,
      summary: { AccountMFAEnabled: 1, AccountAccessKeysPresent: 1 },
      users: [{ UserName: 'alice' }, { UserName: 'bob' }] as never,
      devices: new Map([['alice', []]]),
      credentials: new Map([
        [
          'bob',
          {
            passwordDate: undefined,
            groupNames: [],
            accessKeys: [{ Status: 'Active', CreateDate: made, lastUsed: undefined }],
          },
        ],
      ]),
    }),
    [
      'bad: Root user has active access keys',
      'bad: 1 user without MFA',
      'bad: 1 user with an access key older than 90 days',
      'good: Root user has MFA',
    ],
  )
})

test('only root is led to where root’s credentials are', () => {
  const facts = { ...NOTHING, summary: { AccountMFAEnabled: 0 } }
  assert.equal(recommendationsFor(facts)[0]?.to, undefined)
  assert.equal(recommendationsFor({ ...facts, isRoot: true })[0]?.to, '/security-credentials')
})
