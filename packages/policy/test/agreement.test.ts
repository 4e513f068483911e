// The compiled engine decides as the specification does, on generated documents and requests.
// `scripts/agree.ts` asks the same for as long as one wants.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { OPERATOR_NAMES } from '../src/operators/operators.ts'
import { findDisagreement } from './agreement.ts'
import { anySituation } from './arbitrary/situations.ts'
import { count, describe, newCensus, occurred } from './census.ts'

/** One decision in so many: counting is slow. Of every situation some are counted. */
const COUNTED = 4

test('the engine and the reference decide alike, and of everything there was something', () => {
  const census = newCensus()
  let decisions = 0
  fc.assert(
    fc.property(anySituation, situation => {
      const found = findDisagreement(situation, (...decision) => {
        if (decisions++ % COUNTED === 0) count(census, ...decision)
      })
      assert.deepEqual(found?.engine, found?.reference)
    }),
    { numRuns: 1000 },
  )
  const operators = new Set(
    OPERATOR_NAMES.map(name => /^(?:\w+:)?(\w+?)(?:IfExists)?$/.exec(name)?.[1]),
  )
  const bothWays = (names: Iterable<string | undefined>) =>
    [...names].flatMap(name => [`${name}: yes`, `${name}: no`])
  const setOperators = ['', 'ForAllValues:', 'ForAnyValue:'].flatMap(prefix => [
    `${prefix}…`,
    `${prefix}…IfExists`,
  ])
  assertOccurred('operator', bothWays(operators))
  assertOccurred('set operator and suffix', bothWays(setOperators))
  assertOccurred('action element', bothWays(['Action', 'NotAction']))
  assertOccurred('resource element', bothWays(['Resource', 'NotResource']))
  assertOccurred('principal element', [
    ...['none', 'account', 'entity', 'exact'].map(naming => `Principal: ${naming}`),
    ...['none', 'exact'].map(naming => `NotPrincipal: ${naming}`),
  ])
  assertOccurred(
    'denied by',
    [
      'identity-based policy',
      'permissions boundary',
      'session policy',
      'resource-based policy',
      'service control policy',
      'resource control policy',
      'role trust policy',
    ].flatMap(layer => [`${layer}: explicitDeny`, `${layer}: implicitDeny`]),
  )

  function assertOccurred(topic: Parameters<typeof occurred>[1], names: readonly string[]) {
    const missing = names.filter(name => !occurred(census, topic).has(name))
    assert.deepEqual(missing, [], describe(census))
  }
})
