// Roles: who gets into which, in which state of MFA, and what that adds.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import {
  accountCoverage,
  compilePolicy,
  type ConditionKeys,
  evaluateTrust,
  MFA_STATES,
  parsePolicy,
  policySet,
  prepareActions,
  type Reach,
  withMfa,
} from '../index.ts'
import {
  ACCOUNT,
  ACTIONS,
  anyLayers,
  anyPrincipal,
  MFA_CONDITIONS,
  OTHER_KEYS,
  setOf,
} from '../../test/coverage/arbitrary-layers.ts'

const ROLE = `arn:aws:iam::${ACCOUNT}:role/admin`
const prepared = prepareActions([
  ...ACTIONS,
  {
    name: 'sts:AssumeRole',
    resourceTypes: [
      { type: { arnPattern: 'arn:${Partition}:iam::${Account}:role/${Name}' }, required: true },
    ],
  },
])

const trustOf = (Statement: unknown) =>
  policySet([
    compilePolicy(parsePolicy(JSON.stringify({ Version: '2012-10-17', Statement }), 'trust'), {
      type: 'trust',
      name: 'trust',
    }),
  ])

const user = (name: string) =>
  ({
    account: ACCOUNT,
    arns: [`arn:aws:iam::${ACCOUNT}:user/${name}`],
    ids: [`AIDA${name.toUpperCase().padEnd(17, '1')}`],
    isRoot: false,
    kind: 'user',
  }) as const

const role = (name: string) =>
  ({
    account: ACCOUNT,
    arns: [`arn:aws:iam::${ACCOUNT}:role/${name}`],
    ids: [`AROA${name.toUpperCase().padEnd(17, '1')}`],
    isRoot: false,
    kind: 'role',
  }) as const

const allow = (Action: string, Resource = '*', Condition = {}) => ({
  Effect: 'Allow',
  Action,
  Resource,
  Condition,
})

const trusting = (AWS: string, Condition = {}) => ({
  Effect: 'Allow',
  Principal: { AWS },
  Action: 'sts:AssumeRole',
  Condition,
})

const WITH_MFA = { Bool: { 'aws:MultiFactorAuthPresent': 'true' } }

test('a role that trusts the account is assumed by whom an own policy allows to, with the MFA it asks for', () => {
  const admin = { principal: role('admin'), layers: { identity: setOf([[allow('*')]]) } }
  const alice = { principal: user('alice'), layers: { identity: setOf([[allow('sts:*')]]) } }
  const bob = { principal: user('bob'), layers: { identity: setOf([[allow('s3:*')]]) } }
  const trust = trustOf(trusting(ACCOUNT, WITH_MFA))
  const [ofAlice, ofBob] = accountCoverage([alice, bob, { ...admin, trust }], prepared)
  assert.deepEqual(ofAlice?.roles, [
    {
      arn: ROLE,
      need: 'withMfa',
      reach: {
        longTermKey: 'never',
        noMfaSession: 'never',
        freshMfa: 'always',
        staleMfa: 'always',
      },
      through: [],
    },
  ])
  assert.deepEqual(ofBob?.roles, [])
})

test('the way past MFA is a role: what is denied without MFA to the user, its role reaches', () => {
  const guarded = setOf([
    [
      allow('*'),
      {
        Effect: 'Deny',
        NotAction: 'sts:AssumeRole',
        Resource: '*',
        Condition: { BoolIfExists: { 'aws:MultiFactorAuthPresent': 'false' } },
      },
    ],
  ])
  const [alice] = accountCoverage(
    [
      { principal: user('alice'), layers: { identity: guarded } },
      {
        principal: role('admin'),
        layers: { identity: setOf([[allow('s3:*')]]) },
        trust: trustOf(trusting(ACCOUNT)),
      },
    ],
    prepared,
  )
  assert.equal(alice?.coverage.find('s3:GetObject')?.need, 'withMfa')
  assert.equal(alice?.withRoles.find('s3:GetObject')?.need, 'withoutMfa')
  assert.equal(alice?.withRoles.find('sqs:SendMessage')?.need, 'withMfa')
})

test('a role that names the user is assumed without a policy of the user, and sts:AssumeRole is reached', () => {
  const [alice] = accountCoverage(
    [
      { principal: user('alice'), layers: { identity: setOf([]) } },
      {
        principal: role('admin'),
        layers: { identity: setOf([]) },
        trust: trustOf(trusting(`arn:aws:iam::${ACCOUNT}:user/alice`)),
      },
    ],
    prepared,
  )
  assert.equal(alice?.roles[0]?.reach.longTermKey, 'always')
  assert.equal(alice?.coverage.find('sts:AssumeRole')?.need, 'never')
  assert.equal(alice?.withRoles.find('sts:AssumeRole')?.need, 'withoutMfa')
})

test('roles are assumed from roles, and the way is told', () => {
  const next = (name: string) => allow('sts:AssumeRole', `arn:aws:iam::${ACCOUNT}:role/${name}`)
  const [alice] = accountCoverage(
    [
      { principal: user('alice'), layers: { identity: setOf([[next('one')]]) } },
      {
        principal: role('one'),
        layers: { identity: setOf([[next('two')]]) },
        trust: trustOf(trusting(ACCOUNT, WITH_MFA)),
      },
      {
        principal: role('two'),
        layers: { identity: setOf([[allow('s3:*'), next('one')]]) },
        trust: trustOf(trusting(ACCOUNT)),
      },
    ],
    prepared,
  )
  assert.deepEqual(
    alice?.roles.map(({ arn, need, through }) => [arn.split('/')[1], need, through.length]),
    [
      ['one', 'withMfa', 0],
      ['two', 'withMfa', 1],
    ],
  )
  assert.equal(alice?.withRoles.find('s3:GetObject')?.need, 'withMfa')
})

test('MFA that a role asks for, a session of another role may have or not', () => {
  const [, one] = accountCoverage(
    [
      { principal: user('alice'), layers: { identity: setOf([]) } },
      {
        principal: role('one'),
        layers: { identity: setOf([[allow('sts:AssumeRole')]]) },
        trust: trustOf(trusting(`arn:aws:iam::${ACCOUNT}:user/alice`)),
      },
      {
        principal: role('two'),
        layers: { identity: setOf([]) },
        trust: trustOf(trusting(ACCOUNT, WITH_MFA)),
      },
    ],
    prepared,
  )
  assert.deepEqual(
    one?.roles.map(({ need }) => need),
    ['withMfa'],
  )
})

test('a role does not assume itself unless its trust policy names it', () => {
  const itself = (named: string) => ({
    principal: role('admin'),
    layers: { identity: setOf([[allow('*')]]) },
    trust: trustOf(trusting(named)),
  })
  assert.equal(accountCoverage([itself(ACCOUNT)], prepared)[0]?.roles.length, 0)
  assert.equal(accountCoverage([itself(ROLE)], prepared)[0]?.roles.length, 1)
})

test('a boundary has to allow the assumption even of a role that names the user', () => {
  const trust = trustOf(trusting(`arn:aws:iam::${ACCOUNT}:user/alice`))
  const [alice] = accountCoverage(
    [
      {
        principal: user('alice'),
        layers: { identity: setOf([]), boundary: setOf([[allow('s3:*')]]) },
      },
      { principal: role('admin'), layers: { identity: setOf([]) }, trust },
    ],
    prepared,
  )
  assert.deepEqual(alice?.roles, [])
})

const anyOwnStatement = fc
  .record({
    Effect: fc.constantFrom('Allow', 'Allow', 'Deny'),
    Action: fc.constantFrom('sts:AssumeRole', 'sts:*', '*', 's3:*'),
    Resource: fc.constantFrom(
      '*',
      ROLE,
      'arn:aws:iam::*:role/*',
      'arn:aws:iam::*:role/${aws:PrincipalTag/team}',
      'arn:aws:iam::*:role/other',
    ),
    mfa: fc.constantFrom(...MFA_CONDITIONS),
  })
  .map(({ mfa, ...statement }) => ({ ...statement, Condition: mfa }))

const anyTrustStatement = fc
  .record({
    Effect: fc.constantFrom('Allow', 'Allow', 'Deny'),
    AWS: fc.constantFrom(
      '*',
      ACCOUNT,
      '999999999999',
      `arn:aws:iam::${ACCOUNT}:user/team/alice`,
      `arn:aws:iam::${ACCOUNT}:role/worker`,
      `arn:aws:sts::${ACCOUNT}:assumed-role/worker/s`,
      `arn:aws:sts::${ACCOUNT}:assumed-role/worker/other`,
    ),
    Condition: fc.constantFrom(...MFA_CONDITIONS, {
      StringEquals: { 'aws:PrincipalTag/team': 'a' },
    }),
  })
  .map(({ Effect, AWS, Condition }) => ({
    Effect,
    Principal: { AWS },
    Action: 'sts:AssumeRole',
    Condition,
  }))

test('a role that the engine lets a caller assume, coverage reaches; one it always reaches, the engine lets', () => {
  const seen: Record<Reach, number> = { never: 0, depends: 0, always: 0 }
  const trusts = fc.array(anyTrustStatement, { minLength: 1, maxLength: 3 }).map(trustOf)
  fc.assert(
    fc.property(
      anyPrincipal,
      anyLayers(anyOwnStatement),
      trusts,
      ({ facts, keys }, layers, trust) => {
        fc.pre(facts.kind !== 'root')
        const admin = { principal: role('admin'), layers: { identity: setOf([]) }, trust }
        const [covered] = accountCoverage([{ principal: facts, layers }, admin], prepared)
        const found = covered?.roles.find(
          ({ arn, through }) => arn === ROLE && through.length === 0,
        )
        for (const state of MFA_STATES) {
          const reach = found?.reach[state] ?? 'never'
          seen[reach]++
          const allowed = OTHER_KEYS.map((other): boolean => {
            const known: ConditionKeys = {
              get: key => (keys as ReadonlyMap<string, string>).get(key) ?? other.get(key),
            }
            const request = {
              action: 'sts:AssumeRole',
              resource: ROLE,
              keys: withMfa(known, state),
              principal: facts,
            }
            const { EvalDecision } = evaluateTrust(request, { ...layers, trust }, ACCOUNT)
            return EvalDecision === 'allowed'
          })
          if (reach === 'never') assert.ok(!allowed.some(Boolean), state)
          if (reach === 'always') assert.ok(allowed.every(Boolean), state)
        }
      },
    ),
    { numRuns: 1500 },
  )
  for (const [reach, count] of Object.entries(seen)) assert.ok(count > 100, `${count} ${reach}`)
})
