// Who a federated user is to the policies, and what is left of the permissions of whoever asked. IAM and STS themselves serve such
// sessions next to nothing, so these ask the authorizer as another service would.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { compilePolicy, parsePolicy, policySet } from '@twinlock/policy'
import type { CompiledPolicy } from '@twinlock/policy'
import type { Caller } from '../authentication/caller.ts'
import type { FederatedUserSession } from '../authentication/session-tokens.ts'
import { parseAccountId } from '../identifiers/account-id.ts'
import type { Context, House } from '../services/context.ts'
import type { Queries } from '../store/store.ts'
import { authorizer } from './authorizer.ts'
import { AccessDenied } from './denial.ts'
import type { Principal } from './load-principal.ts'
import type { Principals } from './principals.ts'

const ACCOUNT = parseAccountId('123456789012')
const ANA = `arn:aws:iam::${ACCOUNT}:user/ana`
const ZOE = `arn:aws:sts::${ACCOUNT}:federated-user/zoe`
const NOW = new Date('2026-01-02T03:04:05Z')

const document = (...Statement: readonly object[]) =>
  JSON.stringify({ Version: '2012-10-17', Statement })
const allow = (Action: string, Condition: object = {}) => ({
  Effect: 'Allow',
  Action,
  Resource: '*',
  Condition,
})
const deny = (Action: string) => ({ ...allow(Action), Effect: 'Deny' })

const compiled = (text: string, kind: 'identity' | 'session' | 'boundary'): CompiledPolicy =>
  compilePolicy(parsePolicy(text, kind), {
    type: kind === 'identity' ? 'inline' : kind,
    name: 'a policy',
  })

type World = {
  /** Of the user who asked for the session; none of the root user. */
  readonly identity?: readonly object[]
  readonly boundary?: readonly object[]
  readonly passed?: Partial<FederatedUserSession>
  readonly isRoot?: boolean
  readonly isGone?: boolean
  /** The managed policy that `passed` may name: read anew for every request. */
  readonly managed?: () => string | undefined
}

const MANAGED = `arn:aws:iam::${ACCOUNT}:policy/managed`

function principalIn({ identity = [], boundary, isRoot = false }: World): Principal {
  const bound = boundary && policySet([compiled(document(...boundary), 'boundary')])
  const policies = identity.length === 0 ? [] : [compiled(document(...identity), 'identity')]
  return {
    kind: isRoot ? 'root' : 'user',
    id: isRoot ? ACCOUNT : 'AIDAQNZGKIQY56JQ7WMLA',
    arn: isRoot ? `arn:aws:iam::${ACCOUNT}:root` : ANA,
    name: isRoot ? 'root' : 'ana',
    path: '/',
    tags: new Map([
      ['team', 'red'],
      ['stage', 'test'],
    ]),
    identity: policySet(policies),
    boundary: bound,
  }
}

/** What becomes of a federated user's wish to do `action`: undefined when it is granted. */
async function refusal(action: string, world: World): Promise<string | undefined> {
  const principal = principalIn(world)
  const { id, arn } = principal
  const caller: Caller = {
    kind: 'federatedUser',
    account: ACCOUNT,
    accessKeyId: 'ASIA',
    id,
    arn,
    userName: world.isRoot ? undefined : 'ana',
    sessionName: 'zoe',
    sessionArn: ZOE,
    session: {
      account: ACCOUNT,
      accessKeyId: 'ASIA',
      issuedAt: NOW.getTime() / 1000,
      expiresAt: NOW.getTime() / 1000 + 900,
      issuedBy: 'GetFederationToken',
      principalId: id,
      federatedUser: { name: 'zoe', tags: [], policyArns: [], ...world.passed },
    },
  }
  const principals: Principals = {
    refresh: () => Promise.resolve(true),
    find: () => Promise.resolve(world.isGone ? undefined : principal),
    findAccessKey: () => Promise.resolve(undefined),
    findManagedPolicy: () => {
      const text = world.managed?.()
      return Promise.resolve(text === undefined ? undefined : compiled(text, 'session'))
    },
    isAsOf: () => true,
    drop: () => undefined,
  }
  const context: Context = {
    account: ACCOUNT,
    caller,
    now: NOW,
    region: 'us-east-1',
    // Deciding takes nothing of these.
    db: {} as Queries,
    house: {} as House,
    request: {
      requestId: '-',
      sourceIp: '192.0.2.1',
      secureTransport: true,
      userAgent: undefined,
      referer: undefined,
    },
  }
  try {
    await authorizer(principals, () => undefined).demand(context, [{ action, resource: '*' }])
    return undefined
  } catch (error) {
    if (!(error instanceof AccessDenied)) throw error
    return error.message.replace(`User: ${ZOE} is not authorized to perform: `, '')
  }
}

const passing = (...statements: readonly object[]) => ({ policy: document(...statements) })
const because = (action: string, layer: string) =>
  `${action} on resource: * because no ${layer} allows the ${action} action`

test('a federated user may do what both its user and its session policies allow', async () => {
  const world = { identity: [allow('s3:*')], passed: passing(allow('s3:Get*'), allow('sqs:*')) }
  assert.equal(await refusal('s3:GetObject', world), undefined)
  assert.equal(await refusal('s3:PutObject', world), because('s3:PutObject', 'session policy'))
  assert.equal(
    await refusal('sqs:SendMessage', world),
    because('sqs:SendMessage', 'identity-based policy'),
  )
})

test('without a session policy it may do nothing, even when its user may do everything', async () => {
  const world = { identity: [allow('*')] }
  assert.equal(await refusal('s3:GetObject', world), because('s3:GetObject', 'session policy'))
  assert.equal(
    await refusal('s3:GetObject', { isRoot: true }),
    because('s3:GetObject', 'session policy'),
  )
})

test('of the root user’s permissions it has what its session policies allow', async () => {
  const world = { isRoot: true, passed: passing(allow('s3:Get*')) }
  assert.equal(await refusal('s3:GetObject', world), undefined)
  assert.equal(await refusal('s3:PutObject', world), because('s3:PutObject', 'session policy'))
})

test('a Deny of any layer wins, and the boundary of its user binds it', async () => {
  const world = { identity: [allow('*')], passed: passing(allow('*')) }
  assert.equal(
    await refusal('s3:GetObject', { ...world, identity: [allow('*'), deny('s3:*')] }),
    's3:GetObject on resource: * with an explicit deny in an identity-based policy',
  )
  assert.equal(
    await refusal('s3:GetObject', { ...world, passed: passing(allow('*'), deny('s3:*')) }),
    's3:GetObject on resource: * with an explicit deny in a session policy',
  )
  assert.equal(
    await refusal('s3:GetObject', { ...world, boundary: [allow('sqs:*')] }),
    because('s3:GetObject', 'permissions boundary'),
  )
})

test('a managed session policy is read for every request, and nothing passes when it is gone', async () => {
  let text: string | undefined = document(allow('s3:*'))
  const world = {
    identity: [allow('*')],
    passed: { policyArns: [MANAGED] },
    managed: () => text,
  }
  assert.equal(await refusal('s3:GetObject', world), undefined)
  text = document(deny('s3:*'))
  assert.match((await refusal('s3:GetObject', world)) ?? '', /explicit deny in a session policy/)
  text = undefined
  assert.match((await refusal('s3:GetObject', world)) ?? '', /explicit deny in a session policy/)
})

test('whoever is deleted between authentication and authorization has no credentials any more', async () => {
  await assert.rejects(refusal('s3:GetObject', { isGone: true }), { code: 'InvalidClientTokenId' })
})

const KEYS: readonly (readonly [condition: object, holds: boolean])[] = [
  [{ StringEquals: { 'aws:PrincipalType': 'FederatedUser' } }, true],
  [{ StringEquals: { 'aws:userid': `${ACCOUNT}:zoe` } }, true],
  [{ ArnEquals: { 'aws:PrincipalArn': ZOE } }, true],
  [{ ArnEquals: { 'aws:PrincipalArn': ANA } }, false],
  [{ StringEquals: { 'aws:PrincipalAccount': ACCOUNT } }, true],
  [{ Null: { 'aws:username': 'true' } }, true],
  [{ Null: { 'aws:TokenIssueTime': 'false' } }, true],
  [{ Bool: { 'aws:MultiFactorAuthPresent': 'false' } }, true],
  [{ Null: { 'aws:MultiFactorAuthAge': 'true' } }, true],
  [{ Null: { 'aws:SourceIdentity': 'true' } }, true],
  [{ StringEquals: { 'aws:PrincipalTag/Team': 'blue' } }, true],
  [{ StringEquals: { 'aws:PrincipalTag/stage': 'test' } }, true],
  [{ Bool: { 'aws:SecureTransport': 'true' } }, true],
]

for (const [condition, holds] of KEYS) {
  test(`of a federated user ${JSON.stringify(condition)} ${holds ? 'holds' : 'does not hold'}`, async () => {
    const world = {
      identity: [allow('*')],
      passed: { ...passing(allow('*', condition)), tags: [{ Key: 'TEAM', Value: 'blue' }] },
    }
    assert.equal((await refusal('s3:GetObject', world)) === undefined, holds)
  })
}
