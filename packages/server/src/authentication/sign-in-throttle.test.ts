import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import type { TotpProfile } from '@twinlock/factors'
import { TOTP_PROFILES } from '@twinlock/factors'
import { parseAccountId } from '../identifiers/account-id.ts'
import type { Keyring } from '../keyring/keyring.ts'
import { networkOf } from '../networks.ts'
import { LONGEST_WAIT_SECONDS, mostGuesses } from './guess-limits.ts'
import { CHANGES } from './password-changes.ts'
import { codeBuckets, passwordBuckets } from './sign-in-throttle.ts'
import type { GuessedFrom } from './sign-in-throttle.ts'
import type { Bucket } from './throttle.ts'

const account = parseAccountId('123456789012')
const DAY = 86_400

/** Names that somebody has take nothing of the keyring. */
const keyring = {} as Keyring

const passwordsOf =
  (userName: string) =>
  (from: GuessedFrom): readonly Bucket[] => {
    const principal = { kind: 'user', account, principalId: userName, userName } as const
    const found = { account, principal, passwordHash: undefined }
    const { ofUser, ofPlace } = passwordBuckets(
      keyring,
      { kind: 'user', account, userName },
      found,
      from,
    )
    return [...ofUser, ...ofPlace]
  }
const codesOf = (from: GuessedFrom) => codeBuckets('ana', from)

const from = (address: string): GuessedFrom => ({ address, knownBrowser: undefined })
const hosts = (count: number) =>
  Array.from({ length: count }, (_, host) =>
    from(`10.${host >> 16}.${(host >> 8) & 255}.${host & 255}`),
  )
const networksOfSite = (count: number) =>
  Array.from({ length: count }, (_, network) => from(`2001:db8:1:${network.toString(16)}::1`))
const KNOWN = { address: '10.0.0.1', knownBrowser: 'stolen' }

/** What all these buckets of a kind bear together bounds the guesses, for each kind: the least of them is the most that are judged. */
function judged(buckets: readonly (readonly Bucket[])[], seconds: number): number {
  const kinds = buckets[0]?.map((_, kind) => {
    const byName = new Map(buckets.map(guess => [guess[kind]?.name, guess[kind]]))
    const bears = [...byName.values()].map(bucket => (bucket ? mostGuesses(bucket, seconds) : 0))
    return bears.reduce((sum, guesses) => sum + guesses, 0)
  })
  return Math.min(...(kinds ?? []))
}

const users = Array.from({ length: 100 }, (_, number) => `user-${number}`)
const anybodyFrom = (places: readonly GuessedFrom[]) =>
  places.flatMap(place => users.map(user => passwordsOf(user)(place)))

/** Codes that open a device of six digits at one time, of a million. */
const chance = ({ stepsBehind, stepsAhead }: TotpProfile) => (stepsBehind + 1 + stepsAhead) / 1e6

const GUESSES: readonly (readonly [string, readonly (readonly Bucket[])[]])[] = [
  ['one user’s password, from one address', [from('10.0.0.1')].map(passwordsOf('ana'))],
  ['one user’s password, from 10,000 addresses', hosts(10_000).map(passwordsOf('ana'))],
  ['anybody’s password, from one address', anybodyFrom([from('10.0.0.1')])],
  ['anybody’s password, from an IPv6 /48', anybodyFrom(networksOfSite(300))],
  ['one user’s password, in a browser of that user', [KNOWN].map(passwordsOf('ana'))],
  ['one user’s code, from one address', [from('10.0.0.1')].map(codesOf)],
  ['one user’s code, from 10,000 addresses', hosts(10_000).map(codesOf)],
]

const decisions = readFileSync(
  join(import.meta.dirname, '../../../../docs/decisions/0013-sign-in.md'),
  'utf8',
)
const figure = (number: number) => number.toLocaleString('en')

for (const [attack, buckets] of GUESSES) {
  test(`guesses at ${attack} are as many as the decision on sign-in says`, () => {
    const first = judged(buckets, DAY)
    const further = judged(buckets, 2 * DAY) - first
    const row = `| ${attack} | ${figure(first)} | ${figure(further)} |`
    assert.ok(decisions.includes(row), row)
  })
}

/** Codes that STS admits of one device in a day. */
const codesAtSts = ({ throttle }: TotpProfile) =>
  throttle.kind === 'fixedWindow'
    ? (throttle.verifications * DAY) / throttle.seconds
    : DAY / throttle.capSeconds

test('the chance of a guessed code is what the decision on sign-in says', () => {
  const perDay = (places: readonly GuessedFrom[]) => {
    const buckets = places.map(codesOf)
    return judged(buckets, 2 * DAY) - judged(buckets, DAY)
  }
  for (const [name, profile] of Object.entries(TOTP_PROFILES)) {
    const chances = [perDay([from('10.0.0.1')]), perDay(hosts(10_000)), codesAtSts(profile)].map(
      guesses => `${(100 * chance(profile) * guesses).toFixed(3)} %`,
    )
    const row = `| \`${name}\` | ${chances.join(' | ')} |`
    assert.ok(decisions.includes(row), row)
  }
})

test('to have every guess at a user, and so to keep its owner out of a new browser, takes as many networks as the decision says', () => {
  const perDay = ({ longestWaitSeconds }: Bucket) => DAY / longestWaitSeconds
  for (const [what, buckets] of [
    ['password', passwordsOf('ana')(from('10.0.0.1'))],
    ['code', codesOf(from('10.0.0.1'))],
  ] as const) {
    const [ofUser, ofUserFromNetwork] = buckets
    assert.ok(ofUser && ofUserFromNetwork)
    const networks = perDay(ofUser) / perDay(ofUserFromNetwork)
    const text = `${networks} networks for the ${what}`
    assert.ok(decisions.replaceAll('\n', ' ').includes(text), text)
  }
})

test('what a stranger guesses counts in no bucket of a browser that the user has signed in with', () => {
  const namesOf = (buckets: readonly Bucket[]) => new Set(buckets.map(({ name }) => name))
  for (const bucketsOf of [passwordsOf('ana'), codesOf]) {
    const strangers = namesOf(bucketsOf(from(KNOWN.address)))
    assert.ok(strangers.isDisjointFrom(namesOf(bucketsOf(KNOWN))))
  }
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

test('no wait is longer than a count is kept', () => {
  const limits = [from('2001:db8::1'), KNOWN].flatMap(place => [
    ...passwordsOf('ana')(place),
    ...codesOf(place),
  ])
  for (const { longestWaitSeconds } of [...limits, CHANGES]) {
    assert.ok(longestWaitSeconds <= LONGEST_WAIT_SECONDS)
  }
})
