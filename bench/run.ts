// `npm run bench`: everything that is measured, side by side with its yardstick, in one run. Machines differ and are shared: read
// the ratios and medians, not the figures.
import { cpus } from 'node:os'
import { bench as factors } from '../packages/factors/bench/totp.ts'
import { bench as coverage } from '../packages/policy/bench/coverage.ts'
import { bench as policy } from '../packages/policy/bench/decisions.ts'
import { bench as pages } from './console.ts'
import { bench as peers } from './peers/run.ts'
import { bench as protocol } from '../packages/protocol/bench/protocol.ts'
import { bench as requests } from '../packages/server/bench/requests.ts'

const PARTS = { coverage, protocol, factors } as const

console.log(`Node ${process.version} on ${cpus().length} × ${cpus()[0]?.model ?? 'unknown'}\n`)
console.log('policy')
policy()
console.log('policy, beside its peers')
await peers()
for (const [name, bench] of Object.entries(PARTS)) {
  console.log(name)
  for (const { name: what, perSecond } of await bench()) {
    console.log(`  ${what}: ${Math.round(perSecond).toLocaleString('en')}/s`)
  }
}
console.log('requests')
await requests()
console.log('console')
await pages()
