// Condition keys: their documentation is what the code does, and a value is of its key's type.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { findGlobalKey, GLOBAL_KEYS, policySet } from '@twinlock/policy'
import type { KeyType } from '@twinlock/policy'
import type { Caller } from '../authentication/caller.ts'
import { parseAccountId } from '../identifiers/account-id.ts'
import type { Context, House } from '../services/context.ts'
import type { Permission } from '../services/operation.ts'
import type { Queries } from '../store/store.ts'
import { conditionKeys, presentKeys, SUPPLIED_KEYS } from './condition-keys.ts'
import type { Principal } from './load-principal.ts'

const DOCUMENT = readFileSync(
  join(import.meta.dirname, '../../../../docs/condition-keys.md'),
  'utf8',
)

const GROUPS = {
  'The principal': 'principal',
  'The session': 'session',
  'The network': 'network',
  'The resource': 'resource',
  'The request': 'request',
} as const

test('docs/condition-keys.md has every global key, its type and number of values, and whether it is here', () => {
  const told = Object.entries(GROUPS).flatMap(([title, group]) => {
    const [, section = ''] = DOCUMENT.split(`## ${title}\n`)
    const [table = ''] = section.split('\n## ')
    return [...table.matchAll(/^\| `([^`]+)` \| (\w+) \| (one|many) \| (.+) \|$/gm)].map(
      ([, name = '', type, values, here = '']) => ({
        key: { name, type, multivalued: values === 'many', group },
        isHere: !here.startsWith('never: '),
      }),
    )
  })
  assert.deepEqual(
    told.map(({ key }) => key),
    GLOBAL_KEYS,
  )
  const here = told.filter(({ isHere }) => isHere).map(({ key }) => key.name)
  assert.deepEqual(here.toSorted(), SUPPLIED_KEYS.filter(key => key.startsWith('aws:')).toSorted())
})

test('docs/condition-keys.md has Twinlock’s own keys', () => {
  const [, section = ''] = DOCUMENT.split("## Twinlock's own\n")
  const told = [...section.matchAll(/^\| `(twinlock:\w+)` \|/gm)].map(([, name]) => name)
  assert.deepEqual(
    told,
    SUPPLIED_KEYS.filter(key => key.startsWith('twinlock:')),
  )
})

const ACCOUNT = parseAccountId('123456789012')
const ROLE = `arn:aws:iam::${ACCOUNT}:role/team/reader`

const CALLER: Caller = {
  kind: 'role',
  account: ACCOUNT,
  accessKeyId: 'ASIA',
  id: 'AROAQNZGKIQY56JQ7WMLA',
  arn: ROLE,
  roleName: 'reader',
  sessionName: 'test',
  sessionArn: `arn:aws:sts::${ACCOUNT}:assumed-role/reader/test`,
  session: {
    account: ACCOUNT,
    accessKeyId: 'ASIA',
    issuedAt: 1_767_323_045,
    expiresAt: 1_767_326_645,
    issuedBy: 'AssumeRole',
    principalId: 'AROAQNZGKIQY56JQ7WMLA',
    role: {
      sessionName: 'test',
      sourceIdentity: 'ana',
      tags: [{ Key: 'Team', Value: 'red' }],
      transitiveTagKeys: [],
      policyArns: [],
    },
  },
}

const PRINCIPAL: Principal = {
  kind: 'role',
  id: CALLER.id,
  arn: ROLE,
  name: 'reader',
  path: '/team/',
  tags: new Map([
    ['team', 'blue'],
    ['stage', 'test'],
  ]),
  identity: policySet([]),
  boundary: undefined,
}

function sourceOf(permission: Permission, { referer }: { readonly referer?: string } = {}) {
  const context: Context = {
    account: ACCOUNT,
    caller: CALLER,
    now: new Date('2026-01-02T03:04:05.678Z'),
    region: 'eu-central-1',
    // Keys take nothing of these.
    db: {} as Queries,
    house: {} as House,
    request: {
      requestId: '-',
      sourceIp: '2001:db8::5',
      secureTransport: true,
      userAgent: 'test/1.0',
      referer,
    },
  }
  return {
    context,
    permission,
    principal: PRINCIPAL,
    mfa: { present: true, ageSeconds: 12, method: 'totp' },
  } as const
}

const TAG_USER: Permission = {
  action: 'iam:TagUser',
  resource: `arn:aws:iam::${ACCOUNT}:user/ana`,
  requestTags: [{ Key: 'cost', Value: '1' }],
  resourceTags: [{ Key: 'Cost', Value: '2' }],
  keys: { 'iam:PolicyARN': 'arn:aws:iam::aws:policy/ReadOnlyAccess', 'iam:Absent': undefined },
}

const SHAPES: Readonly<Record<KeyType, RegExp>> = {
  ARN: /^arn:aws:[a-z]+:[^:]*:\d*:.+$/,
  Bool: /^(true|false)$/,
  Date: /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$|^\d{10}$/,
  IPAddress: /^[\da-f:.]+$/,
  Numeric: /^\d+$/,
  String: /./,
}

test('each value is of its key’s type, and a list where the key may have several', () => {
  const present = presentKeys(sourceOf(TAG_USER, { referer: 'https://example.com/' }))
  const seen = new Set<string>()
  for (const [name, value] of present) {
    const key = findGlobalKey(name)
    if (key === undefined) continue
    assert.equal(Array.isArray(value), key.multivalued, name)
    for (const each of [value].flat()) assert.match(each, SHAPES[key.type], name)
    seen.add(key.name)
  }
  // A role's session has everything but a user's name.
  const expected = SUPPLIED_KEYS.filter(key => key.startsWith('aws:') && key !== 'aws:username')
  assert.deepEqual([...seen].toSorted(), expected.toSorted())
})

test('every key that has a value is present: AWS’s, Twinlock’s, IAM’s and the action’s', () => {
  const source = sourceOf(TAG_USER)
  const spellings = ['iam:PolicyARN', ...SUPPLIED_KEYS].flatMap(key =>
    key.endsWith('/') ? ['Team', 'stage', 'cost', 'Cost'].map(tag => key + tag) : [key],
  )
  const values = conditionKeys(source)
  const withValue = spellings.filter(name => values.get(name.toLowerCase()) !== undefined)
  const present = new Map(presentKeys(source))
  const lowerCase = new Set([...present.keys()].map(name => name.toLowerCase()))
  for (const name of withValue) assert.ok(lowerCase.has(name.toLowerCase()), name)
  assert.equal(present.get('twinlock:MultiFactorAuthMethod'), 'totp')
  assert.equal(present.get('twinlock:PhishingResistant'), 'false')
  assert.equal(present.get('iam:ResourceTag/Cost'), '2')
})

test('keys are found by their lower-case names, tags by their keys in any case, a session’s before its role’s', () => {
  const requested = conditionKeys(sourceOf(TAG_USER))
  const values = Object.fromEntries(
    [
      'aws:principalarn',
      'aws:principaltag/team',
      'aws:principaltag/stage',
      'aws:requesttag/cost',
      'aws:resourcetag/cost',
      'iam:resourcetag/cost',
      'aws:tagkeys',
      'iam:policyarn',
      'aws:requestedregion',
      'aws:resourceaccount',
      'aws:referer',
      'iam:absent',
      'constructor',
      'aws:principaltag',
      'aws:principaltag/',
      'aws:principaltag/__proto__',
    ].map(name => [name, requested.get(name)]),
  )
  assert.deepEqual(values, {
    'aws:principalarn': ROLE,
    'aws:principaltag/team': 'red',
    'aws:principaltag/stage': 'test',
    'aws:requesttag/cost': '1',
    'aws:resourcetag/cost': '2',
    'iam:resourcetag/cost': '2',
    'aws:tagkeys': ['cost'],
    'iam:policyarn': 'arn:aws:iam::aws:policy/ReadOnlyAccess',
    'aws:requestedregion': 'us-east-1',
    'aws:resourceaccount': ACCOUNT,
    'aws:referer': undefined,
    'iam:absent': undefined,
    constructor: undefined,
    'aws:principaltag': undefined,
    'aws:principaltag/': undefined,
    'aws:principaltag/__proto__': undefined,
  })
})

test('IAM’s own tag key is for users and roles, and AWS’s policies count as the account’s', () => {
  const of = (resource: string, key: string) =>
    conditionKeys(
      sourceOf({ action: 'iam:GetPolicy', resource, resourceTags: [{ Key: 'a', Value: 'b' }] }),
    ).get(key)
  const policy = `arn:aws:iam::${ACCOUNT}:policy/limit`
  assert.equal(of(policy, 'aws:resourcetag/a'), 'b')
  assert.equal(of(policy, 'iam:resourcetag/a'), undefined)
  assert.equal(of('arn:aws:iam::aws:policy/ReadOnlyAccess', 'aws:resourceaccount'), ACCOUNT)
  assert.equal(of('arn:aws:iam::210987654321:policy/x', 'aws:resourceaccount'), '210987654321')
  assert.equal(of('*', 'aws:resourceaccount'), ACCOUNT)
})
