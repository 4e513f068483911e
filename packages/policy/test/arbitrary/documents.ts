// Documents of every kind, as AWS would store them.
import fc from 'fast-check'
import type { PolicyKind } from '../../src/index.ts'
import type { Document } from '../vectors.ts'
import { ALICE, AWAY, CANONICAL_ID, DEV, ENTRIES, HOME, SERVICE_LINKED } from './callers.ts'
import { ARNS, FAMILIES, type Family, MULTIVALUED_KEYS, TEXTS } from './values.ts'

export const ACTIONS = [
  's3:GetObject',
  's3:PutObject',
  'iam:GetUser',
  'kms:RetireGrant',
  'sts:AssumeRole',
] as const

const ACTION_PATTERNS = [
  ...ACTIONS,
  '*',
  's3:*',
  'S3:get*',
  's3:?etObject',
  's3:*Object*',
  'iam:*',
  'IAM:GETUSER',
  'kms:*',
  'kms:Retire?rant',
  'sts:*',
  'iam:',
  's3: GetObject',
  'ec2:*',
] as const

const TRUST_ACTIONS = ['sts:AssumeRole', 'sts:TagSession'] as const
const TRUST_ACTION_PATTERNS = [...TRUST_ACTIONS, 'sts:AssumeRol?', 'sts:*Session'] as const

export const RESOURCES = [
  '*',
  'arn:aws:s3:::a/1',
  'arn:aws:s3:::a/alice/x:y',
  'arn:aws:s3:::a/*',
  'arn:aws-cn:s3:::a/1',
  ALICE,
  DEV,
  SERVICE_LINKED,
  'arn:aws:s3:::a/iam::1:role/aws-service-role/1',
  `arn:aws:kms:us-east-1:${HOME}:key/k`,
] as const

export const RESOURCE_PATTERNS = [
  '*',
  'arn:aws:s3:::a/*',
  'arn:aws:s3:::a/?',
  'arn:aws:s3:::*',
  'arn:*:s3:::a/1',
  'arn:aws:s3:::a/${aws:username}/*',
  'arn:aws:s3:::a/${AWS:UserName}?x*',
  "arn:aws:s3:::a/${aws:PrincipalTag/team, '1'}",
  'arn:aws:s3:::a/${aws:PrincipalTag/team}',
  'arn:aws:s3:::a/${*}',
  'arn:aws:s3:::${aws:TagKeys}/1',
  'arn:aws:s3:::a/${aws:nothing',
  'arn:aws:s3::${aws:PrincipalAccount}:a/1',
  'arn:aws:iam::*:user/*',
  'arn:aws:iam::*:user/${aws:username}',
  'arn:aws:iam::*:user/team/${aws:username}',
  `arn:aws:iam::${HOME}:role/*`,
  'arn:aws:iam::1111????3333:role/dev',
  'arn:aws:kms:*:*:key/*',
  'arn:aws:kms:us-*',
  'arn:aws:s3',
  'arn:aws:kms:*',
  'arn:aws:iam',
  null,
] as const

/** A session policy may not be short of segments. */
export const LONG_RESOURCE_PATTERNS = RESOURCE_PATTERNS.filter(
  pattern => pattern === null || pattern === '*' || pattern.split(':').length >= 6,
)

function principalOf(entries: typeof ENTRIES): fc.Arbitrary<Document> {
  return fc
    .uniqueArray(fc.constantFrom(...entries), {
      minLength: 1,
      maxLength: 2,
      selector: ([type]) => type,
    })
    .map(some => Object.fromEntries(some))
}

/** Identity providers' users assume roles and do nothing else. */
const anyPrincipalOfResource = fc.oneof(
  { weight: 2, arbitrary: fc.constant('*') },
  { weight: 1, arbitrary: fc.constant({ CanonicalUser: CANONICAL_ID }) },
  { weight: 8, arbitrary: principalOf(ENTRIES.filter(([type]) => type !== 'Federated')) },
)

const PREFIXES = ['', '', '', 'ForAllValues:', 'ForAnyValue:'] as const
const SUFFIXES = ['', '', 'IfExists'] as const

type Condition = { readonly operator: string; readonly key: string; readonly values: unknown }

function conditionOf(family: Family, mayBeMalformed: boolean): fc.Arbitrary<Condition> {
  const value = fc.constantFrom(...family.values, ...(mayBeMalformed ? family.malformed : []))
  return fc.record({
    operator: fc
      .tuple(
        fc.constantFrom(...PREFIXES),
        fc.constantFrom(...family.operators),
        fc.constantFrom(...SUFFIXES),
      )
      .map(parts => parts.join('')),
    key: fc.oneof(
      { weight: 6, arbitrary: fc.constantFrom(...family.keys) },
      { weight: 3, arbitrary: fc.constantFrom(...MULTIVALUED_KEYS) },
      { weight: 1, arbitrary: fc.constantFrom(...FAMILIES.flatMap(({ keys }) => keys)) },
    ),
    values: fc.oneof(
      { weight: 3, arbitrary: value },
      { weight: 3, arbitrary: fc.array(value, { maxLength: 3 }) },
    ),
  })
}

const anyNull: fc.Arbitrary<Condition> = fc.record({
  operator: fc.constant('Null'),
  key: fc.constantFrom(...FAMILIES.flatMap(({ keys }) => keys), ...MULTIVALUED_KEYS),
  values: fc.constantFrom<unknown>('true', 'false', true, 'TRUE', 'no', ['true', 'false'], []),
})

function anyCondition(kind: PolicyKind): fc.Arbitrary<Document> {
  const one = fc.oneof(
    anyNull,
    ...FAMILIES.map(family => conditionOf(family, kind === 'session')),
    conditionOf(TEXTS, false),
    conditionOf(ARNS, kind === 'session'),
  )
  return fc
    .oneof(
      { weight: 4, arbitrary: fc.constant([]) },
      { weight: 4, arbitrary: fc.array(one, { minLength: 1, maxLength: 1 }) },
      { weight: 2, arbitrary: fc.array(one, { minLength: 2, maxLength: 2 }) },
    )
    .map(conditions => {
      const block: Record<string, Record<string, unknown>> = {}
      for (const { operator, key, values } of conditions) {
        block[operator] = { ...block[operator], [key]: values }
      }
      return block
    })
}

function listOf<T>(...values: readonly T[]): fc.Arbitrary<readonly T[]> {
  return fc.array(fc.constantFrom(...values), { minLength: 1, maxLength: 3 })
}

/** An element or, now and then, its negation. */
function element<T>(name: string, values: fc.Arbitrary<T>): fc.Arbitrary<Document> {
  return fc.oneof(
    { weight: 4, arbitrary: values.map(value => ({ [name]: value })) },
    { weight: 1, arbitrary: values.map(value => ({ [`Not${name}`]: value })) },
  )
}

const anyEffect = fc.constantFrom('Allow', 'Allow', 'Allow', 'Allow', 'Deny')

function merged(parts: fc.Arbitrary<readonly Document[]>): fc.Arbitrary<Document> {
  return parts.map(documents => Object.assign({}, ...documents) as Document)
}

function permissionStatement(kind: PolicyKind): fc.Arbitrary<Document> {
  const resources = kind === 'session' ? LONG_RESOURCE_PATTERNS : RESOURCE_PATTERNS
  return merged(
    fc.tuple(
      anyEffect.map(Effect => ({ Effect })),
      element('Action', listOf(...ACTION_PATTERNS)),
      element('Resource', fc.oneof(fc.constant('*'), listOf(...resources))),
      anyCondition(kind).map(Condition => ({ Condition })),
    ),
  )
}

const resourceStatement: fc.Arbitrary<Document> = merged(
  fc.tuple(
    fc.oneof(
      {
        weight: 6,
        arbitrary: anyPrincipalOfResource.map(Principal => ({ Effect: 'Allow', Principal })),
      },
      {
        weight: 1,
        arbitrary: anyPrincipalOfResource.map(Principal => ({ Effect: 'Deny', Principal })),
      },
      {
        weight: 1,
        arbitrary: anyPrincipalOfResource.map(NotPrincipal => ({ Effect: 'Deny', NotPrincipal })),
      },
    ),
    element('Action', listOf(...ACTION_PATTERNS)),
    element('Resource', fc.oneof(fc.constant('*'), listOf(...RESOURCE_PATTERNS))),
    anyCondition('resource').map(Condition => ({ Condition })),
  ),
)

const anyPrincipalOfRole = fc.oneof(
  { weight: 1, arbitrary: fc.constantFrom({ AWS: '*' }, { AWS: [HOME, AWAY] }) },
  { weight: 2, arbitrary: principalOf(ENTRIES) },
)

const trustStatement: fc.Arbitrary<Document> = merged(
  fc.tuple(
    anyEffect.map(Effect => ({ Effect })),
    anyPrincipalOfRole.map(Principal => ({ Principal })),
    fc
      .oneof(fc.constant([...TRUST_ACTIONS]), listOf(...TRUST_ACTION_PATTERNS))
      .map(Action => ({ Action })),
    anyCondition('trust').map(Condition => ({ Condition })),
  ),
)

const rcpStatement: fc.Arbitrary<Document> = merged(
  fc.tuple(
    fc.constantFrom<Document>({ Principal: '*' }, { Principal: { AWS: '*' } }),
    fc.constant({ Effect: 'Deny' }),
    listOf('s3:*', 'S3:Get*', 'kms:RetireGrant', 'sts:AssumeRole').map(Action => ({ Action })),
    element('Resource', fc.oneof(fc.constant('*'), listOf(...RESOURCE_PATTERNS))),
    anyCondition('rcp').map(Condition => ({ Condition })),
  ),
)

/** Most often of 2012, else of 2008, by name or for want of one. */
const anyVersion = fc.constantFrom<Document>(
  ...Array.from({ length: 5 }, () => ({ Version: '2012-10-17' })),
  { Version: '2008-10-17' },
  {},
)

function document(statement: fc.Arbitrary<Document>): fc.Arbitrary<Document> {
  return fc
    .tuple(anyVersion, fc.array(statement, { minLength: 1, maxLength: 3 }))
    .map(([version, Statement]) => ({ ...version, Statement }))
}

export const EVERYTHING = {
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }],
}
export const RCP_EVERYTHING = {
  Version: '2012-10-17',
  Statement: { Effect: 'Allow', Principal: '*', Action: '*', Resource: '*' },
}

/** A document of that kind, as AWS would store it. */
export const ANY_DOCUMENT: Readonly<Record<PolicyKind, fc.Arbitrary<Document>>> = {
  identity: document(permissionStatement('identity')),
  boundary: document(permissionStatement('boundary')),
  session: document(permissionStatement('session')),
  scp: document(permissionStatement('scp')),
  resource: document(resourceStatement),
  trust: document(trustStatement),
  rcp: document(rcpStatement),
}
