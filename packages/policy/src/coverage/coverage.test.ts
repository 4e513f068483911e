// The laws of coverage, against the engine that decides requests.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import {
  type ConditionKeys,
  coverageOf,
  evaluate,
  MFA_STATES,
  type MfaState,
  prepareActions,
  type PrincipalFacts,
  type Reach,
  withMfa,
} from '../index.ts'
import type { KnownAction } from './action-list.ts'
import {
  ACTIONS,
  anyLayers,
  anyMfaStatement,
  anyPrincipal,
  anyStatement,
  OTHER_KEYS,
  resourcesOf,
} from '../../test/coverage/arbitrary-layers.ts'
import type { CoveragePrincipal } from './covered-principal.ts'

const prepared = prepareActions(ACTIONS)

type Asked = {
  readonly covered: CoveragePrincipal
  readonly keys: ReadonlyMap<string, string>
  readonly action: KnownAction
  readonly state: MfaState
}

/** Whether the engine allows the action on these resources, under each of the sampled keys. */
function decisions(
  { covered, keys, action, state }: Asked,
  resources: readonly string[],
): boolean[] {
  return resources.flatMap(resource =>
    OTHER_KEYS.map(other => {
      const known: ConditionKeys = { get: key => keys.get(key) ?? other.get(key) }
      const request = {
        action: action.name,
        resource,
        keys: withMfa(known, state),
        principal: covered.principal,
      }
      return evaluate(request, covered.layers).EvalDecision === 'allowed'
    }),
  )
}

/** Asks for every action in every state. */
function forEachReach(
  covered: CoveragePrincipal,
  keys: ReadonlyMap<string, string>,
  check: (asked: Asked, reach: Reach) => void,
): void {
  const coverage = coverageOf(covered, prepared)
  for (const action of ACTIONS) {
    const found = coverage.find(action.name)
    assert.ok(found !== undefined)
    for (const state of MFA_STATES) check({ covered, keys, action, state }, found.reach[state])
  }
}

type Principal = { readonly facts: PrincipalFacts; readonly keys: ReadonlyMap<string, string> }

const title = ({ action, state }: Asked) => `${action.name} in the state ${state}`

test('what the engine allows on some resource, coverage reaches', () => {
  const seen = { never: 0, depends: 0, always: 0, allowed: 0 }
  fc.assert(
    fc.property(anyPrincipal, anyLayers(anyStatement), ({ facts, keys }: Principal, layers) => {
      forEachReach({ principal: facts, layers }, keys, (asked, reach) => {
        const { own, foreign } = resourcesOf(asked.action)
        const allowed = decisions(asked, [...own, ...foreign]).includes(true)
        seen[reach]++
        if (allowed) seen.allowed++
        assert.ok(!(allowed && reach === 'never'), title(asked))
      })
    }),
    { numRuns: 500 },
  )
  for (const [what, count] of Object.entries(seen)) assert.ok(count > 300, `${count} ${what}`)
})

test('what coverage reaches always, the engine allows on every resource of the account', () => {
  fc.assert(
    fc.property(anyPrincipal, anyLayers(anyStatement), ({ facts, keys }: Principal, layers) => {
      forEachReach({ principal: facts, layers }, keys, (asked, reach) => {
        if (reach !== 'always') return
        const allowed = decisions(asked, resourcesOf(asked.action).own)
        assert.ok(!allowed.includes(false), title(asked))
      })
    }),
    { numRuns: 500 },
  )
})

test('where nothing but MFA decides, coverage says exactly what the engine does', () => {
  fc.assert(
    fc.property(anyPrincipal, anyLayers(anyMfaStatement), ({ facts, keys }: Principal, layers) => {
      forEachReach({ principal: facts, layers }, keys, (asked, reach) => {
        const { own, foreign } = resourcesOf(asked.action)
        const [first, ...rest] = decisions(asked, [...own, ...foreign])
        assert.ok(
          rest.every(other => other === first),
          title(asked),
        )
        assert.equal(reach, first === true ? 'always' : 'never', title(asked))
      })
    }),
    { numRuns: 300 },
  )
})
