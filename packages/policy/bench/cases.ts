// What is decided: a user with three identity policies of five statements each, the deny-unless-MFA
// among them, and five kinds of request: with MFA, with a plain key, enrolment, a stale MFA, and one
// that nothing allows.
import type { ConditionKeys, Evaluation, EvaluationRequest } from '../src/index.ts'

export const ACCOUNT = '123456789012'
export const USER = `arn:aws:iam::${ACCOUNT}:user/alice`

const SELF_SERVICE = {
  Version: '2012-10-17',
  Statement: [
    {
      Effect: 'Allow',
      Action: ['iam:ListVirtualMFADevices', 'iam:GetAccountPasswordPolicy'],
      Resource: '*',
    },
    { Effect: 'Allow', Action: 'iam:CreateVirtualMFADevice', Resource: 'arn:aws:iam::*:mfa/*' },
    {
      Effect: 'Allow',
      Action: [
        'iam:EnableMFADevice',
        'iam:DeactivateMFADevice',
        'iam:GetUser',
        'iam:ListMFADevices',
        'iam:ResyncMFADevice',
      ],
      Resource: 'arn:aws:iam::*:user/${aws:username}',
    },
    {
      Sid: 'DenyAllExceptListedIfNoMFA',
      Effect: 'Deny',
      NotAction: [
        'iam:CreateVirtualMFADevice',
        'iam:EnableMFADevice',
        'iam:GetUser',
        'iam:ListMFADevices',
        'iam:ResyncMFADevice',
        'sts:GetSessionToken',
      ],
      Resource: '*',
      Condition: { BoolIfExists: { 'aws:MultiFactorAuthPresent': 'false' } },
    },
    {
      Sid: 'DenyStaleMFA',
      Effect: 'Deny',
      Action: ['s3:Delete*', 'iam:Delete*'],
      Resource: '*',
      Condition: { NumericGreaterThanIfExists: { 'aws:MultiFactorAuthAge': '3600' } },
    },
  ],
}

const STORAGE = {
  Version: '2012-10-17',
  Statement: [
    { Effect: 'Allow', Action: 's3:ListAllMyBuckets', Resource: '*' },
    {
      Effect: 'Allow',
      Action: ['s3:Get*', 's3:List*'],
      Resource: ['arn:aws:s3:::reports', 'arn:aws:s3:::reports/*'],
    },
    { Effect: 'Allow', Action: 's3:PutObject', Resource: 'arn:aws:s3:::home/${aws:username}/*' },
    {
      Effect: 'Allow',
      Action: 's3:DeleteObject',
      Resource: 'arn:aws:s3:::reports/*',
      Condition: { Bool: { 'aws:MultiFactorAuthPresent': 'true' } },
    },
    {
      Effect: 'Deny',
      Action: 's3:*',
      Resource: 'arn:aws:s3:::audit/*',
      Condition: { StringNotEquals: { 'aws:PrincipalTag/team': 'audit' } },
    },
  ],
}

const OPERATIONS = {
  Version: '2012-10-17',
  Statement: [
    { Effect: 'Allow', Action: 'sts:AssumeRole', Resource: 'arn:aws:iam::*:role/dev-*' },
    { Effect: 'Allow', Action: 'ec2:Describe*', Resource: '*' },
    {
      Effect: 'Allow',
      Action: ['ec2:StartInstances', 'ec2:StopInstances'],
      Resource: 'arn:aws:ec2:*:*:instance/*',
      Condition: { StringEquals: { 'aws:ResourceTag/owner': '${aws:username}' } },
    },
    {
      Effect: 'Allow',
      Action: 'ec2:CreateTags',
      Resource: '*',
      Condition: { 'ForAllValues:StringLike': { 'aws:TagKeys': ['team', 'cost-*'] } },
    },
    {
      Effect: 'Deny',
      Action: '*',
      Resource: '*',
      Condition: { NotIpAddress: { 'aws:SourceIp': ['192.0.2.0/24', '2001:db8::/32'] } },
    },
  ],
}

/** The three documents, as values. */
export const DOCUMENTS = { SELF_SERVICE, STORAGE, OPERATIONS }

/** A request, and what all engines must decide. */
export type Case = {
  readonly title: string
  readonly action: string
  readonly resource: string
  /** Condition keys, in their documented spelling. */
  readonly context: Readonly<Record<string, string>>
  readonly decision: Evaluation['EvalDecision']
}

const CALLER = {
  'aws:username': 'alice',
  'aws:userid': 'AIDAEXAMPLEEXAMPLE01',
  'aws:PrincipalArn': USER,
  'aws:SourceIp': '192.0.2.7',
}

const REPORT = 'arn:aws:s3:::reports/2026/q3.pdf'

export const CASES: readonly Case[] = [
  {
    title: 'a session with MFA reads',
    action: 's3:GetObject',
    resource: REPORT,
    context: withMfa('120'),
    decision: 'allowed',
  },
  {
    title: 'a plain key reads',
    action: 's3:GetObject',
    resource: REPORT,
    context: CALLER,
    decision: 'explicitDeny',
  },
  {
    title: 'a plain key enrols a device',
    action: 'iam:EnableMFADevice',
    resource: USER,
    context: CALLER,
    decision: 'allowed',
  },
  {
    title: 'a session with stale MFA deletes',
    action: 's3:DeleteObject',
    resource: REPORT,
    context: withMfa('7200'),
    decision: 'explicitDeny',
  },
  {
    title: 'a session with MFA does what nothing allows',
    action: 'dynamodb:GetItem',
    resource: `arn:aws:dynamodb:us-east-1:${ACCOUNT}:table/t`,
    context: withMfa('1'),
    decision: 'implicitDeny',
  },
]

function withMfa(age: string) {
  return {
    ...CALLER,
    'aws:MultiFactorAuthPresent': 'true',
    'aws:MultiFactorAuthAge': age,
  }
}

/** The case as the engine is asked. */
export function requestOf({ action, resource, context }: Case): EvaluationRequest {
  const values = new Map(Object.entries(context).map(([key, value]) => [key.toLowerCase(), value]))
  const keys: ConditionKeys = { get: key => values.get(key) }
  return {
    action,
    resource,
    keys,
    principal: {
      account: ACCOUNT,
      arns: [USER],
      ids: ['AIDAEXAMPLEEXAMPLE01'],
      isRoot: false,
      kind: 'user',
    },
  }
}
