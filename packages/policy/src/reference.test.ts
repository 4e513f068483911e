// The reference evaluator against the vectors: what was observed on AWS, or follows from its
// documentation, is what the specification as a program says.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { decisionOfReference, parsedLayers } from '../test/agreement.ts'
import {
  conditionKeys,
  type Definitions,
  type Document,
  type Keys,
  type Named,
  principalOf,
  readVectors,
  type VectorLayers,
} from '../test/vectors.ts'
import { type Effect, type Evaluation, parsePolicy, type PrincipalFacts } from './index.ts'
import { decide } from './reference.ts'

type DecisionCase = {
  readonly title: string
  readonly principal: string
  readonly action: string
  readonly resource: string
  readonly keys?: Keys
  readonly resourceAccount?: string
  readonly managementAccount?: string
  readonly needsResourcePolicy?: boolean
  readonly layers: VectorLayers
  readonly decision: Evaluation['EvalDecision']
  readonly deniedBy?: string
  readonly trust?: Document
  readonly roleAccount?: string
  readonly bindings?: Readonly<Record<string, string>>
}

for (const file of ['decisions.json', 'role-assumption.json']) {
  test(`${file}: the reference decides as the vectors do`, async t => {
    const { cases, ...definitions } = readVectors<DecisionCase, Definitions>(file)
    for (const { title, decision, deniedBy, ...one } of cases) {
      await t.test(title, () => {
        assert.deepEqual(decisionOn(one, definitions), {
          EvalDecision: decision,
          ...(deniedBy !== undefined && { deniedBy }),
        })
      })
    }
  })
}

function decisionOn(
  {
    keys,
    principal,
    layers,
    trust,
    roleAccount,
    bindings,
    ...asked
  }: Omit<DecisionCase, 'title' | 'decision' | 'deniedBy'>,
  { policies, principals }: Definitions,
) {
  const document = (named: Named) => (typeof named === 'string' ? (policies[named] ?? {}) : named)
  const { identity, boundary, session, task, resource, scps, rcps } = layers
  return decisionOfReference(
    {
      ...asked,
      keys: conditionKeys(keys),
      principal: principalOf(principal, principals),
      ...(roleAccount !== undefined && { resourceAccount: roleAccount }),
    },
    parsedLayers({
      identity: identity.map(document),
      ...(boundary !== undefined && { boundary: [document(boundary)] }),
      ...(session && { session: session.map(document) }),
      ...(task !== undefined && { task: [document(task)] }),
      ...(resource !== undefined && { resource: [document(resource)] }),
      ...(trust && { trust: [trust] }),
      ...(scps && { scps: scps.map(level => level.map(document)) }),
      ...(rcps && { rcps: rcps.map(level => level.map(document)) }),
      ...(bindings && { bindings }),
    }),
  )
}

type ConditionCase = {
  readonly title: string
  readonly condition: Document
  readonly keys: Keys
  readonly holds: boolean
  readonly version?: string
  readonly effect?: Effect
}

const ANYBODY: PrincipalFacts = {
  account: '123456789012',
  arns: ['arn:aws:iam::123456789012:user/alice'],
  ids: ['AIDAALICEALICEALICE01'],
  isRoot: false,
  kind: 'user',
}

const CONDITION_FILES = [
  'mfa-conditions.json',
  'key-cardinality.json',
  'coercions.json',
  'malformed-arns.json',
  'strings.json',
  'variables.json',
]

for (const file of CONDITION_FILES) {
  test(`${file}: the reference meets conditions as the vectors do`, async t => {
    for (const {
      title,
      condition,
      keys,
      holds,
      version,
      effect = 'Allow',
    } of readVectors<ConditionCase>(file).cases) {
      await t.test(title, () => {
        const everything = { Action: '*', Resource: '*' }
        const document = {
          Version: version ?? '2012-10-17',
          Statement: [
            { Effect: effect, ...everything, Condition: condition },
            ...(effect === 'Deny' ? [{ Effect: 'Allow', ...everything }] : []),
          ],
        }
        const { EvalDecision } = decide(
          { action: 's3:GetObject', resource: '*', keys: conditionKeys(keys), principal: ANYBODY },
          { identity: [parsePolicy(JSON.stringify(document), 'session')] },
        )
        const whenMet = effect === 'Deny' ? 'explicitDeny' : 'allowed'
        assert.equal(EvalDecision === whenMet, holds)
      })
    }
  })
}

type ElementCase = {
  readonly title: string
  readonly element: string
  readonly patterns: readonly (string | null)[]
  readonly action?: string
  readonly resource?: string
  readonly keys?: Keys
  readonly version?: string
  readonly matches: boolean
}

for (const file of ['actions.json', 'resources.json']) {
  test(`${file}: the reference reads the element as the vectors do`, async t => {
    for (const {
      title,
      element,
      patterns,
      action,
      resource,
      keys,
      version,
      matches,
    } of readVectors<ElementCase>(file).cases) {
      await t.test(title, () => {
        const statement = {
          Effect: 'Allow',
          ...(action === undefined ? { Action: '*' } : { Resource: '*' }),
          [element]: patterns,
        }
        const document = { Version: version ?? '2012-10-17', Statement: statement }
        const { EvalDecision } = decide(
          {
            action: action ?? 's3:GetObject',
            resource: resource ?? '*',
            keys: conditionKeys(keys),
            principal: ANYBODY,
          },
          { identity: [parsePolicy(JSON.stringify(document), 'identity')] },
        )
        assert.equal(EvalDecision === 'allowed', matches)
      })
    }
  })
}
