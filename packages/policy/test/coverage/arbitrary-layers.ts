// Principals, policies and requests for the laws of coverage: small alphabets of actions, resources
// and keys, so that Allows and Denies often meet.
import fc from 'fast-check'
import { compilePolicy, parsePolicy, type PolicySet, policySet } from '../../src/index.ts'
import type { KnownAction } from '../../src/coverage/action-list.ts'

export const ACCOUNT = '123456789012'

const type = (arnPattern: string) => ({ arnPattern })
const OBJECT = type('arn:${Partition}:s3:::${BucketName}/${ObjectName}')
const BUCKET = type('arn:${Partition}:s3:::${BucketName}')
const USER = type('arn:${Partition}:iam::${Account}:user/${UserNameWithPath}')
const DEVICE = type('arn:${Partition}:iam::${Account}:mfa/${MfaTokenIdWithPath}')
const QUEUE = type('arn:${Partition}:sqs:${Region}:${Account}:${QueueName}')

/** A catalogue with every form of an action: no resource, one, several, one that may be absent. */
export const ACTIONS: readonly KnownAction[] = [
  { name: 's3:ListAllMyBuckets', resourceTypes: [] },
  { name: 's3:GetObject', resourceTypes: [{ type: OBJECT, required: true }] },
  {
    name: 's3:PutTags',
    resourceTypes: [
      { type: OBJECT, required: true },
      { type: BUCKET, required: true },
    ],
  },
  { name: 'iam:GetUser', resourceTypes: [{ type: USER, required: true }] },
  { name: 'iam:ListMFADevices', resourceTypes: [{ type: USER, required: false }] },
  { name: 'iam:ListUsers', resourceTypes: [] },
  { name: 'iam:CreateVirtualMFADevice', resourceTypes: [{ type: DEVICE, required: true }] },
  { name: 'sqs:SendMessage', resourceTypes: [{ type: QUEUE, required: true }] },
]

/** Resources of each form, those of the principal's own account first. */
const RESOURCES: ReadonlyMap<string, { readonly own: string[]; readonly foreign: string[] }> =
  new Map([
    [
      OBJECT.arnPattern,
      { own: ['arn:aws:s3:::a/1', 'arn:aws:s3:::a/2', 'arn:aws:s3:::b/1'], foreign: [] },
    ],
    [BUCKET.arnPattern, { own: ['arn:aws:s3:::a', 'arn:aws:s3:::b'], foreign: [] }],
    [
      USER.arnPattern,
      {
        own: [`arn:aws:iam::${ACCOUNT}:user/alice`, `arn:aws:iam::${ACCOUNT}:user/team/bob`],
        foreign: ['arn:aws:iam::999999999999:user/alice'],
      },
    ],
    [
      DEVICE.arnPattern,
      { own: [`arn:aws:iam::${ACCOUNT}:mfa/alice`], foreign: ['arn:aws:iam::999999999999:mfa/a'] },
    ],
    [
      QUEUE.arnPattern,
      {
        own: [`arn:aws:sqs:us-east-1:${ACCOUNT}:a`, `arn:aws:sqs:eu-west-1:${ACCOUNT}:b`],
        foreign: ['arn:aws:sqs:us-east-1:999999999999:a'],
      },
    ],
  ])

/** What requests of the action can be about. */
export function resourcesOf({ resourceTypes }: KnownAction): {
  readonly own: readonly string[]
  readonly foreign: readonly string[]
} {
  const samples = resourceTypes.map(({ type }) => RESOURCES.get(type.arnPattern))
  const bare = resourceTypes.some(({ required }) => required) ? [] : ['*']
  return {
    own: [...bare, ...samples.flatMap(sample => sample?.own ?? [])],
    foreign: samples.flatMap(sample => sample?.foreign ?? []),
  }
}

const ACTION_PATTERNS = [
  '*',
  's3:*',
  'S3:get*',
  's3:PutTags',
  'iam:*',
  'iam:*MFA*',
  'iam:GetUser',
  'iam:List?sers',
  'sqs:SendMessage',
  'sqs:',
  'nothing:*',
] as const

const RESOURCE_PATTERNS = [
  '*',
  'arn:aws:s3:::*',
  'arn:aws:s3:::a',
  'arn:aws:s3:::a/*',
  'arn:aws:s3:::?/1',
  'arn:aws:s3:::${aws:username}/*',
  'arn:aws:s3:::${aws:PrincipalTag/team}/1',
  "arn:aws:s3:::${aws:PrincipalTag/team, 'b'}/1",
  'arn:aws:s3:::${aws:TagKeys}/1',
  'arn:aws:s3:::a/${*}',
  'arn:aws:s3:::${aws:PrincipalTag/team}',
  'arn:aws:iam::*:user/${aws:PrincipalTag/team}',
  `arn:aws:iam::${ACCOUNT}:*`,
  'arn:aws:iam::*:user/${aws:username}',
  'arn:aws:iam::*:user/*',
  'arn:aws:iam::999999999999:user/*',
  'arn:aws:iam::${aws:PrincipalAccount}:user/alice',
  'arn:aws:iam::*:mfa/*',
  `arn:aws:sqs:*:${ACCOUNT}:*`,
  'arn:aws:sqs:us-east-1:*:a',
  'arn:aws:sqs',
] as const

/** MFA conditions of every shape. */
export const MFA_CONDITIONS = [
  {},
  { Bool: { 'aws:MultiFactorAuthPresent': 'true' } },
  { Bool: { 'aws:MultiFactorAuthPresent': 'false' } },
  { Bool: { 'aws:MultiFactorAuthPresent': ['true', 'false'] } },
  { Bool: { 'aws:multifactorauthpresent': 'yes' } },
  { BoolIfExists: { 'aws:MultiFactorAuthPresent': 'true' } },
  { BoolIfExists: { 'AWS:MultiFactorAuthPresent': 'false' } },
  { Null: { 'aws:MultiFactorAuthPresent': 'true' } },
  { Null: { 'aws:MultiFactorAuthAge': 'false' } },
  { Null: { 'aws:MultiFactorAuthAge': ['true', 'false'] } },
  { NumericLessThan: { 'aws:MultiFactorAuthAge': '3600' } },
  { NumericGreaterThan: { 'aws:MultiFactorAuthAge': '3600' } },
  { NumericGreaterThanIfExists: { 'aws:MultiFactorAuthAge': ['3600', '1'] } },
  { 'ForAnyValue:Bool': { 'aws:MultiFactorAuthPresent': 'true' } },
  { 'ForAllValues:Bool': { 'aws:MultiFactorAuthPresent': 'true' } },
  { StringEquals: { 'aws:MultiFactorAuthPresent': 'true' } },
  { StringNotLike: { 'aws:MultiFactorAuthPresent': 't*' } },
  {
    Bool: { 'aws:MultiFactorAuthPresent': 'true' },
    NumericLessThanEquals: { 'aws:MultiFactorAuthAge': '43200' },
  },
] as const

/** Conditions on keys that follow from the caller, and on keys that nobody knows. */
const OTHER_CONDITIONS = [
  {},
  { StringEquals: { 'aws:username': 'alice' } },
  { StringNotEquals: { 'aws:username': 'alice' } },
  { ArnNotLike: { 'aws:PrincipalArn': 'arn:aws:iam::*:user/alice' } },
  { Null: { 'aws:username': 'true' } },
  { StringEquals: { 'aws:PrincipalTag/team': '${aws:username}' } },
  { StringNotEqualsIfExists: { 'aws:PrincipalTag/team': 'a' } },
  { IpAddress: { 'aws:SourceIp': '192.0.2.0/24' } },
  { BoolIfExists: { 'aws:SecureTransport': 'false' } },
  { 'ForAllValues:StringEquals': { 'aws:TagKeys': 'team' } },
  { StringLike: { 'aws:username': '${aws:SourceIp}*' } },
] as const

/** What a request may say beside what follows from the caller. */
export const OTHER_KEYS: readonly ReadonlyMap<string, string | readonly string[]>[] = [
  new Map(),
  new Map<string, string | readonly string[]>([
    ['aws:principaltag/team', 'a'],
    ['aws:sourceip', '192.0.2.1'],
    ['aws:securetransport', 'true'],
    ['aws:tagkeys', ['team']],
  ]),
  new Map<string, string | readonly string[]>([
    ['aws:principaltag/team', 'alice'],
    ['aws:sourceip', '198.51.100.1'],
    ['aws:securetransport', 'false'],
    ['aws:tagkeys', ['team', 'cost']],
  ]),
]

const some = <T>(values: readonly T[]) =>
  fc.array(fc.constantFrom(...values), { minLength: 1, maxLength: 2 })

/** A statement on any resources, under any conditions. */
export const anyStatement = fc
  .record({
    Effect: fc.constantFrom('Allow', 'Allow', 'Deny'),
    action: fc.tuple(fc.constantFrom('Action', 'Action', 'NotAction'), some(ACTION_PATTERNS)),
    resource: fc.tuple(
      fc.constantFrom('Resource', 'Resource', 'NotResource'),
      some(RESOURCE_PATTERNS),
    ),
    mfa: fc.constantFrom(...MFA_CONDITIONS),
    other: fc.constantFrom(...OTHER_CONDITIONS, {}, {}, {}),
  })
  .map(({ Effect, action, resource, mfa, other }) => ({
    Effect,
    [action[0]]: action[1],
    [resource[0]]: resource[1],
    Condition: merged(mfa, other),
  }))

/** A statement on all resources, under conditions on MFA alone. */
export const anyMfaStatement = fc
  .record({
    Effect: fc.constantFrom('Allow', 'Allow', 'Deny'),
    action: fc.tuple(fc.constantFrom('Action', 'Action', 'NotAction'), some(ACTION_PATTERNS)),
    mfa: fc.constantFrom(...MFA_CONDITIONS),
  })
  .map(({ Effect, action, mfa }) => ({
    Effect,
    [action[0]]: action[1],
    Resource: '*',
    Condition: mfa,
  }))

type Block = Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>

/** Both blocks, whose conditions must all hold. */
function merged(one: Block, other: Block): Block {
  const operators = new Set([...Object.keys(one), ...Object.keys(other)])
  return Object.fromEntries(
    [...operators].map(operator => [operator, { ...one[operator], ...other[operator] }]),
  )
}

/** The layers of a principal, made of statements of one kind. */
export function anyLayers(statement: fc.Arbitrary<object>) {
  const policies = fc
    .array(fc.array(statement, { minLength: 1, maxLength: 3 }), { minLength: 1, maxLength: 2 })
    .map(setOf)
  const sometimes = fc.option(policies, { nil: undefined, freq: 2 })
  return fc
    .record({
      identity: policies,
      boundary: sometimes,
      session: sometimes,
      scps: fc.option(fc.array(policies, { maxLength: 2 }), { nil: undefined, freq: 1 }),
    })
    .map(({ identity, boundary, session, scps }) => ({
      identity,
      ...(boundary && { boundary }),
      ...(session && { session }),
      ...(scps && { scps }),
    }))
}

/** The statements of several policies as a layer. */
export function setOf(policies: readonly (readonly object[])[]): PolicySet {
  return policySet(
    policies.map(Statement =>
      compilePolicy(parsePolicy(JSON.stringify({ Version: '2012-10-17', Statement }), 'identity'), {
        type: 'inline',
        name: 'p',
      }),
    ),
  )
}

/** A principal of the account, and the keys that every request of it has. */
export const anyPrincipal = fc.constantFrom(
  {
    facts: {
      account: ACCOUNT,
      arns: [`arn:aws:iam::${ACCOUNT}:user/team/alice`],
      ids: ['AIDAALICEALICEALICE01'],
      isRoot: false,
      kind: 'user',
    } as const,
    keys: new Map([
      ['aws:username', 'alice'],
      ['aws:principalarn', `arn:aws:iam::${ACCOUNT}:user/team/alice`],
      ['aws:principalaccount', ACCOUNT],
    ]),
  },
  {
    facts: {
      account: ACCOUNT,
      arns: [
        `arn:aws:sts::${ACCOUNT}:assumed-role/worker/s`,
        `arn:aws:iam::${ACCOUNT}:role/worker`,
      ],
      ids: ['AROAWORKERWORKERWORK1', 'AROAWORKERWORKERWORK1:s'],
      isRoot: false,
      kind: 'role',
    } as const,
    keys: new Map([
      ['aws:principalarn', `arn:aws:iam::${ACCOUNT}:role/worker`],
      ['aws:principalaccount', ACCOUNT],
    ]),
  },
  {
    facts: {
      account: ACCOUNT,
      arns: [`arn:aws:iam::${ACCOUNT}:root`],
      ids: [ACCOUNT],
      isRoot: true,
      kind: 'root',
    } as const,
    keys: new Map([
      ['aws:principalarn', `arn:aws:iam::${ACCOUNT}:root`],
      ['aws:principalaccount', ACCOUNT],
    ]),
  },
)
