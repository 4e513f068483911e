import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Refusal } from '../command-errors.ts'
import { principalNamed } from './account.ts'
import { parsed } from './policy-document.ts'
import { readAccount } from './read-account.ts'

const DOCUMENT = {
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Action: 's3:*', Resource: '*' }],
}
const TRUST = {
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: { AWS: '123456789012' }, Action: 'sts:AssumeRole' }],
}
const MANAGED = 'arn:aws:iam::123456789012:policy/team/Shared'

const user = (more: object = {}) => ({
  Path: '/eng/',
  UserName: 'Ana',
  UserId: 'AIDAEXAMPLEEXAMPLE01',
  Arn: 'arn:aws:iam::123456789012:user/eng/Ana',
  GroupList: ['devs'],
  UserPolicyList: [{ PolicyName: 'own', PolicyDocument: DOCUMENT }],
  AttachedManagedPolicies: [{ PolicyName: 'Shared', PolicyArn: MANAGED }],
  Tags: [{ Key: 'team', Value: 'blue' }],
  ...more,
})
const GROUP = {
  Path: '/',
  GroupName: 'devs',
  GroupId: 'AGPAEXAMPLEEXAMPLE01',
  Arn: 'arn:aws:iam::123456789012:group/devs',
  GroupPolicyList: [{ PolicyName: 'work', PolicyDocument: DOCUMENT }],
  AttachedManagedPolicies: [{ PolicyName: 'Shared', PolicyArn: MANAGED }],
}
const role = (more: object = {}) => ({
  Path: '/',
  RoleName: 'deploy',
  RoleId: 'AROAEXAMPLEEXAMPLE01',
  Arn: 'arn:aws:iam::123456789012:role/deploy',
  AssumeRolePolicyDocument: TRUST,
  RolePolicyList: [],
  AttachedManagedPolicies: [],
  PermissionsBoundary: { PermissionsBoundaryType: 'Policy', PermissionsBoundaryArn: MANAGED },
  ...more,
})
const POLICY = {
  Arn: MANAGED,
  DefaultVersionId: 'v2',
  PolicyVersionList: [
    { VersionId: 'v1', IsDefaultVersion: false, Document: {} },
    { VersionId: 'v2', IsDefaultVersion: true, Document: DOCUMENT },
  ],
}
const details = (more: object = {}) => ({
  UserDetailList: [user()],
  GroupDetailList: [GROUP],
  RoleDetailList: [role()],
  Policies: [POLICY],
  ...more,
})

test('a user has its own policies and those of its groups, each once', () => {
  const { users, id } = readAccount(details())
  assert.equal(id, '123456789012')
  assert.ok(users[0] !== undefined)
  assert.deepEqual(
    users[0].policies.map(({ source }) => source.name),
    ['user/Ana/own', 'policy/team/Shared', 'group/devs/work'],
  )
  assert.deepEqual([...users[0].tags], [['team', 'blue']])
})

test('a managed policy counts at its default version, as a policy and as a boundary', () => {
  const { users, roles } = readAccount(details())
  const attached = users[0]?.policies[1]
  const boundary = roles[0]?.boundary
  assert.ok(attached !== undefined && boundary !== undefined)
  assert.deepEqual(JSON.parse(attached.text ?? ''), DOCUMENT)
  assert.deepEqual([attached.source.type, attached.source.arn], ['managed', MANAGED])
  assert.deepEqual([boundary.source.type, boundary.kind], ['boundary', 'boundary'])
})

test('documents may be URL-encoded, as on the wire, or JSON, as the AWS CLI prints them', () => {
  const text = '{\n  "Version": "2012-10-17", "Statement": []\n}'
  const policies = (PolicyDocument: unknown) => ({
    UserDetailList: [user({ UserPolicyList: [{ PolicyName: 'own', PolicyDocument }] })],
  })
  for (const document of [encodeURIComponent(text), text]) {
    const { users } = readAccount(details(policies(document)))
    assert.equal(users[0]?.policies[0]?.text, text)
  }
  const { users } = readAccount(details(policies({ Version: '2012-10-17' })))
  assert.equal(users[0]?.policies[0]?.text, '{\n  "Version": "2012-10-17"\n}')
})

test('a policy that is attached and not told stops whoever asks for it, and nobody else', () => {
  const { users, roles } = readAccount(details({ Policies: [] }))
  const attached = users[0]?.policies[1]
  assert.ok(attached !== undefined)
  assert.throws(() => parsed(attached), /policy\/team\/Shared .* not among the account's details/)
  assert.equal(roles[0]?.policies.length, 0)
})

for (const { reason, more, says } of [
  { reason: 'a list that is none', more: { Policies: 'x' }, says: /`Policies` is no list/ },
  { reason: 'a user that is none', more: { UserDetailList: ['x'] }, says: /`UserDetailList`/ },
  { reason: 'a user without an ARN', more: { UserDetailList: [user({ Arn: 7 })] }, says: /`Arn`/ },
  {
    reason: 'a group that nobody told of',
    more: { GroupDetailList: [] },
    says: /the group `devs` is not among/,
  },
  {
    reason: 'a managed policy without its default version',
    more: { Policies: [{ ...POLICY, DefaultVersionId: 'v9' }] },
    says: /default version of .*Shared/,
  },
  {
    reason: 'a document that is neither',
    more: { RoleDetailList: [role({ AssumeRolePolicyDocument: '%7B%ZZ' })] },
    says: /`AssumeRolePolicyDocument`/,
  },
]) {
  test(`${reason} is refused: an answer without it would be wrong`, () => {
    assert.throws(
      () => readAccount(details(more)),
      error => error instanceof Refusal && says.test(error.message),
    )
  })
}

test('a principal is found by its name in any letter case, or by its ARN', () => {
  const account = readAccount(details())
  assert.equal(principalNamed(account, 'ANA').name, 'Ana')
  assert.equal(principalNamed(account, 'arn:aws:iam::123456789012:role/deploy').name, 'deploy')
  assert.throws(() => principalNamed(account, 'nobody'), /no user or role `nobody`/)
})

test('a name that a user and a role have in common is not guessed at', () => {
  const account = readAccount(
    details({
      RoleDetailList: [role({ RoleName: 'ana', Arn: 'arn:aws:iam::123456789012:role/ana' })],
    }),
  )
  assert.throws(() => principalNamed(account, 'ana'), /both a user and a role/)
})
