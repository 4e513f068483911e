import assert from 'node:assert/strict'
import { test } from 'node:test'
import { trustDemand } from './trust-demand.ts'

const ACCOUNT = { AWS: 'arn:aws:iam::123456789012:root' }
const MFA = { Bool: { 'aws:MultiFactorAuthPresent': 'true' } }

const allow = (Condition?: object, Principal: object = ACCOUNT) => ({
  Effect: 'Allow',
  Principal,
  Action: 'sts:AssumeRole',
  ...(Condition && { Condition }),
})

const deny = (Condition: object, Principal: object = { AWS: '*' }) => ({
  Effect: 'Deny',
  Principal,
  Action: 'sts:AssumeRole',
  Condition,
})

const age = (operator: string, seconds: string) => ({
  [operator]: { 'aws:MultiFactorAuthAge': seconds },
})

const WITHOUT_MFA = { BoolIfExists: { 'aws:MultiFactorAuthPresent': 'false' } }

/** `hole MFA001`, `fresh < 3600`. */
function told(...Statement: readonly object[]): string {
  const demand = trustDemand(JSON.stringify({ Version: '2012-10-17', Statement }))
  if (demand.kind === 'hole') return `hole ${demand.finding.code}`
  if (demand.kind !== 'fresh') return demand.kind
  return `fresh ${demand.isWithin ? '<=' : '<'} ${demand.seconds}`
}

for (const { title, statements, demand } of [
  { title: 'an Allow that wants it', statements: [allow(MFA)], demand: 'required' },
  { title: 'an Allow that wants nothing', statements: [allow()], demand: 'notRequired' },
  {
    title: 'an Allow of BoolIfExists, which lets access keys in',
    statements: [allow({ BoolIfExists: { 'aws:MultiFactorAuthPresent': 'true' } })],
    demand: 'hole MFA010',
  },
  {
    title: 'a Deny of all who have none',
    statements: [allow(), deny(WITHOUT_MFA)],
    demand: 'required',
  },
  {
    title: 'a Deny of Bool, which access keys pass',
    statements: [allow(), deny({ Bool: { 'aws:MultiFactorAuthPresent': 'false' } })],
    demand: 'hole MFA001',
  },
  {
    title: 'a Deny that exempts a role',
    statements: [
      allow(),
      deny({
        ...WITHOUT_MFA,
        ArnNotLike: { 'aws:PrincipalArn': 'arn:aws:iam::123456789012:role/ci' },
      }),
    ],
    demand: 'required',
  },
  {
    title: 'a Deny that exempts a user',
    statements: [
      allow(),
      deny({
        ...WITHOUT_MFA,
        ArnNotLike: { 'aws:PrincipalArn': 'arn:aws:iam::123456789012:user/ci' },
      }),
    ],
    demand: 'notRequired',
  },
  {
    title: 'a Deny for another account',
    statements: [allow(), deny(WITHOUT_MFA, { AWS: '210987654321' })],
    demand: 'notRequired',
  },
  {
    title: 'an age below an hour',
    statements: [allow(age('NumericLessThan', '3600'))],
    demand: 'fresh < 3600',
  },
  {
    title: 'an age of an hour at most, and MFA',
    statements: [allow({ ...MFA, ...age('NumericLessThanEquals', '3600') })],
    demand: 'fresh <= 3600',
  },
  {
    title: 'a Deny of old MFA beside an Allow that wants it',
    statements: [allow(MFA), deny(age('NumericGreaterThan', '900'))],
    demand: 'fresh <= 900',
  },
  {
    title: 'an Allow of an absent age',
    statements: [allow(age('NumericLessThanIfExists', '3600'))],
    demand: 'hole MFA012',
  },
  {
    title: 'two statements, of which the weaker counts',
    statements: [
      allow(age('NumericLessThan', '900')),
      allow(age('NumericLessThan', '3600'), { AWS: 'arn:aws:iam::123456789012:user/ana' }),
    ],
    demand: 'fresh < 3600',
  },
  {
    title: 'one with and one without',
    statements: [allow(MFA), allow(undefined, { AWS: 'arn:aws:iam::123456789012:user/ci' })],
    demand: 'notRequired',
  },
  {
    title: 'everybody',
    statements: [allow(MFA, { AWS: '*' })],
    demand: 'required',
  },
  {
    title: 'an external ID beside it',
    statements: [allow({ ...MFA, StringEquals: { 'sts:ExternalId': 'x' } })],
    demand: 'required',
  },
  {
    title: 'a service',
    statements: [allow(undefined, { Service: 'ec2.amazonaws.com' })],
    demand: 'noPeople',
  },
  {
    title: 'a role',
    statements: [allow(undefined, { AWS: 'arn:aws:iam::123456789012:role/ci' })],
    demand: 'noPeople',
  },
  {
    title: 'a condition that never holds',
    statements: [allow({ ...MFA, Null: { 'aws:MultiFactorAuthPresent': 'true' } })],
    demand: 'nobody',
  },
]) {
  test(`${title}: ${demand}`, () => {
    assert.equal(told(...statements), demand)
  })
}
