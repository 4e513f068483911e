import assert from 'node:assert/strict'
import { test } from 'node:test'
import { UsageError } from '../../../command-errors.ts'
import { parseCaller } from './caller.ts'

const A = '123456789012'

for (const { arn, kind, arns, keys } of [
  {
    arn: `arn:aws:iam::${A}:user/eng/ana`,
    kind: 'user',
    arns: [`arn:aws:iam::${A}:user/eng/ana`],
    keys: { 'aws:username': 'ana', 'aws:PrincipalType': 'User' },
  },
  {
    arn: `arn:aws:iam::${A}:role/deploy`,
    kind: 'role',
    arns: [`arn:aws:iam::${A}:role/deploy`],
    keys: { 'aws:username': undefined, 'aws:PrincipalType': 'AssumedRole' },
  },
  {
    arn: `arn:aws:sts::${A}:assumed-role/deploy/ana`,
    kind: 'role',
    arns: [`arn:aws:sts::${A}:assumed-role/deploy/ana`, `arn:aws:iam::${A}:role/deploy`],
    keys: { 'aws:PrincipalArn': `arn:aws:iam::${A}:role/deploy` },
  },
  {
    arn: `arn:aws:sts::${A}:federated-user/bob`,
    kind: 'federatedUser',
    arns: [`arn:aws:sts::${A}:federated-user/bob`],
    keys: { 'aws:PrincipalType': 'FederatedUser' },
  },
  {
    arn: `arn:aws:iam::${A}:root`,
    kind: 'root',
    arns: [`arn:aws:iam::${A}:root`],
    keys: { 'aws:userid': A, 'aws:PrincipalType': 'Account' },
  },
  {
    arn: 'ec2.amazonaws.com',
    kind: 'service',
    arns: ['ec2.amazonaws.com'],
    keys: { 'aws:PrincipalIsAWSService': 'true' },
  },
  {
    arn: 'anonymous',
    kind: 'anonymous',
    arns: [],
    keys: { 'aws:PrincipalAccount': 'anonymous' },
  },
]) {
  test(`${arn} calls as ${kind}`, () => {
    const caller = parseCaller(arn)
    assert.equal(caller.facts.kind, kind)
    assert.deepEqual(caller.facts.arns, arns)
    for (const [key, value] of Object.entries(keys)) assert.equal(caller.keys.get(key), value)
  })
}

for (const text of [
  'ana',
  '',
  `arn:aws:iam::${A}:group/devs`,
  `arn:aws:iam::12:user/ana`,
  `arn:aws:iam::${A}:user/`,
]) {
  test(`\`${text}\` is no caller`, () => {
    assert.throws(() => parseCaller(text), UsageError)
  })
}
