// Nobody who writes a document or a request chooses how long it takes: eight times the input takes
// about eight times as long, and never sixty-four.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  compilePolicy,
  evaluate,
  explain,
  parsePolicy,
  PolicyError,
  type PolicyKind,
  policySet,
  policySize,
  printPolicy,
} from '../src/index.ts'
import { PRINCIPALS } from './arbitrary/callers.ts'
import { conditionKeys, type Document, type Keys } from './vectors.ts'

const GROWTH = 8
/** Between the 8 of linear time, with what caches and collectors add, and the 64 of quadratic. */
const MOST = 30
/** Eight times this is the longest document that IAM reads. */
const LARGEST = 131_072 / GROWTH
/** Milliseconds that can be told from the clock's own noise. */
const MEASURABLE = 0.25
const LEAST = 0.02

/**
 * Measures a size that takes a measurable time, and one eight times as large.
 * @param prepare makes an input of about `size` characters, and what is done with it
 */
function assertLinear(prepare: (size: number) => () => void) {
  const size = measurableSize(prepare)
  // What disturbed one measurement, another process or the collector, does not disturb them all.
  let least = Number.POSITIVE_INFINITY
  for (let attempt = 0; attempt < 5 && least >= MOST; attempt++) {
    least = Math.min(least, cost(prepare(size * GROWTH)) / cost(prepare(size)))
  }
  assert.ok(least < MOST, `${least.toFixed(0)} times as long for ${GROWTH} times ${size}`)
}

function measurableSize(prepare: (size: number) => () => void): number {
  let size = 256
  while (size < LARGEST && cost(prepare(size)) < MEASURABLE) size *= 2
  return size
}

/** Milliseconds: the least of several runs is the one that nothing disturbed. */
function cost(run: () => void): number {
  const times = Array.from({ length: 5 }, () => {
    const before = performance.now()
    run()
    return performance.now() - before
  })
  return Math.max(LEAST, Math.min(...times))
}

/** Parsing, whether the document is taken or refused. */
function parsing(text: string, kind: PolicyKind = 'identity') {
  return () => {
    policySize(text)
    try {
      printPolicy(parsePolicy(text, kind))
    } catch (error) {
      if (!(error instanceof PolicyError)) throw error
    }
  }
}

const document = (statement: Document, Version = '2012-10-17') =>
  JSON.stringify({ Version, Statement: statement })
const allow = { Effect: 'Allow', Action: '*', Resource: '*' }
const fill = (size: number, text: string) => text.repeat(Math.ceil(size / text.length))
const list = (size: number, make: (at: number) => string) =>
  Array.from({ length: Math.ceil(size / make(0).length) }, (_, at) => make(at))
const members = <T>(names: readonly string[], value: T) =>
  Object.fromEntries(names.map(name => [name, value]))

const TEXTS: Readonly<Record<string, (size: number) => string>> = {
  'white space': size => fill(size, ' \n\t') + document(allow),
  'one long string': size => document({ ...allow, Sid: fill(size, 'a') }),
  'a string without an end': size => `{"Id":"${fill(size, 'a')}`,
  escapes: size => `{"Id":"${fill(size, '\\u0061\\n')}","Statement":[]}`,
  backslashes: size => `{"Id":"${fill(size, '\\')}`,
  'a long number': size => `{"Version":${fill(size, '1')}}`,
  'a long fraction': size => `{"Version":0.${fill(size, '0')}e+${fill(size, '9')}x`,
  'many numbers': size => `[${fill(size, '1e5,')}0]`,
  'many members': size =>
    JSON.stringify(
      members(
        list(size, at => `name${at}`),
        1,
      ),
    ),
  'many statements': size =>
    JSON.stringify({ Statement: list(size / 50, at => `${at}`).map(() => allow) }),
  'many identifiers': size =>
    JSON.stringify({ Statement: list(size / 50, at => `S${at}`).map(Sid => ({ ...allow, Sid })) }),
  'many actions': size => document({ ...allow, Action: list(size, at => `s3:Get${at}*`) }),
  'a long action': size => document({ ...allow, Action: `s3:${fill(size, '*a?')}` }),
  'colons in an action': size => document({ ...allow, Action: fill(size, ':') }),
  'many resources': size =>
    document({ ...allow, Resource: list(size, at => `arn:aws:s3:::b/${at}`) }),
  'a long resource': size => document({ ...allow, Resource: `arn:aws:s3:::${fill(size, 'a:*')}` }),
  'colons in a resource': size => document({ ...allow, Resource: fill(size, ':') }),
  'variables in a resource': size =>
    document({ ...allow, Resource: `arn:aws:s3:::${fill(size, '${a}:')}` }),
  'variables without an end': size =>
    document({ ...allow, Resource: `arn:aws:s3:::${fill(size, '${')}` }),
  'dollar signs': size => document({ ...allow, Resource: `arn:aws:s3:::${fill(size, '$')}` }),
  'many conditions': size =>
    document({
      ...allow,
      Condition: {
        StringLike: members(
          list(size, at => `key${at}`),
          '*',
        ),
      },
    }),
  'many operators': size =>
    document({
      ...allow,
      Condition: members(
        list(size, at => `ForAllValues:String${at}`),
        {},
      ),
    }),
  'many values': size =>
    document({
      ...allow,
      Condition: { IpAddress: { k: list(size, at => `10.0.${at % 256}.0/24`) } },
    }),
  ...Object.fromEntries(
    (
      [
        ['NumericEquals', '1'],
        ['NumericEquals', '0'],
        ['DateEquals', '1'],
        ['DateEquals', '0'],
        ['DateEquals', '1-'],
        ['IpAddress', ':'],
        ['IpAddress', '1:'],
        ['IpAddress', '1.'],
        ['IpAddress', '0'],
        ['BinaryEquals', 'A'],
        ['BinaryEquals', '='],
        ['ArnLike', ':'],
        ['ArnLike', '*'],
      ] as const
    ).map(([operator, unit]) => [
      `a value of ${operator} made of ${unit}`,
      (size: number) =>
        document({ ...allow, Condition: { [operator]: { k: `${fill(size, unit)}x` } } }),
    ]),
  ),
}

for (const [name, text] of Object.entries(TEXTS)) {
  test(`parsing takes linear time: ${name}`, () => assertLinear(size => parsing(text(size))))
}

const PRINCIPAL_TEXTS: Readonly<Record<string, (size: number) => unknown>> = {
  'many principals': size => ({ AWS: list(size, at => `arn:aws:iam::111122223333:user/u${at}`) }),
  'a long principal': size => ({ AWS: `arn:aws:iam::111122223333:user/${fill(size, 'a')}*` }),
  'a principal of digits': size => ({ AWS: fill(size, '1') }),
  'a service of dots': size => ({ Service: `${fill(size, 'a.')}!` }),
  'a provider of dashes': size => ({ Federated: `${fill(size, '-')}!` }),
}

for (const [name, Principal] of Object.entries(PRINCIPAL_TEXTS)) {
  test(`parsing takes linear time: ${name} in a trust policy`, () => {
    assertLinear(size => {
      const statement = { Effect: 'Allow', Principal: Principal(size), Action: 'sts:AssumeRole' }
      return parsing(document(statement), 'trust')
    })
  })
}

type Question = {
  readonly statement?: Document
  readonly statements?: readonly Document[]
  readonly action?: string
  readonly resource?: string
  readonly keys?: Keys
}

const [ALICE] = PRINCIPALS

/** Compiling a document, and one decision on it and its explanation. */
function deciding({
  statement,
  statements,
  action = 's3:GetObject',
  resource = '*',
  keys,
}: Question) {
  const Statement = statements ?? [{ ...allow, ...statement }]
  const policy = parsePolicy(JSON.stringify({ Version: '2012-10-17', Statement }), 'session')
  assert.ok(ALICE !== undefined)
  const request = { action, resource, keys: conditionKeys(keys), principal: ALICE }
  return () => {
    const set = policySet([compilePolicy(policy, { type: 'inline', name: 'p' })])
    evaluate(request, { identity: set })
    explain(request, { identity: set })
  }
}

const like = (pattern: string, value: string): Question => ({
  statement: { Condition: { StringLike: { 's3:prefix': pattern } } },
  keys: { 's3:prefix': value },
})

const QUESTIONS: Readonly<Record<string, (size: number) => Question>> = {
  'a*a*a*… that nearly matches': size => like(`${fill(size, 'a*')}b`, fill(size, 'a')),
  '*a*a*… that nearly matches': size => like(`${fill(size, '*a')}*c`, `${fill(size, 'a')}b`),
  'one long run that nearly matches': size => like(`*${fill(size / 2, 'a')}b`, fill(size, 'a')),
  'one long run in the middle': size => like(`*${fill(size / 2, 'a')}b*`, fill(size, 'a')),
  'runs that repeat themselves': size =>
    like(`*${fill(size / 2, 'ab')}c*${fill(size / 2, 'ab')}c*`, fill(size, 'ab')),
  'stars alone': size => like(fill(size, '*') + 'b', fill(size, 'a')),
  'stars and question marks': size => like(`${fill(size, '*?')}b`, fill(size, 'a')),
  'many patterns': size => ({
    statement: { Condition: { StringLike: { 's3:prefix': list(size, at => `*${at}*`) } } },
    keys: { 's3:prefix': 'abc' },
  }),
  'a long action': size => ({
    statement: { Action: `s3:${fill(size, '*a')}b` },
    action: `s3:${fill(size, 'a')}`,
  }),
  'a long resource': size => ({
    statement: { Resource: `arn:aws:s3:::*${fill(size / 2, 'a')}b` },
    resource: `arn:aws:s3:::${fill(size, 'a')}`,
  }),
  'a resource of colons': size => ({
    statement: { Resource: `arn:aws:s3:::${fill(size, ':*')}` },
    resource: `arn:aws:s3:::${fill(size, ':')}`,
  }),
  variables: size => ({
    ...like(fill(size, '${aws:username}'), 'a'),
    keys: { 's3:prefix': fill(size / 15, 'a'), 'aws:username': 'a' },
  }),
  'variables between stars': size => ({
    ...like(`${fill(size, '*${aws:username}')}b`, ''),
    keys: { 's3:prefix': fill(size, 'a'), 'aws:username': 'a' },
  }),
  'a long value in a variable': size => ({
    ...like('*${aws:username}b', ''),
    keys: { 's3:prefix': fill(size * 2, 'a'), 'aws:username': fill(size, 'a') },
  }),
  // Long enough that thirty-two units at once would not hide what is quadratic.
  'a long value before a question mark': size => ({
    ...like('*${aws:username}?b*', ''),
    keys: { 's3:prefix': fill(64 * size, 'a'), 'aws:username': fill(32 * size, 'a') },
  }),
  'variables without a text': size => like(`*${fill(size, "${k, ''}")}xy*`, fill(size, 'xz')),
  defaults: size => like(fill(size, "${k, 'a'}*"), fill(size / 10, 'a')),
  'an ARN of stars': size => ({
    statement: {
      Condition: { ArnLike: { 'aws:SourceArn': `arn:aws:s3:*:*:${fill(size, '*a')}b` } },
    },
    keys: { 'aws:SourceArn': `arn:aws:s3:::${fill(size, 'a')}` },
  }),
  'many values of a request': size => ({
    statement: { Condition: { 'ForAllValues:StringLike': { 'aws:TagKeys': ['*a*', '*b*'] } } },
    keys: { 'aws:TagKeys': list(size, at => `key a ${at}`) },
  }),
  'many values on both sides of an equality': size => ({
    statement: {
      Condition: { 'ForAllValues:StringEquals': { 'aws:TagKeys': list(size, at => `key${at}`) } },
    },
    keys: { 'aws:TagKeys': list(size, at => `key${at}`) },
  }),
  'many statements': size => ({
    statements: list(size / 20, at => `s3:Get${at}*`).map(Action => ({ ...allow, Action })),
  }),
  'many conditions': size => ({
    statement: {
      Condition: {
        Null: members(
          list(size, at => `key${at}`),
          'true',
        ),
      },
    },
  }),
  ...Object.fromEntries(
    (
      [
        ['NumericEquals', '1', '1'],
        ['NumericEquals', '1', '0'],
        ['NumericLessThan', '1e9', '.'],
        ['DateEquals', '2030-01-01', '0'],
        ['DateEquals', '2030-01-01', '1:'],
        ['IpAddress', '::/0', ':'],
        ['IpAddress', '::/0', '1:'],
        ['IpAddress', '0.0.0.0/0', '0'],
        ['BinaryEquals', 'YQ==', 'A'],
        ['Bool', 'true', 'true'],
        ['StringEqualsIgnoreCase', 'a', '\u03a3\ud801'],
        ['ArnLike', 'arn:*:*:*:*:*', 'arn:'],
      ] as const
    ).map(([operator, wanted, unit]) => [
      `a value for ${operator} made of ${unit}`,
      (size: number): Question => ({
        statement: { Condition: { [operator]: { k: wanted } } },
        keys: { k: `${fill(size, unit)}x` },
      }),
    ]),
  ),
}

/** A variable, named as often as it fits into a policy of `size`. */
const named = (size: number, between = '') => fill(size, '${aws:username}' + between)

/** A key of the request under an operator, with a value for the variable. */
const asked = (operator: string, wanted: unknown, value: string, username: string): Question => ({
  statement: { Condition: { [operator]: { 'aws:referer': wanted } } },
  keys: { 'aws:referer': value, 'aws:username': username },
})

/** A policy names a variable n times, and a request has n units for it: never n × n. */
const VARIABLES_TIMES_VALUE: Readonly<Record<string, (size: number) => Question>> = {
  StringLike: size => asked('StringLike', `*${named(size)}`, fill(size, 'a'), fill(size, 'a')),
  'StringLike, between stars': size =>
    asked('StringLike', `*${named(size, '*')}b`, fill(size, 'a'), fill(size / 2, 'a')),
  'StringLike, one of them missing': size =>
    asked('StringLike', `*${named(size)}*\${aws:none}`, fill(size, 'a'), fill(size, 'a')),
  StringEquals: size => asked('StringEquals', named(size), fill(size, 'a'), fill(size, 'a')),
  StringEqualsIgnoreCase: size =>
    asked('StringEqualsIgnoreCase', named(size), fill(size, 'A'), fill(size, 'a')),
  'StringEqualsIgnoreCase, beyond ASCII': size =>
    asked('StringEqualsIgnoreCase', named(size), fill(size, '\u0391'), fill(size, '\u03b1')),
  'ArnLike, in the resource': size =>
    asked(
      'ArnLike',
      `arn:aws:s3:::*${named(size)}`,
      `arn:aws:s3:::${fill(size, 'a')}`,
      fill(size, 'a'),
    ),
  'ArnLike, before it': size =>
    asked(
      'ArnLike',
      `arn:aws:s3:${named(size)}::a`,
      `arn:aws:s3:${fill(size, 'a')}::a`,
      fill(size, 'a'),
    ),
  'ArnLike, no ARN without the value': size =>
    asked(
      'ArnLike',
      `arn:${named(size)}`,
      `arn:aws:s3:::${fill(size, 'a')}`,
      `${fill(size, 'a')}:`,
    ),
  'ArnLike, no ARN at all': size =>
    asked('ArnLike', `arn:${named(size)}`, `arn:aws:s3:::${fill(size, 'a')}`, fill(size, 'a')),
  'a resource': size => ({
    statement: { Resource: `arn:aws:s3:::*${named(size)}?` },
    resource: `arn:aws:s3:::${fill(size, 'a')}`,
    keys: { 'aws:username': fill(size, 'a') },
  }),
}

for (const [name, question] of Object.entries(VARIABLES_TIMES_VALUE)) {
  test(`deciding takes linear time: a long value in many variables, ${name}`, () => {
    assertLinear(size => deciding(question(size)))
  })
}

for (const [name, question] of Object.entries(QUESTIONS)) {
  test(`deciding takes linear time: ${name}`, () => assertLinear(size => deciding(question(size))))
}

/**
 * A run of units and question marks is looked for thirty-two at once, in text × run: linear in each,
 * and not long for the longest run that IAM stores.
 */
const QUOTA = 6144

test('deciding takes linear time: a run of question marks, in the text', () => {
  const pattern = `*${fill(QUOTA, 'a?')}b*`
  assertLinear(size => deciding(like(pattern, fill(QUOTA + size, 'a'))))
})

test('deciding takes linear time: a run of question marks, in the run', () => {
  const text = fill(2 * QUOTA, 'a')
  assertLinear(size => deciding(like(`*${fill(size, 'a?')}b*`, text)))
})
