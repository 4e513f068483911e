// The decision vectors, and the laws that hold for every set of policies (after Cedar's theorems).
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import {
  ALICE,
  anyPolicies,
  anyPolicy,
  anyRequest,
  anyStatement,
} from '../test/arbitrary-policies.ts'
import {
  compiled,
  compiledLayers,
  conditionKeys,
  type Definitions,
  type Document,
  type Keys,
  principalOf,
  readVectors,
  type VectorLayers,
} from '../test/vectors.ts'
import {
  compilePolicy,
  denialReason,
  evaluate,
  type Evaluation,
  type EvaluationRequest,
  evaluateTrust,
  parsePolicy,
  policySet,
} from './index.ts'

type DecisionCase = Pick<
  EvaluationRequest,
  'action' | 'resource' | 'resourceAccount' | 'managementAccount' | 'needsResourcePolicy'
> & {
  readonly title: string
  readonly principal: string
  readonly keys?: Keys
  readonly layers: VectorLayers
  readonly decision: Evaluation['EvalDecision']
  readonly deniedBy?: string
}

for (const file of [
  'decisions.json',
  'organizations.json',
  'resource-first.json',
  'task-policies.json',
]) {
  test(`${file}: a request is decided, and a denial names its layer`, async t => {
    const { cases, policies, principals } = readVectors<DecisionCase, Definitions>(file)
    for (const { title, principal, keys, layers, decision, deniedBy, ...request } of cases) {
      await t.test(title, () => {
        const evaluation = evaluate(
          {
            ...request,
            keys: conditionKeys(keys),
            principal: principalOf(principal, principals),
          },
          compiledLayers(layers, policies),
        )
        assert.deepEqual(summaryOf(evaluation), { decision, ...(deniedBy && { deniedBy }) })
      })
    }
  })
}

type AssumptionCase = DecisionCase & {
  readonly trust: Document
  readonly roleAccount: string
  readonly bindings?: Readonly<Record<string, string>>
}

test('role-assumption.json: a role is assumed by whom its trust policy and the policies of the caller let', async t => {
  const { cases, policies, principals } = readVectors<AssumptionCase, Definitions>(
    'role-assumption.json',
  )
  for (const {
    title,
    principal,
    keys,
    layers,
    trust,
    roleAccount,
    bindings,
    decision,
    deniedBy,
    ...request
  } of cases) {
    await t.test(title, () => {
      const policy = compilePolicy(
        parsePolicy(JSON.stringify(trust), 'trust'),
        { type: 'trust', name: 'admin' },
        bindings && { bindings },
      )
      const evaluation = evaluateTrust(
        { ...request, keys: conditionKeys(keys), principal: principalOf(principal, principals) },
        { ...compiledLayers(layers, policies), trust: policySet([policy]) },
        roleAccount,
      )
      assert.deepEqual(summaryOf(evaluation), { decision, ...(deniedBy && { deniedBy }) })
    })
  }
})

function summaryOf(evaluation: Evaluation) {
  return evaluation.EvalDecision === 'allowed'
    ? { decision: evaluation.EvalDecision }
    : { decision: evaluation.EvalDecision, deniedBy: evaluation.deniedBy }
}

test('a decision names the statement that made it, its policy and its place', () => {
  const document =
    '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"*","Resource":"*"},{"Sid":"NoDelete","Effect":"Deny","Action":"s3:Delete*","Resource":"*"}]}'
  const source = { type: 'managed', name: 'p', arn: 'arn:aws:iam::123456789012:policy/p' } as const
  const policy = compilePolicy(parsePolicy(document, 'identity'), source)
  const request = { resource: '*', keys: conditionKeys(), principal: ALICE }
  assert.deepEqual(
    evaluate({ ...request, action: 's3:DeleteObject' }, { identity: policySet([policy]) }),
    {
      EvalDecision: 'explicitDeny',
      deniedBy: 'identity-based policy',
      MatchedStatements: [
        { source, Sid: 'NoDelete', start: { line: 1, column: 84 }, end: { line: 1, column: 156 } },
      ],
    },
  )
  assert.deepEqual(
    evaluate({ ...request, action: 's3:GetObject' }, { identity: policySet([policy]) }),
    {
      EvalDecision: 'allowed',
      MatchedStatements: [{ source, start: { line: 1, column: 38 }, end: { line: 1, column: 84 } }],
    },
  )
})

const compileAll = (policies: readonly (readonly Document[])[]) =>
  policySet(policies.map(Statement => compiled({ Version: '2012-10-17', Statement })))

const RUNS = { numRuns: 200 }

test('an explicit Deny wins, in whatever order', () => {
  const deny: Document = { Effect: 'Deny', Action: '*', Resource: '*' }
  fc.assert(
    fc.property(anyPolicies, anyRequest, fc.nat(), (policies, request, at) => {
      const withDeny = policies.toSpliced(at % (policies.length + 1), 0, [deny])
      assert.equal(
        evaluate(request, { identity: compileAll(withDeny) }).EvalDecision,
        'explicitDeny',
      )
    }),
    RUNS,
  )
})

test('a request that nothing is about is implicitly denied', () => {
  fc.assert(
    fc.property(anyRequest, request => {
      assert.equal(evaluate(request, { identity: policySet([]) }).EvalDecision, 'implicitDeny')
    }),
    { numRuns: 20 },
  )
})

test('the order of statements and policies does not matter, and neither do duplicates', () => {
  fc.assert(
    fc.property(anyPolicies, anyRequest, (policies, request) => {
      const shuffled = [...policies, ...policies]
        .map(statements => [...statements.toReversed(), ...statements])
        .toReversed()
      assert.equal(
        evaluate(request, { identity: compileAll(shuffled) }).EvalDecision,
        evaluate(request, { identity: compileAll(policies) }).EvalDecision,
      )
    }),
    RUNS,
  )
})

test('one more Allow never turns allowed into denied', () => {
  fc.assert(
    fc.property(anyPolicies, anyStatement('Allow'), anyRequest, (policies, allow, request) => {
      const before = evaluate(request, { identity: compileAll(policies) })
      const after = evaluate(request, { identity: compileAll([...policies, [allow]]) })
      if (before.EvalDecision !== 'implicitDeny')
        assert.equal(after.EvalDecision, before.EvalDecision)
    }),
    RUNS,
  )
})

test('one more Deny never turns denied into allowed', () => {
  fc.assert(
    fc.property(anyPolicies, anyStatement('Deny'), anyRequest, (policies, deny, request) => {
      const before = evaluate(request, { identity: compileAll(policies) })
      const after = evaluate(request, { identity: compileAll([...policies, [deny]]) })
      if (before.EvalDecision !== 'allowed') assert.notEqual(after.EvalDecision, 'allowed')
    }),
    RUNS,
  )
})

test('neither a boundary nor a session policy grants', () => {
  fc.assert(
    fc.property(
      anyPolicies,
      anyPolicy,
      fc.boolean(),
      anyRequest,
      (policies, ceiling, asBoundary, request) => {
        const identity = compileAll(policies)
        const limit = compileAll([ceiling])
        const limited = evaluate(
          request,
          asBoundary ? { identity, boundary: limit } : { identity, session: limit },
        )
        const alone = evaluate(request, { identity: limit })
        if (limited.EvalDecision !== 'allowed') return
        assert.equal(evaluate(request, { identity }).EvalDecision, 'allowed')
        assert.equal(alone.EvalDecision, 'allowed')
      },
    ),
    RUNS,
  )
})

test('a decision does not depend on what was asked before', () => {
  fc.assert(
    fc.property(
      anyPolicies,
      fc.array(anyRequest, { minLength: 1, maxLength: 5 }),
      (policies, requests) => {
        const kept = compileAll(policies)
        for (const request of requests) {
          assert.deepEqual(
            evaluate(request, { identity: kept }),
            evaluate(request, { identity: compileAll(policies) }),
          )
        }
      },
    ),
    { numRuns: 100 },
  )
})

test('every denial has a reason', () => {
  fc.assert(
    fc.property(anyPolicies, anyRequest, (policies, request) => {
      const evaluation = evaluate(request, { identity: compileAll(policies) })
      if (evaluation.EvalDecision === 'allowed') return
      const reason = denialReason(evaluation, request.action)
      assert.equal(
        reason,
        evaluation.EvalDecision === 'explicitDeny'
          ? 'with an explicit deny in an identity-based policy'
          : `because no identity-based policy allows the ${request.action} action`,
      )
    }),
    RUNS,
  )
})
