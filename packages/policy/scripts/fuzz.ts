// Feeds the package hostile documents and requests, for as long as one wants:
//
//     node packages/policy/scripts/fuzz.ts --cases 1000000 --seed 1
//
// Fails with the smallest case that throws anything but a PolicyError; the same seed finds it again.
import { parseArgs } from 'node:util'
import fc from 'fast-check'
import { anyHostileDocument, anyHostileRequest } from '../test/arbitrary/hostile.ts'
import { endure } from '../test/endurance.ts'

const { values } = parseArgs({
  options: {
    cases: { type: 'string', default: '100000' },
    seed: { type: 'string', default: String(Date.now() % 2 ** 31) },
  },
})

const BATCH = 5000
const batches = Math.ceil(Number(values.cases) / BATCH)
const firstSeed = Number(values.seed)

console.log(`cases: ${batches * BATCH}, seed: ${firstSeed}`)
let accepted = 0

for (let batch = 1; batch <= batches; batch++) {
  const seed = firstSeed + batch - 1
  fc.assert(
    fc.property(anyHostileDocument, anyHostileRequest, (document, request) => {
      if (endure(document, request)) accepted++
    }),
    { seed, numRuns: BATCH },
  )
  console.log(`${batch * BATCH} cases, ${accepted} documents accepted, seed ${seed}`)
}
