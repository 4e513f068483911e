import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  compilePolicy,
  evaluateTrust,
  MFA_STATES,
  parsePolicy,
  policySet,
  withMfa,
} from '@twinlock/policy'
import type { Trust } from './trust-policy.ts'
import { trustPolicy } from './trust-policy.ts'

const ACCOUNT = '123456789012'
const TRUST: Trust = {
  kind: 'account',
  otherAccount: undefined,
  requiresMfa: true,
  mfaMaxAgeSeconds: undefined,
  externalId: '',
  service: '',
  custom: '',
}

/** Who gets in, by the way in which their credentials stand towards MFA. */
function admitted(trust: Trust) {
  const parsed = parsePolicy(trustPolicy(trust, ACCOUNT), 'trust')
  const all = compilePolicy(
    parsePolicy(
      '{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"*","Resource":"*"}}',
      'identity',
    ),
    { type: 'inline', name: 'all' },
  )
  const layers = {
    identity: policySet([all]),
    trust: policySet([compilePolicy(parsed, { type: 'trust', name: 'trust' })]),
  }
  return MFA_STATES.filter(
    state =>
      evaluateTrust(
        {
          action: 'sts:AssumeRole',
          resource: `arn:aws:iam::${ACCOUNT}:role/r`,
          keys: withMfa(new Map(), state),
          principal: {
            kind: 'user',
            account: ACCOUNT,
            arns: [`arn:aws:iam::${ACCOUNT}:user/alice`],
            ids: [],
            isRoot: false,
          },
        },
        layers,
        ACCOUNT,
      ).EvalDecision === 'allowed',
  )
}

test('Require MFA lets nobody in without it, long-term keys included', () => {
  assert.deepEqual(admitted(TRUST), ['freshMfa', 'staleMfa'])
})

test('a maximum age keeps stale MFA out', () => {
  assert.deepEqual(admitted({ ...TRUST, mfaMaxAgeSeconds: 3600 }), ['freshMfa'])
})

test('without the tick, everybody of the account gets in', () => {
  assert.deepEqual(admitted({ ...TRUST, requiresMfa: false }), MFA_STATES)
})

test('a service is asked for no MFA, which it could never show', () => {
  const document = trustPolicy({ ...TRUST, kind: 'service', service: 'ec2.amazonaws.com' }, ACCOUNT)
  assert.deepEqual(JSON.parse(document).Statement, [
    { Effect: 'Allow', Principal: { Service: 'ec2.amazonaws.com' }, Action: 'sts:AssumeRole' },
  ])
})

test('another account is named with its external id', () => {
  const other = '210987654321'
  const document = trustPolicy({ ...TRUST, otherAccount: other, externalId: 'x-1' }, ACCOUNT)
  const [{ Principal, Condition }] = JSON.parse(document).Statement
  assert.equal(Principal.AWS, `arn:aws:iam::${other}:root`)
  assert.equal(Condition.StringEquals['sts:ExternalId'], 'x-1')
})
