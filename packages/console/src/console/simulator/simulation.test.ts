import assert from 'node:assert/strict'
import { test } from 'node:test'
import { MFA_STATES } from '@twinlock/policy'
import type { AuthorizationDetails, Principal } from './account.ts'
import { principalsIn } from './account.ts'
import { decisionIn, hasGap } from './columns.ts'
import { simulation, SimulationRefused } from './simulation.ts'
import { statementPlaces } from './statement-places.ts'

const ACCOUNT = '123456789012'
const MANAGED = `arn:aws:iam::${ACCOUNT}:policy/Mfa`

const document = (...Statement: readonly object[]) =>
  encodeURIComponent(JSON.stringify({ Version: '2012-10-17', Statement }, null, 2))

const allow = (more: object = {}) => ({ Effect: 'Allow', Action: '*', Resource: '*', ...more })

const DENY_WITHOUT_MFA = {
  ...allow({ Effect: 'Deny' }),
  Condition: { Bool: { 'aws:MultiFactorAuthPresent': 'false' } },
}

const DETAILS: AuthorizationDetails = {
  UserDetailList: [
    {
      UserName: 'alice',
      UserId: 'AIDAALICE',
      Path: '/',
      Arn: `arn:aws:iam::${ACCOUNT}:user/alice`,
      GroupList: ['people'],
      UserPolicyList: [{ PolicyName: 'all', PolicyDocument: document(allow()) }],
    },
  ],
  GroupDetailList: [{ GroupName: 'people', AttachedManagedPolicies: [{ PolicyArn: MANAGED }] }],
  RoleDetailList: [
    {
      RoleName: 'guarded',
      Arn: `arn:aws:iam::${ACCOUNT}:role/guarded`,
      RoleId: 'AROAGUARDED',
      AssumeRolePolicyDocument: document({
        Effect: 'Allow',
        Principal: { AWS: ACCOUNT },
        Action: 'sts:AssumeRole',
        Condition: { NumericLessThan: { 'aws:MultiFactorAuthAge': '3600' } },
      }),
    },
  ],
  Policies: [
    {
      Arn: MANAGED,
      DefaultVersionId: 'v2',
      PolicyVersionList: [
        { VersionId: 'v1', Document: document(allow()) },
        { VersionId: 'v2', Document: document(DENY_WITHOUT_MFA) },
      ],
    },
  ],
}

const principals = principalsIn(DETAILS)
const alice = principals.find(({ name }) => name === 'alice') as Principal

const simulated = (principal = alice) =>
  simulation(
    { principal, context: [], staleSeconds: 43_200, now: new Date('2026-01-02T03:04:05Z') },
    principals,
  )

const ask = (action: string, resource = '*', principal = alice) =>
  simulated(principal).answer(action, resource)

const decisions = (answer: ReturnType<typeof ask>) =>
  MFA_STATES.map(state => decisionIn(answer, state))

test('own, group and managed policies speak together, the managed ones at their default version', () => {
  const answer = ask('s3:GetObject')
  assert.deepEqual(decisions(answer), ['allowed', 'explicitDeny', 'allowed', 'allowed'])
  assert.equal(hasGap(answer), true)
})

test("a role's trust policy decides on its assumption, with the age of the MFA", () => {
  const answer = ask('sts:AssumeRole', `arn:aws:iam::${ACCOUNT}:role/guarded`)
  assert.deepEqual(decisions(answer), ['implicitDeny', 'explicitDeny', 'allowed', 'implicitDeny'])
})

test('a statement is found at its brace, and its policy by a link', () => {
  const places = statementPlaces(principals)
  const [denial] = ask('s3:GetObject').evaluations.noMfaSession.MatchedStatements
  assert.ok(denial)
  assert.deepEqual(places(denial), {
    line: 4,
    link: `/policies/details?arn=${encodeURIComponent(MANAGED)}`,
  })
  const [grant] = ask('s3:GetObject').evaluations.freshMfa.MatchedStatements
  assert.ok(grant)
  assert.equal(places(grant).link, '/users/alice/inline-policy?name=all')
})

test('an explanation comes to what the answer comes to', () => {
  const { answer, explain } = simulated()
  for (const [action, resource] of [
    ['s3:GetObject', '*'],
    ['sts:AssumeRole', `arn:aws:iam::${ACCOUNT}:role/guarded`],
  ] as const) {
    const told = answer(action, resource)
    const explanations = explain(told)
    for (const state of MFA_STATES) {
      assert.deepEqual(explanations[state].evaluation, told.evaluations[state])
    }
  }
})

test('nothing is answered without a document that may hold a Deny', () => {
  const blind = { ...alice, policies: [{ ...alice.policies[0], text: undefined }] } as Principal
  assert.throws(() => ask('s3:GetObject', '*', blind), SimulationRefused)
})
