// Twinlock's policy engine beside others, in one process, on the same cases with the same answers.
// The others are installed here when they are missing, for nobody but this benchmark.
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { CASES, DOCUMENTS, requestOf } from '../../packages/policy/bench/cases.ts'
import { perSecond } from '../../packages/policy/bench/measure.ts'
import { compilePolicy, evaluate, parsePolicy, policySet } from '../../packages/policy/src/index.ts'
import { preparsed } from './cedar.ts'
import { preparedAuthorize, unsafeSimulation } from './iam-simulate.ts'
import type { Peer } from './peer.ts'

/** Prints decisions per second of each, and how many of ours are one of theirs; about ten seconds. */
export async function bench() {
  if (!install()) return
  const ours = measured(twinlock(), 500_000)
  console.log(`  twinlock: ${shown(ours)} decisions/s`)
  for (const open of [unsafeSimulation, preparedAuthorize, preparsed]) {
    const peer = await open()
    const theirs = measured(peer, 2000)
    console.log(
      `  ${peer.name}: ${shown(theirs)} decisions/s; twinlock makes ${shown(ours / theirs)} for each`,
    )
  }
}

function twinlock(): Peer {
  const identity = policySet(
    Object.entries(DOCUMENTS).map(([name, document]) =>
      compilePolicy(parsePolicy(JSON.stringify(document), 'identity'), { type: 'managed', name }),
    ),
  )
  const layers = { identity }
  return {
    name: 'twinlock',
    prepare: one => {
      const request = requestOf(one)
      return () => evaluate(request, layers).EvalDecision
    },
  }
}

/** Decisions per second, after every case was decided as it must be. */
function measured({ name, prepare, tellsDenialsApart = true }: Peer, decisions: number): number {
  const decide = CASES.map(one => {
    const decideOnce = prepare(one)
    const wanted = tellsDenialsApart || one.decision === 'allowed' ? one.decision : 'denied'
    const decision = decideOnce()
    if (decision !== wanted) throw new Error(`${name}: ${one.title}: ${decision}`)
    return decideOnce
  })
  return perSecond(calls => {
    for (let done = 0; done < calls; done += decide.length) {
      for (const decideOnce of decide) decideOnce()
    }
  }, decisions)
}

function install(): boolean {
  const here = import.meta.dirname
  if (existsSync(`${here}/node_modules`)) return true
  console.log('  installing the peers')
  const { status, stderr } = spawnSync('npm', ['ci', '--no-audit', '--no-fund'], {
    cwd: here,
    encoding: 'utf8',
  })
  if (status === 0) return true
  console.log(`  PEERS NOT MEASURED: they could not be installed\n${stderr}`)
  return false
}

const shown = (figure: number) => Math.round(figure).toLocaleString('en')

if (import.meta.main) await bench()
