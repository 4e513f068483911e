// What a decision costs: time, alone and among more and more policies; memory; and what it takes to
// get ready for it.
import {
  compilePolicy,
  evaluate,
  type EvaluationRequest,
  explain,
  type Layers,
  parsePolicy,
  policySet,
} from '../src/index.ts'
import { CASES, DOCUMENTS, requestOf } from './cases.ts'
import { bytesPerCall, perSecond } from './measure.ts'

const TEXTS = Object.values(DOCUMENTS).map(document => JSON.stringify(document))

/** Prints the figures, in about ten seconds. */
export function bench() {
  const layers = layersOf(TEXTS)
  const requests = CASES.map(requestOf)
  checkDecisions(layers)
  print('three policies of five statements', rate(layers, requests))
  for (const { title, ...one } of CASES) {
    print(`  ${title}`, rate(layers, [requestOf({ title, ...one })]))
  }
  for (const policies of [3, 30, 300]) {
    print(`${policies} policies`, rate(layersOf(manyPolicies(policies)), requests))
  }
  print('explained in full', rate(layers, requests, explain, 20_000))
  const bytes = bytesPerCall(decide(layers, requests, evaluate), 20_000)
  console.log(`  memory per decision, over a million of them: ${bytes.toFixed(2)} bytes`)
  benchCompilation(requests[0])
}

/** Warm, as a server compiles all but its first documents. */
function benchCompilation(request: EvaluationRequest | undefined) {
  const policies = TEXTS.map(text => parsePolicy(text, 'identity'))
  const compile = () =>
    policySet(policies.map(policy => compilePolicy(policy, { type: 'managed', name: 'bench' })))
  printMicroseconds('parse and validate the three documents', () =>
    TEXTS.map(text => parsePolicy(text, 'identity')),
  )
  printMicroseconds('compile and index them, statements on demand', compile)
  printMicroseconds('compile and index them, and decide the first request', () =>
    request === undefined ? undefined : evaluate(request, { identity: compile() }),
  )
  printMicroseconds('compile and index them, every statement', () =>
    compile().policies.map(({ statements }) => statements.map(({ compiled }) => compiled())),
  )
}

function checkDecisions(layers: Layers) {
  for (const one of CASES) {
    const { EvalDecision } = evaluate(requestOf(one), layers)
    if (EvalDecision !== one.decision) throw new Error(`${one.title}: ${EvalDecision}`)
  }
}

const layersOf = (texts: readonly string[]): Layers => ({
  identity: policySet(
    texts.map((text, at) =>
      compilePolicy(parsePolicy(text, 'identity'), { type: 'managed', name: `policy-${at}` }),
    ),
  ),
})

/**
 * The three documents among others: a third of those are about the same services, and all have a
 * Deny.
 */
function manyPolicies(count: number): readonly string[] {
  const others = Array.from({ length: count - TEXTS.length }, (_, at) => {
    const service = at % 3 === 0 ? 's3' : `service${at % 100}`
    return JSON.stringify({
      Version: '2012-10-17',
      Statement: [
        ...['Create', 'Update', 'Describe', 'Tag'].map(verb => ({
          Effect: 'Allow',
          Action: `${service}:${verb}Thing${at}`,
          Resource: `arn:aws:${service}:::thing-${at}/*`,
        })),
        {
          Effect: 'Deny',
          Action: [`${service}:Delete*Thing${at}`, `${service}:PurgeThing${at}`],
          Resource: '*',
          Condition: { BoolIfExists: { 'aws:MultiFactorAuthPresent': 'false' } },
        },
      ],
    })
  })
  return [...TEXTS, ...others]
}

type Decide = (request: EvaluationRequest, layers: Layers) => unknown

function rate(
  layers: Layers,
  requests: readonly EvaluationRequest[],
  how: Decide = evaluate,
  decisions = 200_000,
): number {
  return perSecond(decide(layers, requests, how), decisions)
}

const decide =
  (layers: Layers, requests: readonly EvaluationRequest[], how: Decide) => (decisions: number) => {
    for (let done = 0; done < decisions; done += requests.length) {
      for (const request of requests) how(request, layers)
    }
  }

function print(what: string, decisions: number) {
  console.log(`  ${what}: ${Math.round(decisions).toLocaleString('en')} decisions/s`)
}

function printMicroseconds(what: string, work: () => unknown) {
  const times = (calls: number) => {
    for (let done = 0; done < calls; done++) work()
  }
  console.log(`  ${what}: ${(1e6 / perSecond(times, 2000)).toFixed(1)} µs`)
}

if (import.meta.main) bench()
