// The engine agrees with the reference on whole tables: every operator on every pair of values, every
// resource on every pattern, every caller on every form of principal. What chance meets seldom, these
// meet always.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { PolicyKind } from '../src/index.ts'
import { findDisagreement } from './agreement.ts'
import {
  ALICE,
  ALICE_ID,
  CANONICAL_ID,
  DEV,
  DEV_ID,
  ENTRIES,
  HOME,
  PRINCIPALS,
} from './arbitrary/callers.ts'
import {
  EVERYTHING,
  LONG_RESOURCE_PATTERNS,
  RCP_EVERYTHING,
  RESOURCE_PATTERNS,
  RESOURCES,
} from './arbitrary/documents.ts'
import type { PlainLayers, PlainRequest } from './arbitrary/situations.ts'
import { FAMILIES, type Family } from './arbitrary/values.ts'
import type { Document, Keys } from './vectors.ts'

const [CALLER] = PRINCIPALS

function assertAgreement(layers: PlainLayers, requests: readonly PlainRequest[]) {
  assert.equal(findDisagreement({ layers, requests }), undefined)
}

function request(changes: Partial<PlainRequest>): PlainRequest {
  assert.ok(CALLER !== undefined)
  return { action: 's3:GetObject', resource: '*', keys: {}, principal: CALLER, ...changes }
}

function document(statement: Document, Version = '2012-10-17'): Document {
  return { Version, Statement: { Effect: 'Allow', Action: '*', Resource: '*', ...statement } }
}

/** Session policies hold what IAM does not store. */
function assertConditionAgreement(Condition: Document, requests: readonly PlainRequest[]) {
  const allow = document({ Condition })
  const deny = document({ Effect: 'Deny', Condition })
  assertAgreement({ identity: [EVERYTHING], session: [allow] }, requests)
  assertAgreement({ identity: [EVERYTHING], session: [EVERYTHING, deny] }, requests)
}

const VARIABLES: Keys = {
  'aws:username': 'alice',
  'aws:PrincipalTag/team': 'red',
  'aws:TagKeys': ['red'],
}

/** A key that is absent, empty, has each of the values, or has them as one of two. */
function requestsFor(key: string, { actual }: Family): PlainRequest[] {
  const [first = ''] = actual
  const values: (Keys[string] | undefined)[] = [
    undefined,
    [],
    ...actual,
    ...actual.map(value => [first, value]),
  ]
  return values.map(value =>
    request({ keys: value === undefined ? VARIABLES : { ...VARIABLES, [key]: value } }),
  )
}

const FORMS = ['', 'ForAllValues:', 'ForAnyValue:'].flatMap(prefix =>
  ['', 'IfExists'].map(suffix => (operator: string) => `${prefix}${operator}${suffix}`),
)

for (const family of FAMILIES) {
  for (const operator of family.operators) {
    test(`${operator}, with every prefix and suffix, on every value`, () => {
      const values = [...family.values, ...family.malformed]
      const requests = requestsFor('k', family)
      for (const form of FORMS) {
        for (const value of [...values, []]) {
          assertConditionAgreement({ [form(operator)]: { k: value } }, requests)
        }
      }
      for (const [at, value] of values.entries()) {
        const another = values[(at * 7 + 3) % values.length]
        assertConditionAgreement({ [operator]: { k: [another, value] } }, requests)
      }
    })
  }
}

test('Null, on every presence', () => {
  const requests = FAMILIES.flatMap(family => requestsFor('k', family))
  for (const value of ['true', 'false', true, false, 'TRUE', 'no', '', ['true', 'false'], []]) {
    assertConditionAgreement({ Null: { k: value } }, requests)
  }
})

/** Where a document of that kind stands alone in its layer, or as the only Allow of one. */
const LAYERS_OF: Readonly<Partial<Record<PolicyKind, (one: Document) => PlainLayers>>> = {
  identity: one => ({ identity: [one] }),
  boundary: one => ({ identity: [EVERYTHING], boundary: [one] }),
  session: one => ({ identity: [EVERYTHING], session: [one] }),
  scp: one => ({ identity: [EVERYTHING], scps: [[one]] }),
  resource: one => ({ identity: [], resource: [one] }),
  rcp: one => ({ identity: [EVERYTHING], rcps: [[RCP_EVERYTHING, one]] }),
}

for (const [kind, layersOf] of Object.entries(LAYERS_OF)) {
  test(`every resource on every pattern of a document of kind ${kind}`, () => {
    const patterns = kind === 'session' ? LONG_RESOURCE_PATTERNS : RESOURCE_PATTERNS
    const requests = RESOURCES.flatMap(resource =>
      [{}, VARIABLES, { ...VARIABLES, 'aws:username': '*' }].map(keys =>
        request({ resource, keys }),
      ),
    )
    const names = kind === 'resource' || kind === 'rcp' ? { Principal: '*' } : {}
    const denies = kind === 'rcp' ? { Effect: 'Deny', Action: 's3:*' } : {}
    for (const version of ['2012-10-17', '2008-10-17']) {
      for (const pattern of patterns) {
        const { Resource: _, ...rest } = document({ ...names, ...denies }).Statement as Document
        for (const element of [{ Resource: [pattern] }, { NotResource: [pattern] }]) {
          assertAgreement(
            layersOf({ Version: version, Statement: { ...rest, ...element } }),
            requests,
          )
        }
      }
    }
  })
}

const CIRCUMSTANCES: readonly Partial<PlainLayers>[] = [
  {},
  { identity: [EVERYTHING] },
  { boundary: [] },
  { session: [] },
  { boundary: [], session: [], identity: [EVERYTHING] },
  { bindings: { [ALICE]: ALICE_ID, [DEV]: DEV_ID } },
]

test('every caller on every form of Principal and NotPrincipal', () => {
  const requests = PRINCIPALS.flatMap(principal => [
    request({ principal }),
    request({ principal, resourceAccount: HOME }),
    request({ principal, needsResourcePolicy: true }),
  ])
  const forms = ENTRIES.filter(([type]) => type !== 'Federated').map(entry =>
    Object.fromEntries([entry]),
  )
  for (const form of ['*', { CanonicalUser: CANONICAL_ID }, ...forms]) {
    for (const circumstances of CIRCUMSTANCES) {
      const layers = { identity: [], ...circumstances }
      const allow = document({ Principal: form })
      const deny = document({ Effect: 'Deny', NotPrincipal: form })
      assertAgreement({ ...layers, resource: [allow] }, requests)
      assertAgreement({ ...layers, resource: [document({ Principal: '*' }), deny] }, requests)
    }
  }
})

test('every caller on every form of Principal of a trust policy', () => {
  const requests = PRINCIPALS.flatMap(principal =>
    [DEV, `arn:aws:iam::${HOME}:role/another`].map(resource =>
      request({ action: 'sts:AssumeRole', principal, resource, resourceAccount: HOME }),
    ),
  )
  for (const entry of ENTRIES) {
    const Statement = {
      Effect: 'Allow',
      Principal: Object.fromEntries([entry]),
      Action: 'sts:AssumeRole',
    }
    for (const circumstances of CIRCUMSTANCES) {
      assertAgreement({ identity: [], ...circumstances, trust: [{ Statement }] }, requests)
    }
  }
})
