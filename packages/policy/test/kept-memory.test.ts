// INVARIANT: a compiled policy keeps nothing of the requests that it decided. Policies are kept for
// long, a thousand session policies among them, and whoever asks chooses policy and request.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { compilePolicy, evaluate, explain, parsePolicy, policySet } from '../src/index.ts'
import { PRINCIPALS } from './arbitrary/callers.ts'
import { conditionKeys, type Document } from './vectors.ts'

setFlagsFromString('--expose-gc')
const collectGarbage = runInNewContext('gc') as () => void

const POLICIES = 60
const VALUE = 5000
/** Much less than one value takes, and more than the process's own part in the measure. */
const MOST_PER_POLICY = 1000

const [ALICE] = PRINCIPALS

/** Bytes that a policy is larger by after it has decided on a long value. */
function kept(Condition: Document, value: (n: number) => string): number {
  assert.ok(ALICE !== undefined)
  const decide = (set: ReturnType<typeof policySet>, text: string) => {
    const keys = conditionKeys({ 'aws:referer': text, 'aws:UserAgent': received(text + text) })
    const request = { action: 's3:GetObject', resource: '*', keys, principal: ALICE }
    evaluate(request, { identity: set })
    explain(request, { identity: set })
  }
  const sets = Array.from({ length: POLICIES }, () => {
    const statement = { Effect: 'Allow', Action: '*', Resource: '*', Condition }
    const text = JSON.stringify({ Version: '2012-10-17', Statement: statement })
    return policySet([compilePolicy(parsePolicy(text, 'session'), { type: 'session', name: 's' })])
  })
  for (const set of sets) decide(set, 'a')
  const before = used()
  for (const [n, set] of sets.entries()) decide(set, value(n))
  const after = used()
  assert.equal(sets.length, POLICIES)
  return (after - before) / POLICIES
}

/** As of the network: in memory of its own, not put together of what others have too. */
function received(text: string): string {
  return Buffer.from(text).toString('latin1')
}

function used(): number {
  collectGarbage()
  return process.memoryUsage().heapUsed
}

const OWN = '${aws:referer}'
const many = (between = '') => `*${(OWN + between).repeat(40)}`

const CONDITIONS: Readonly<Record<string, unknown>> = {
  StringLike: [many(), many('*'), `*${OWN}b*`, `*${OWN}?b`],
  StringEquals: [many(), OWN, 'a'],
  StringEqualsIgnoreCase: [many(), OWN, 'a'],
  ArnLike: [`arn:aws:s3:::${many()}`, `arn:aws:s3:${many()}::a`],
  DateLessThan: '2030-01-01',
  NumericLessThan: '7',
  IpAddress: '192.0.2.0/24',
  Bool: 'true',
  BinaryEquals: 'YQ==',
}

for (const [operator, wanted] of Object.entries(CONDITIONS)) {
  for (const key of ['aws:referer', 'aws:UserAgent']) {
    test(`a policy keeps nothing of a request: ${operator} of ${key}`, () => {
      const value = (n: number) => received(`arn:aws:s3:::X${n}`.padEnd(VALUE, 'x'))
      const condition = { [operator]: { [key]: wanted } }
      // What is kept is kept every time; what the process makes for itself meanwhile is not.
      let bytes = Number.POSITIVE_INFINITY
      for (let attempt = 0; attempt < 5 && bytes >= MOST_PER_POLICY; attempt++) {
        bytes = Math.min(bytes, kept(condition, value))
      }
      assert.ok(bytes < MOST_PER_POLICY, `${bytes.toFixed(0)} bytes`)
    })
  }
}
