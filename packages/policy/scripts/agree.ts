// Holds the compiled engine against the reference evaluator on generated documents and requests, for
// as long as one wants:
//
//     node packages/policy/scripts/agree.ts --cases 3000000 --seed 1
//
// Prints what the cases were made of. On a disagreement it prints the smallest case it finds, in the
// form of a vector, and fails; the same seed finds it again.
import { parseArgs } from 'node:util'
import fc from 'fast-check'
import { type Disagreement, findDisagreement } from '../test/agreement.ts'
import { anySituation, REQUESTS } from '../test/arbitrary/situations.ts'
import { count, describe, newCensus } from '../test/census.ts'
import type { Document } from '../test/vectors.ts'

const { values } = parseArgs({
  options: {
    cases: { type: 'string', default: '100000' },
    seed: { type: 'string', default: String(Date.now() % 2 ** 31) },
  },
})

const cases = Number(values.cases)
const firstSeed = Number(values.seed)
const SITUATIONS = 500
const PROGRESS_MS = 10_000
/** One decision in so many is counted: that is enough for shares, and counting is slow. */
const COUNTED = 10

console.log(`cases: ${cases}, seed: ${firstSeed}`)
const census = newCensus()
let done = 0
const started = performance.now()
let shown = started

for (let seed = firstSeed; done < cases; seed++) {
  const found = disagreementOf(seed)
  if (found !== undefined) {
    console.error(`seed ${seed}: engine and reference disagree`)
    console.error(JSON.stringify(vectorOf(found), undefined, 2))
    process.exitCode = 1
    break
  }
  if (performance.now() - shown < PROGRESS_MS) continue
  shown = performance.now()
  console.log(`${done} cases, seed ${seed}, ${rate()} per second`)
}

console.log(`${done} cases in ${seconds().toFixed(0)} s (${rate()} per second)`)
console.log(describe(census))

/** The smallest disagreement of one batch, or undefined. */
function disagreementOf(seed: number): Disagreement | undefined {
  let smallest: Disagreement | undefined
  const { failed, errorInstance } = fc.check(
    fc.property(anySituation, situation => {
      const found = findDisagreement(situation, (...decision) => {
        if (done++ % COUNTED === 0) count(census, ...decision)
      })
      if (found !== undefined) smallest = found
      return found === undefined
    }),
    { seed, numRuns: Math.min(SITUATIONS, Math.ceil((cases - done) / REQUESTS)) },
  )
  // What throws is no disagreement, but worse.
  if (failed && smallest === undefined) throw errorInstance
  return smallest
}

/**
 * In the format of vectors/policy: a case for `decisions.json`, or for `role-assumption.json`. It
 * claims what the reference says, until somebody has looked who is right.
 */
function vectorOf({ layers, request, engine, reference }: Disagreement) {
  const { principal, resourceAccount, ...asked } = request
  const { trust, bindings, boundary, resource, task, ...lists } = layers
  const { EvalDecision: decision, deniedBy } = reference
  const assumption = { trust: alone(trust), roleAccount: resourceAccount, bindings }
  return {
    principals: { caller: principal },
    case: {
      title: `the engine says ${engine.EvalDecision} (${engine.deniedBy ?? 'nothing denies'})`,
      principal: 'caller',
      ...asked,
      ...(trust ? assumption : { resourceAccount, bindings }),
      layers: { ...lists, boundary: alone(boundary), resource: alone(resource), task: alone(task) },
      decision,
      deniedBy,
    },
  }
}

/** Of these layers a vector has one document. */
function alone(documents: readonly Document[] = []) {
  return documents.length > 1 ? documents : documents[0]
}

function seconds(): number {
  return (performance.now() - started) / 1000
}

function rate(): string {
  return (done / seconds()).toFixed(0)
}
