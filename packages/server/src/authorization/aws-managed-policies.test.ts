import assert from 'node:assert/strict'
import { test } from 'node:test'
import { compilePolicy, evaluate, parsePolicy, policySet } from '@twinlock/policy'
import { AWS_MANAGED_POLICIES, findAwsManagedPolicy } from './aws-managed-policies.ts'

const ANA = 'arn:aws:iam::123456789012:user/ana'

/** Whether a user with this policy alone may do `action` to `resource`. */
function allows(name: string, action: string, resource = '*'): boolean {
  const policy = findAwsManagedPolicy(`arn:aws:iam::aws:policy/${name}`)
  assert.ok(policy, name)
  const compiled = compilePolicy(parsePolicy(policy.document, 'identity'), {
    type: 'managed',
    name,
  })
  const request = {
    action,
    resource,
    keys: { get: (key: string) => (key === 'aws:username' ? 'ana' : undefined) },
    principal: {
      account: '123456789012',
      arns: [ANA],
      ids: ['AIDAANA'],
      isRoot: false,
      kind: 'user',
    },
  } as const
  return evaluate(request, { identity: policySet([compiled]) }).EvalDecision === 'allowed'
}

/** What each policy is for, and where it ends. */
const EFFECTS: Readonly<Record<string, { readonly may: string[]; readonly mayNot: string[] }>> = {
  AdministratorAccess: { may: ['iam:CreateUser', 's3:DeleteBucket'], mayNot: [] },
  PowerUserAccess: {
    may: ['s3:DeleteBucket', 'ec2:RunInstances', 'iam:ListRoles', 'sts:AssumeRole'],
    mayNot: [
      'iam:CreateUser',
      'iam:GetUser',
      'organizations:LeaveOrganization',
      'account:CloseAccount',
    ],
  },
  ReadOnlyAccess: {
    may: ['iam:GetUser', 'iam:ListMFADevices', 's3:GetObject', 'ec2:DescribeInstances'],
    mayNot: [
      'iam:CreateUser',
      'iam:EnableMFADevice',
      's3:PutObject',
      'kms:Decrypt',
      'secretsmanager:GetSecretValue',
      'sts:AssumeRole',
      'sts:GetFederationToken',
    ],
  },
  SecurityAudit: {
    may: [
      'iam:GetCredentialReport',
      'iam:ListMFADevices',
      's3:GetBucketPolicy',
      'kms:GetKeyPolicy',
    ],
    mayNot: [
      's3:GetObject',
      'dynamodb:GetItem',
      'logs:GetLogEvents',
      'lambda:GetFunction',
      'iam:CreateUser',
    ],
  },
  IAMFullAccess: {
    may: ['iam:CreateUser', 'iam:DeactivateMFADevice', 'organizations:ListRoots'],
    mayNot: ['s3:ListAllMyBuckets', 'sts:AssumeRole', 'organizations:CreateAccount'],
  },
  IAMReadOnlyAccess: {
    may: ['iam:GetUser', 'iam:ListUsers', 'iam:SimulatePrincipalPolicy'],
    mayNot: ['iam:CreateUser', 'iam:ResyncMFADevice', 's3:ListAllMyBuckets'],
  },
  IAMUserChangePassword: {
    may: ['iam:GetAccountPasswordPolicy'],
    mayNot: ['iam:ChangePassword', 'iam:UpdateLoginProfile'],
  },
  'job-function/ViewOnlyAccess': {
    may: ['iam:ListUsers', 's3:ListAllMyBuckets', 'ec2:DescribeInstances'],
    mayNot: ['iam:GetUser', 's3:GetObject', 'logs:GetLogEvents', 'dynamodb:Scan'],
  },
}

for (const [name, { may, mayNot }] of Object.entries(EFFECTS)) {
  test(`${name} allows what it is for, and nothing that it is not for`, () => {
    for (const action of may) assert.ok(allows(name, action), action)
    for (const action of mayNot) assert.ok(!allows(name, action), action)
  })
}

test('IAMUserChangePassword lets a user change its own password alone', () => {
  assert.ok(allows('IAMUserChangePassword', 'iam:ChangePassword', ANA))
  assert.ok(!allows('IAMUserChangePassword', 'iam:ChangePassword', `${ANA}-marie`))
})

test('SecurityAudit shows how interfaces are set up, and no API keys', () => {
  assert.ok(allows('SecurityAudit', 'apigateway:GET', 'arn:aws:apigateway:eu-west-1::/restapis/x'))
  assert.ok(!allows('SecurityAudit', 'apigateway:GET', 'arn:aws:apigateway:eu-west-1::/apikeys'))
})

test('each policy is told apart by its ARN, and all of them have their effects tested', () => {
  const names = AWS_MANAGED_POLICIES.map(({ arn }) => arn.slice('arn:aws:iam::aws:policy/'.length))
  assert.deepEqual(names, Object.keys(EFFECTS).toSorted(byLastPart))
  for (const policy of AWS_MANAGED_POLICIES) {
    assert.equal(policy.arn, `arn:aws:iam::aws:policy${policy.path}${policy.policyName}`)
    assert.match(policy.policyId, /^ANPA[A-Z2-7]{17}$/)
    assert.equal(findAwsManagedPolicy(policy.arn), policy)
  }
  assert.equal(findAwsManagedPolicy('arn:aws:iam::aws:policy/ViewOnlyAccess'), undefined)
  assert.equal(findAwsManagedPolicy('arn:aws:iam::123456789012:policy/ReadOnlyAccess'), undefined)
})

const lastPart = (name: string) => name.slice(name.lastIndexOf('/') + 1)
const byLastPart = (a: string, b: string) => lastPart(a).localeCompare(lastPart(b), 'en')
