// Laws of the policy language that hold whatever the documents, the caller and the request; after
// the theorems of Cedar.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import {
  denialReason,
  type Evaluation,
  type EvaluationRequest,
  evaluate,
  evaluateTrust,
  explain,
  type Explanation,
  explainTrust,
  type Policy,
  type PolicyLayer,
} from '../src/index.ts'
import { compiledLayers, type ParsedLayers, parsedLayers } from './agreement.ts'
import { anySituation, type Situation } from './arbitrary/situations.ts'
import { conditionKeys } from './vectors.ts'

const RUNS = { numRuns: 300 }

/** Decides by layers that are compiled once. */
type Decide = (request: EvaluationRequest) => Evaluation

/**
 * A law is made for the layers of a situation, with a number by which it changes something in them,
 * and then holds for every request.
 */
function forAll(
  lawOf: (policies: ParsedLayers, random: number) => (request: EvaluationRequest) => void,
): void {
  fc.assert(
    fc.property(anySituation, fc.nat(), ({ layers, requests }: Situation, random) => {
      const law = lawOf(parsedLayers(layers), random)
      for (const request of requests) law({ ...request, keys: conditionKeys(request.keys) })
    }),
    RUNS,
  )
}

function decisionsBy(policies: ParsedLayers): Decide {
  const { trust, ...layers } = compiledLayers(policies)
  if (trust === undefined) return request => evaluate(request, layers)
  return request => evaluateTrust(request, { ...layers, trust }, request.resourceAccount ?? '')
}

function explanationsBy(policies: ParsedLayers): (request: EvaluationRequest) => Explanation {
  const { trust, ...layers } = compiledLayers(policies)
  if (trust === undefined) return request => explain(request, layers)
  return request => explainTrust(request, { ...layers, trust }, request.resourceAccount ?? '')
}

/** The layers that are lists of policies and are there. */
const LISTS = ['identity', 'boundary', 'session', 'task', 'resource', 'trust'] as const

/** A policy of that effect on everything, which every kind of layer can hold. */
function onEverything(Effect: 'Allow' | 'Deny', namesEverybody: boolean): Policy {
  const nowhere = { line: 1, column: 1 }
  return {
    kind: 'identity',
    statements: [
      {
        Effect,
        ...(namesEverybody && { principal: { element: 'Principal', principals: '*' } }),
        action: { element: 'Action', patterns: ['*'] },
        resource: { element: 'Resource', patterns: ['*'] },
        conditions: [],
        start: nowhere,
        end: nowhere,
      },
    ],
  }
}

/** The layers with one more policy, somewhere in one of them. */
function withOneMore(
  policies: ParsedLayers,
  effect: 'Allow' | 'Deny',
  random: number,
): ParsedLayers {
  const present = LISTS.filter(name => policies[name] !== undefined)
  const name = present[random % present.length] ?? 'identity'
  const list = policies[name] ?? []
  const added = onEverything(effect, name === 'resource' || name === 'trust')
  return { ...policies, [name]: list.toSpliced(random % (list.length + 1), 0, added) }
}

/** The layers with every list, and every document's statements, in another order and twice. */
function shuffled({ scps, rcps, bindings, ...lists }: ParsedLayers): ParsedLayers {
  const shuffle = (list: readonly Policy[]) =>
    [...list.toReversed(), ...list].map(({ statements, ...policy }) => ({
      ...policy,
      statements: [...statements.toReversed(), ...statements],
    }))
  return {
    identity: shuffle(lists.identity),
    ...(lists.boundary && { boundary: shuffle(lists.boundary) }),
    ...(lists.session && { session: shuffle(lists.session) }),
    ...(lists.task && { task: shuffle(lists.task) }),
    ...(lists.resource && { resource: shuffle(lists.resource) }),
    ...(lists.trust && { trust: shuffle(lists.trust) }),
    ...(scps && { scps: scps.map(shuffle) }),
    ...(rcps && { rcps: rcps.map(shuffle) }),
    ...(bindings && { bindings }),
  }
}

function isAllowed({ EvalDecision }: Evaluation): boolean {
  return EvalDecision === 'allowed'
}

function layerOf(evaluation: Evaluation): PolicyLayer | undefined {
  return evaluation.EvalDecision === 'allowed' ? undefined : evaluation.deniedBy
}

test('a Deny that applies wins, in whatever layer and order it stands', () => {
  forAll((policies, random) => {
    const decide = decisionsBy(withOneMore(policies, 'Deny', random))
    return request => assert.equal(decide(request).EvalDecision, 'explicitDeny')
  })
})

test('the order of statements and policies does not matter, and neither do duplicates', () => {
  forAll(policies => {
    const [decide, decideShuffled] = [decisionsBy(policies), decisionsBy(shuffled(policies))]
    return request => {
      const [one, other] = [decide(request), decideShuffled(request)]
      assert.equal(other.EvalDecision, one.EvalDecision)
      assert.equal(layerOf(other), layerOf(one))
    }
  })
})

test('one more Allow never turns allowed into denied', () => {
  forAll((policies, random) => {
    const before = decisionsBy(policies)
    const after = decisionsBy(withOneMore(policies, 'Allow', random))
    return request => {
      if (isAllowed(before(request))) assert.ok(isAllowed(after(request)))
    }
  })
})

test('one more Deny never turns denied into allowed', () => {
  forAll((policies, random) => {
    const before = decisionsBy(policies)
    const after = decisionsBy(withOneMore(policies, 'Deny', random))
    return request => {
      if (isAllowed(after(request))) assert.ok(isAllowed(before(request)))
    }
  })
})

for (const ceiling of ['boundary', 'session', 'task', 'scps', 'rcps'] as const) {
  test(`a ceiling never grants: what ${ceiling} allow, something else allows`, () => {
    forAll(policies => {
      const { [ceiling]: _ceiling, ...others } = policies
      const [under, free] = [decisionsBy(policies), decisionsBy(others)]
      return request => {
        if (isAllowed(under(request))) assert.ok(isAllowed(free(request)))
      }
    })
  })
}

test('to escape an organization never denies, and neither does to need no resource policy', () => {
  forAll(policies => {
    const decide = decisionsBy(policies)
    return request => {
      const { principal, resourceAccount = principal.account } = request
      if (!isAllowed(decide({ ...request, managementAccount: '', needsResourcePolicy: true })))
        return
      for (const managementAccount of [principal.account, resourceAccount]) {
        const free = { ...request, managementAccount, needsResourcePolicy: false }
        assert.ok(isAllowed(decide(free)))
      }
    }
  })
})

test('the letter case of an action does not matter', () => {
  forAll(policies => {
    const decide = decisionsBy(policies)
    return request => {
      const expected = decide(request)
      for (const action of [request.action.toLowerCase(), request.action.toUpperCase()]) {
        assert.deepEqual(decide({ ...request, action }), expected)
      }
    }
  })
})

test('an explanation tells the decision that was made, its statements and where it fell', () => {
  forAll(policies => {
    const [decide, tell] = [decisionsBy(policies), explanationsBy(policies)]
    return request => {
      const decided = decide(request)
      const { evaluation, steps, matchedStatements } = tell(request)
      assert.deepEqual(evaluation, decided)
      for (const { start } of decided.MatchedStatements) {
        assert.ok(matchedStatements.some(matched => matched.start === start))
      }
      const missed = steps.filter(({ outcome }) => outcome === 'does not allow')
      switch (decided.EvalDecision) {
        case 'allowed':
          // Nothing but a resource's own policy may fail to allow.
          assert.ok(missed.every(({ layer }) => layer === 'resource-based policy'))
          break
        case 'explicitDeny':
          assert.deepEqual([steps[0]?.layer, steps[0]?.outcome], [decided.deniedBy, 'denies'])
          break
        case 'implicitDeny':
          assert.ok(missed.length > 0 && missed.at(-1) === steps.at(-1))
          assert.equal(missed.at(-1)?.layer, decided.deniedBy)
          break
        default:
          decided satisfies never
      }
    }
  })
})

test('every denial has a reason that names its layer', () => {
  forAll(policies => {
    const decide = decisionsBy(policies)
    return request => {
      const decided = decide(request)
      if (decided.EvalDecision === 'allowed') return
      assert.ok(denialReason(decided, request.action).includes(decided.deniedBy))
    }
  })
})
