// Decisions per second for a user with three identity policies of five statements each, the
// deny-unless-MFA among them. Five kinds of request in rotation: with MFA, with a plain key,
// enrolment, a stale MFA, and one that nothing allows.
import {
  compilePolicy,
  type ConditionKeys,
  evaluate,
  type EvaluationRequest,
  parsePolicy,
} from '../src/index.ts'

const USER = 'arn:aws:iam::123456789012:user/alice'

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

const identity = Object.entries({ SELF_SERVICE, STORAGE, OPERATIONS }).map(([name, document]) =>
  compilePolicy(parsePolicy(JSON.stringify(document), 'identity'), { type: 'managed', name }),
)

const requests: readonly EvaluationRequest[] = [
  request('s3:GetObject', 'arn:aws:s3:::reports/2026/q3.pdf', { present: 'true', age: '120' }),
  request('s3:GetObject', 'arn:aws:s3:::reports/2026/q3.pdf', {}),
  request('iam:EnableMFADevice', USER, {}),
  request('s3:DeleteObject', 'arn:aws:s3:::reports/2026/q3.pdf', { present: 'true', age: '7200' }),
  request('dynamodb:GetItem', 'arn:aws:dynamodb:us-east-1:123456789012:table/t', {
    present: 'true',
    age: '1',
  }),
]

/** Decisions per second, the best of a few rounds; about a second in all. */
export async function bench(): Promise<{ name: string; perSecond: number }[]> {
  const names = ['mfa session', 'plain key', 'enrolment', 'stale mfa', 'implicit deny']
  const each = requests.map((one, index) => ({
    name: `policy: ${names[index]}`,
    perSecond: bestOf([one]),
  }))
  return [{ name: 'policy: 3 policies of 5 statements', perSecond: bestOf(requests) }, ...each]
}

function bestOf(rotation: readonly EvaluationRequest[]): number {
  return Math.max(...Array.from({ length: 5 }, () => measure(rotation, 200_000)))
}

function measure(rotation: readonly EvaluationRequest[], decisions: number): number {
  let allowed = 0
  const start = performance.now()
  for (let done = 0; done < decisions; done += rotation.length) {
    for (const one of rotation)
      if (evaluate(one, { identity }).EvalDecision === 'allowed') allowed++
  }
  const seconds = (performance.now() - start) / 1000
  if (allowed > decisions) throw new Error('more allowed than asked')
  return Math.round(decisions / seconds)
}

function request(
  action: string,
  resource: string,
  mfa: { present?: string; age?: string },
): EvaluationRequest {
  const values = new Map<string, string>([
    ['aws:username', 'alice'],
    ['aws:userid', 'AIDAEXAMPLEEXAMPLE01'],
    ['aws:principalarn', USER],
    ['aws:sourceip', '192.0.2.7'],
  ])
  if (mfa.present !== undefined) values.set('aws:multifactorauthpresent', mfa.present)
  if (mfa.age !== undefined) values.set('aws:multifactorauthage', mfa.age)
  const keys: ConditionKeys = { get: key => values.get(key) }
  return {
    action,
    resource,
    keys,
    principal: {
      account: '123456789012',
      arns: [USER],
      ids: ['AIDAEXAMPLEEXAMPLE01'],
      isRoot: false,
      kind: 'user',
    },
  }
}

if (import.meta.main) console.table(await bench())
