// INVARIANT: a decision allocates nothing. The smallest object takes sixteen bytes, so less than one
// byte a decision is none.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ACCOUNT, CASES, DOCUMENTS, requestOf, USER } from '../bench/cases.ts'
import { bytesPerCall } from '../bench/measure.ts'
import { compiled, type Document } from '../test/vectors.ts'
import {
  evaluate,
  evaluateTrust,
  explain,
  type Layers,
  type PolicyKind,
  policySet,
} from './index.ts'

const set = (kind: PolicyKind, ...documents: readonly Document[]) =>
  policySet(documents.map(document => compiled(document, kind)))

const statement = (...Statement: readonly Document[]): Document => ({
  Version: '2012-10-17',
  Statement,
})

const ALLOW = { Effect: 'Allow', Action: '*', Resource: '*' }

/** Conditions that could be decided by building texts, lists or patterns. */
const INTRICATE = statement({
  Effect: 'Allow',
  Action: '*',
  Resource: ['arn:aws:s3:::*/${aws:username}/*', '*'],
  Condition: {
    StringEquals: { 'aws:username': ['bob', '${aws:username}'] },
    StringEqualsIgnoreCase: { 'aws:userid': 'aidaexampleexample01' },
    StringLike: { 'aws:PrincipalArn': "*:user/?${aws:none, 'lice'}" },
    ArnLike: { 'aws:PrincipalArn': 'arn:aws:iam::*:user/${aws:username}' },
    IpAddress: { 'aws:SourceIp': ['2001:db8::/32', '192.0.2.0/24'] },
    NumericLessThanIfExists: { 'aws:MultiFactorAuthAge': '100000' },
    DateLessThanIfExists: { 'aws:CurrentTime': '2030-01-01T00:00:00Z' },
    Null: { 'aws:TagKeys': 'true' },
  },
})

const identity = set('identity', ...Object.values(DOCUMENTS))
const LAYERS: Readonly<Record<string, Layers>> = {
  'conditions of every family': { identity: set('identity', INTRICATE) },
  'a boundary, session and task policies': {
    identity,
    boundary: set('boundary', INTRICATE),
    session: set('session', INTRICATE),
    task: set('session', INTRICATE),
  },
  'a resource policy': {
    identity: set('identity'),
    resource: set('resource', statement({ ...ALLOW, Principal: { AWS: [USER, ACCOUNT] } })),
  },
  'policies of an organization': {
    identity,
    scps: [set('scp', statement(ALLOW)), set('scp', INTRICATE)],
    rcps: [set('identity', statement(ALLOW))],
  },
}

/** The cases, with a key for the dates. */
const requests = CASES.map(requestOf).map(request => ({
  ...request,
  keys: {
    get: (key: string) =>
      key === 'aws:currenttime' ? '2026-01-02T03:04:05Z' : request.keys.get(key),
  },
}))

/** Bytes per decision, all requests in rotation. */
function bytes(decide: (request: (typeof requests)[number]) => unknown, warmUp = 100_000): number {
  const work = (decisions: number) => {
    for (let done = 0; done < decisions; done += requests.length) {
      for (const request of requests) decide(request)
    }
  }
  work(warmUp)
  return bytesPerCall(work, 5000, 30)
}

test('a decision on policies of the caller allocates nothing', () => {
  const layers = { identity }
  assert.ok(bytes(request => evaluate(request, layers)) < 1)
})

for (const [name, layers] of Object.entries(LAYERS)) {
  test(`a decision allocates nothing: ${name}`, () => {
    assert.ok(bytes(request => evaluate(request, layers)) < 1)
  })
}

test('a decision on a trust policy allocates nothing', () => {
  const assume = statement({ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { AWS: USER } })
  const layers = { identity, trust: set('trust', assume) }
  const asked = new Map(requests.map(one => [one, { ...one, action: 'sts:AssumeRole' }]))
  const decided = bytes(request => evaluateTrust(asked.get(request) ?? request, layers, ACCOUNT))
  assert.ok(decided < 1)
})

test('the measure sees what an explanation allocates', () => {
  const layers = { identity }
  assert.ok(bytes(request => explain(request, layers), 5000) > 100)
})
