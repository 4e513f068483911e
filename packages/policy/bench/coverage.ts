// Coverage of accounts of 1,000 users over the whole catalogue of AWS's actions: one as accounts are,
// with groups, a few managed policies and inline ones that bear the user's name; and one in which no
// two users have a statement in common, so that nothing that was found helps the next user.
import { readCatalogue } from '../../catalogue/src/index.ts'
import {
  accountCoverage,
  compilePolicy,
  type CoveragePrincipal,
  parsePolicy,
  type PolicyKind,
  policySet,
  prepareActions,
} from '../src/index.ts'

const USERS = 1000
const ROLES = 50
const ACCOUNT = '123456789012'

type Statement = Readonly<Record<string, unknown>>

const DENY_WITHOUT_MFA = {
  Sid: 'DenyAllExceptListedIfNoMFA',
  Effect: 'Deny',
  NotAction: [
    'iam:CreateVirtualMFADevice',
    'iam:EnableMFADevice',
    'iam:GetUser',
    'iam:ListMFADevices',
    'iam:ListVirtualMFADevices',
    'iam:ResyncMFADevice',
    'sts:GetSessionToken',
  ],
  Resource: '*',
  Condition: { BoolIfExists: { 'aws:MultiFactorAuthPresent': 'false' } },
}

const MANAGED: readonly (readonly Statement[])[] = [
  [allow('*')],
  [DENY_WITHOUT_MFA],
  [allow(['ec2:Describe*', 'ec2:Get*', 'cloudwatch:*', 'logs:*'])],
  [allow('s3:*', ['arn:aws:s3:::reports', 'arn:aws:s3:::reports/*'])],
  [
    allow(['dynamodb:*', 'lambda:*', 'sqs:*', 'sns:*']),
    deny('dynamodb:Delete*', '*', {
      NumericGreaterThanIfExists: { 'aws:MultiFactorAuthAge': 3600 },
    }),
  ],
  [{ Effect: 'Allow', NotAction: ['iam:*', 'organizations:*', 'account:*'], Resource: '*' }],
  [
    allow(['iam:Get*', 'iam:List*']),
    allow('iam:*MFADevice', 'arn:aws:iam::*:user/${aws:username}'),
    allow('sts:AssumeRole', `arn:aws:iam::${ACCOUNT}:role/team-*`),
  ],
  [deny('*', '*', { NotIpAddress: { 'aws:SourceIp': ['192.0.2.0/24', '2001:db8::/32'] } })],
]

/** Four groups of three managed policies each, and for most users an inline policy of their own. */
function usualAccount(): CoveragePrincipal[] {
  const managed = MANAGED.map(statements => policyOf(statements))
  const groups = Array.from({ length: 40 }, (_, group) =>
    [0, 1, 2].map(at => managed[(group + 3 * at) % managed.length] ?? policyOf([])),
  )
  const boundary = policySet([policyOf([allow('*'), deny('organizations:*')])])
  const users = Array.from({ length: USERS }, (_, user) => {
    const own = policyOf([
      allow(['s3:GetObject', 's3:PutObject'], `arn:aws:s3:::home/user-${user}/*`),
      allow('secretsmanager:*', `arn:aws:secretsmanager:*:${ACCOUNT}:secret:user-${user}-*`),
    ])
    const inherited = [groups[user % 40], groups[(user * 7) % 40]].flatMap(group => group ?? [])
    const identity = policySet(user % 3 === 0 ? inherited : [...inherited, own])
    return principal('user', `user-${user}`, {
      layers: { identity, ...(user % 5 === 0 && { boundary }) },
    })
  })
  return [
    ...users,
    ...rolesWith(role => policySet([managed[role % managed.length] ?? policyOf([])])),
  ]
}

/** Ten policies of five statements per user, each on resources that bear the user's name. */
function unsharedAccount(): CoveragePrincipal[] {
  const policyOfUser = (user: number, number: number) => {
    const name = `${user}-${number}`
    return policyOf([
      allow('s3:*', [`arn:aws:s3:::b-${name}`, `arn:aws:s3:::b-${name}/*`]),
      allow(['ec2:*', 'ebs:*'], `arn:aws:ec2:*:${ACCOUNT}:*-${name}`),
      { Effect: 'Allow', NotAction: ['iam:*'], NotResource: [`arn:aws:s3:::x-${name}/*`] },
      {
        Effect: 'Deny',
        NotAction: ['sts:*'],
        NotResource: [`arn:aws:sqs:*:*:q-${name}*`],
        Condition: { BoolIfExists: { 'aws:MultiFactorAuthPresent': 'false' } },
      },
      deny('*', `arn:aws:kms:*:*:key/${name}`, {
        NumericGreaterThan: { 'aws:MultiFactorAuthAge': 3600 },
      }),
    ])
  }
  const users = Array.from({ length: USERS }, (_, user) =>
    principal('user', `user-${user}`, {
      layers: {
        identity: policySet(Array.from({ length: 10 }, (_, number) => policyOfUser(user, number))),
      },
    }),
  )
  return [...users, ...rolesWith(role => policySet([policyOfUser(USERS + role, 0)]))]
}

/** Half of the roles ask for MFA; those in the second half may be assumed by whoever is allowed to. */
function rolesWith(
  identityOf: (role: number) => ReturnType<typeof policySet>,
): CoveragePrincipal[] {
  return Array.from({ length: ROLES }, (_, role) => {
    const trust = {
      Effect: 'Allow',
      Principal: { AWS: `arn:aws:iam::${ACCOUNT}:root` },
      Action: 'sts:AssumeRole',
      Condition: role < ROLES / 2 ? { Bool: { 'aws:MultiFactorAuthPresent': 'true' } } : {},
    }
    return principal('role', `team-${role}`, {
      layers: { identity: identityOf(role) },
      trust: policySet([policyOf([trust], 'trust')]),
    })
  })
}

function principal(
  kind: 'user' | 'role',
  name: string,
  rest: Omit<CoveragePrincipal, 'principal'>,
): CoveragePrincipal {
  return {
    principal: {
      kind,
      account: ACCOUNT,
      arns: [`arn:aws:iam::${ACCOUNT}:${kind}/${name}`],
      ids: [`${kind === 'user' ? 'AIDA' : 'AROA'}${name}`],
      isRoot: false,
    },
    ...rest,
  }
}

function policyOf(Statement: readonly Statement[], kind: PolicyKind = 'identity') {
  const text = JSON.stringify({ Version: '2012-10-17', Statement: [...Statement] })
  return compilePolicy(parsePolicy(text, kind), { type: 'inline', name: 'bench' })
}

function allow(Action: unknown, Resource: unknown = '*', Condition: object = {}): Statement {
  return { Effect: 'Allow', Action, Resource, Condition }
}

function deny(Action: unknown, Resource: unknown = '*', Condition: object = {}): Statement {
  return { ...allow(Action, Resource, Condition), Effect: 'Deny' }
}

type Measured = {
  readonly account: string
  readonly seconds: number
  /** Of one core: on a machine that others use too, the figure to read. */
  readonly cpuSeconds: number
  readonly usersPerSecond: number
  readonly withoutMfa: number
}

/** From compiled policies to every principal's summary, by itself and through its roles. */
function measure(account: string, principals: readonly CoveragePrincipal[]): Measured {
  const start = performance.now()
  const cpu = process.cpuUsage()
  const catalogue = readCatalogue()
  const actions = catalogue.services
    .flatMap(service => catalogue.actionsOf(service).map(name => `${service}:${name}`))
    .flatMap(name => catalogue.findAction(name) ?? [])
  const covered = accountCoverage(principals, prepareActions(actions))
  const reached = covered.map(({ coverage, withRoles }) => [coverage.summary, withRoles.summary])
  const seconds = (performance.now() - start) / 1000
  const { user, system } = process.cpuUsage(cpu)
  return {
    account,
    seconds,
    cpuSeconds: (user + system) / 1e6,
    usersPerSecond: USERS / seconds,
    withoutMfa: reached.flat().reduce((sum, { total }) => sum + total.withoutMfa, 0),
  }
}

function measureAll(): Measured[] {
  return [
    measure('1,000 users with groups, 50 roles', usualAccount()),
    measure('1,000 users with nothing in common, 50 roles', unsharedAccount()),
  ]
}

/** Users per second. */
export async function bench(): Promise<{ name: string; perSecond: number }[]> {
  return measureAll().map(({ account, usersPerSecond }) => ({
    name: `coverage, users of ${account}`,
    perSecond: usersPerSecond,
  }))
}

if (import.meta.main) console.table(measureAll())
