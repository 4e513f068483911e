import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { parseAccountId } from './account-id.ts'
import {
  findArn,
  findIamArn,
  groupArn,
  mfaArn,
  policyArn,
  roleArn,
  rootArn,
  userArn,
} from './arns.ts'

const ACCOUNT = parseAccountId('123456789012')
const ARN = {
  user: userArn,
  group: groupArn,
  role: roleArn,
  policy: policyArn,
  mfa: mfaArn,
} as const

const NAME = /^[\w+=,.@-]{1,20}$/
const FOLDERS = /^[!-~]{0,20}$/

test('what an ARN is made of comes back from it', () => {
  fc.assert(
    fc.property(
      fc.constantFrom('user', 'group', 'role', 'policy', 'mfa'),
      fc.stringMatching(FOLDERS),
      fc.stringMatching(NAME),
      (type, folders, name) => {
        const path = folders === '' ? '/' : `/${folders}/`
        const made = ARN[type](ACCOUNT, path, name)
        assert.deepEqual(findIamArn(made), { account: ACCOUNT, type, path, name })
      },
    ),
  )
})

test('AWS’s own policies belong to aws', () => {
  assert.deepEqual(findIamArn('arn:aws:iam::aws:policy/job-function/Billing'), {
    account: 'aws',
    type: 'policy',
    path: '/job-function/',
    name: 'Billing',
  })
})

for (const text of [
  '',
  'ana',
  'arn:aws:iam::123456789012:user',
  'arn:aws:iam::123456789012:user/',
  'arn:aws:iam::123456789012:user/team/',
  'arn:aws:iam::123456789012:user/a\0b',
  'arn:aws:iam::123456789012:user/\0/ana',
  'arn:aws:iam::123456789012:user/ana\n',
  'arn:aws:iam::123456789012:user/a b',
  'arn:aws:iam::123456789012:user/zoë',
  'arn:aws:iam::123456789012:user/a*',
  'arn:aws:iam::1:user/ana',
  'arn:aws:iam::aws:user/ana',
  'arn:aws:iam:us-east-1:123456789012:user/ana',
  'arn:aws-cn:iam::123456789012:user/ana',
  'arn:aws:iam::123456789012:u2f/user/ana/key-ABC',
  'arn:aws:sts::123456789012:assumed-role/ops/test',
  rootArn(ACCOUNT),
]) {
  test(`of nothing that IAM keeps: ${JSON.stringify(text)}`, () => {
    assert.equal(findIamArn(text), undefined)
  })
}

test('an ARN of any service has six parts, of which the last may have colons', () => {
  assert.deepEqual(findArn('arn:aws:logs:eu-west-1:123456789012:log-group:a:*'), {
    partition: 'aws',
    service: 'logs',
    region: 'eu-west-1',
    account: '123456789012',
    resource: 'log-group:a:*',
  })
  assert.equal(findArn('arn:aws:s3::'), undefined)
})

test('a text of any length is taken apart in linear time', () => {
  for (const unit of ['/', 'a/', 'a']) {
    assert.equal(findIamArn(`arn:aws:iam::${ACCOUNT}:user/${unit.repeat(500_000)}!`), undefined)
  }
})
