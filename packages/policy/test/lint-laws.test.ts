// Laws of the linter: whatever the text it answers, whatever it corrects is a policy without that
// finding, and a document without findings about MFA protects.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import {
  compilePolicy,
  evaluate,
  type Finding,
  fixPolicy,
  lintPolicy,
  type LintOptions,
  MFA_STATES,
  type MfaState,
  parsePolicy,
  policySet,
  withMfa,
} from '../src/index.ts'
import { ALICE } from './arbitrary-policies.ts'
import { SMALL_CATALOGUE } from './lint-catalogue.ts'
import { lintVectors, optionsOf } from './lint-vectors.ts'

const OPERATORS = [
  'Bool',
  'BoolIfExists',
  'Null',
  'ForAllValues:Bool',
  'ForAnyValue:BoolIfExists',
  'StringEquals',
  'StringNotEqualsIfExists',
  'StringLike',
]
const NUMERIC = ['NumericLessThan', 'NumericGreaterThan', 'NumericEquals', 'NumericNotEquals']

/** Conditions on MFA in every shape that parses. */
const mfaBlock = fc
  .array(
    fc.oneof(
      fc.tuple(
        fc.constantFrom(...OPERATORS),
        fc.constantFrom('aws:MultiFactorAuthPresent', 'AWS:multifactorauthpresent'),
        fc.oneof(
          fc.constantFrom('true', 'false', 'yes', 'no', 'TRUE', '*'),
          fc.subarray(['true', 'false'], { minLength: 0 }),
        ),
      ),
      fc.tuple(
        fc.constantFrom(...NUMERIC.flatMap(name => [name, `${name}IfExists`])),
        fc.constant('aws:MultiFactorAuthAge'),
        fc.constantFrom('3600', '0', '43200', '3600000'),
      ),
      fc.tuple(
        fc.constant('Null'),
        fc.constant('aws:MultiFactorAuthAge'),
        fc.constantFrom('true', 'false'),
      ),
    ),
    { minLength: 1, maxLength: 3 },
  )
  .map(blockOf)

const otherBlock = fc
  .array(
    fc.constantFrom<[string, string, string | string[]]>(
      ['StringEquals', 'aws:TagKeys', ['a']],
      ['ForAllValues:StringEquals', 'aws:TagKeys', ['a']],
      ['ForAnyValue:StringEquals', 'aws:TagKeys', 'b'],
      ['StringEquals', 'aws:PrincpalArn', 'x'],
      ['StringEquals', 'aws:SourceIp', '203.0.113.0/24'],
      ['IpAddress', 'aws:SourceIp', ['10.0.0.0/8', '203.0.113.0/24']],
      ['NotIpAddress', 'aws:SourceIp', '192.168.0.0/16'],
      ['IpAddress', 'aws:VpcSourceIp', '10.0.0.0/8'],
      ['Bool', 'aws:ViaAWSService', 'false'],
      ['Bool', 'aws:SecureTransport', 'on'],
      ['Null', 'aws:TagKeys', 'true'],
      ['StringEquals', 'sts:ExternalId', 'x'],
      ['ArnLike', 'aws:PrincipalArn', 'arn:aws:iam::*:role/x'],
    ),
    { maxLength: 2 },
  )
  .map(blockOf)

type Block = Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>

function blockOf(conditions: readonly [string, string, string | readonly string[]][]): Block {
  const block: Record<string, Record<string, string | readonly string[]>> = {}
  for (const [operator, key, values] of conditions) (block[operator] ??= {})[key] = values
  return block
}

/** `b` after `a`, both where they share an operator. */
function merged(a: Block, b: Block): Block {
  const operators = new Set([...Object.keys(a), ...Object.keys(b)])
  return Object.fromEntries([...operators].map(name => [name, { ...a[name], ...b[name] }]))
}

const ACTIONS = [
  'iam:*',
  'iam:CreateVirtualMFADevice',
  'iam:EnableMFADevice',
  'iam:DeactivateMFADevice',
  'iam:ListMFADevices',
  'iam:ListVirtualMFADevices',
  'iam:*MFA*',
  'sts:GetSessionToken',
  'sts:AssumeRole',
  's3:*',
  'iam:GetUser,ListUsers',
  'iam:EnableMFADevices',
  '*',
]
const RESOURCES = [
  '*',
  'arn:aws:iam::*:user/${aws:username}',
  'arn:aws:iam::*:user/*${aws:username}',
  'arn:aws:iam::*:user/*/${aws:username}',
  'arn:aws:iam::*:user/&{aws:username}',
  'arn:aws:iam::${aws:PrincipalAccount}:user/x',
  'arn:aws:iam:::mfa/${aws:username}',
  'arn:aws:iam::*:mfa/${aws:username}',
  'arn:aws:s3:::b/*',
]
const PRINCIPALS = [
  { AWS: '*' },
  { AWS: ['arn:aws:iam::123456789012:root', 'arn:aws:iam::999999999999:role/x'] },
  { AWS: 'arn:aws:iam::123456789012:user/ana' },
  { Service: 'ec2.amazonaws.com' },
  { Service: ['ec2.amazonaws.com'], AWS: '123456789012' },
]

const oneOrMore = (texts: readonly string[]) =>
  fc.oneof(
    fc.constantFrom(...texts),
    fc.uniqueArray(fc.constantFrom(...texts), { minLength: 1, maxLength: 3 }),
  )

const anyStatement = (kind: LintOptions['kind']) =>
  fc
    .record({
      Effect: fc.constantFrom('Allow', 'Deny'),
      action: fc.tuple(fc.constantFrom('Action', 'NotAction'), oneOrMore(ACTIONS)),
      Resource: oneOrMore(RESOURCES),
      Principal: fc.constantFrom(...PRINCIPALS),
      Condition: fc.option(
        fc.tuple(fc.option(mfaBlock, { nil: {} }), otherBlock).map(([a, b]) => merged(a, b)),
        { nil: undefined },
      ),
    })
    .map(({ Effect, action: [element, actions], Resource, Principal, Condition }) =>
      kind === 'trust'
        ? { Effect, Principal, Action: 'sts:AssumeRole', Condition }
        : { Effect, [element]: actions, Resource, Condition },
    )

/** A document as somebody might have laid it out, with what is known of it. */
const anyDocument = fc
  .record({
    options: fc.constantFrom<LintOptions>(
      { kind: 'identity', catalogue: SMALL_CATALOGUE },
      { kind: 'identity', attachedTo: ['user', 'role'] },
      { kind: 'identity', attachedTo: ['role'] },
      { kind: 'scp' },
      { kind: 'trust', account: '123456789012' },
    ),
    version: fc.constantFrom('2012-10-17', '2008-10-17', undefined),
    alone: fc.boolean(),
    space: fc.constantFrom(undefined, 1, 2, 4, '\t'),
  })
  .chain(({ options, version, alone, space }) =>
    fc
      .array(anyStatement(options.kind), { minLength: 1, maxLength: alone ? 1 : 3 })
      .map(statements => ({
        options,
        text: JSON.stringify(
          { Version: version, Statement: alone ? statements[0] : statements },
          undefined,
          space,
        ),
      })),
  )

function isPolicy(text: string, { kind }: LintOptions): boolean {
  try {
    parsePolicy(text, kind)
    return true
  } catch {
    return false
  }
}

const count = (findings: readonly Finding[], code: string) =>
  findings.filter(finding => finding.code === code).length

test('a corrected document is a policy and has that finding no longer', () => {
  fc.assert(
    fc.property(anyDocument, ({ text, options }) => {
      fc.pre(isPolicy(text, options))
      const found = lintPolicy(text, options)
      for (const { code, fix } of found) {
        if (fix === undefined) continue
        assert.ok(isPolicy(fix, options), `${code}: ${fix}`)
        const left = lintPolicy(fix, options)
        assert.ok(count(left, code) < count(found, code), `${code} is still in ${fix}`)
      }
    }),
    { numRuns: 600 },
  )
})

test('of a document corrected until the end nothing is left that has a correction', () => {
  fc.assert(
    fc.property(anyDocument, ({ text, options }) => {
      const { text: fixed, corrected } = fixPolicy(text, options)
      assert.ok(corrected.length < 100)
      const left = lintPolicy(fixed, options).filter(({ severity }) => severity !== 'info')
      assert.deepEqual(
        left.filter(({ fix }) => fix !== undefined).map(({ code }) => code),
        [],
      )
    }),
    { numRuns: 300 },
  )
})

test('a finding is inside of the text, and its place is not empty', () => {
  fc.assert(
    fc.property(anyDocument, ({ text, options }) => {
      const lines = text.split('\n')
      for (const { start, end } of lintPolicy(text, options)) {
        assert.ok(start.line < end.line || (start.line === end.line && start.column < end.column))
        assert.ok(end.column <= (lines[end.line - 1]?.length ?? 0) + 1)
      }
    }),
    { numRuns: 300 },
  )
})

/** In which states a user gets through, with an Allow of everything beside a Deny. */
function statesAllowed(text: string, effect: string): readonly MfaState[] {
  const allowAll =
    '{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"*","Resource":"*"}}'
  const source = { type: 'inline', name: 'x' } as const
  const texts = effect === 'Deny' ? [text, allowAll] : [text]
  const identity = policySet(
    texts.map(document => compilePolicy(parsePolicy(document, 'identity'), source)),
  )
  return MFA_STATES.filter(state => {
    const keys = withMfa(new Map(), state, { staleSeconds: 129_600 })
    const request = { action: 's3:GetObject', resource: 'arn:aws:s3:::b/k', keys, principal: ALICE }
    return evaluate(request, { identity }).EvalDecision === 'allowed'
  })
}

test('without a finding, MFA opens and nothing else does; with one, it is not so', () => {
  fc.assert(
    fc.property(
      mfaBlock,
      fc.constantFrom('Allow', 'Deny'),
      fc.constantFrom('Action', 'NotAction'),
      (Condition, Effect, element) => {
        const action = element === 'Action' ? 's3:*' : ['iam:EnableMFADevice']
        const statement = { Effect, [element]: action, Resource: '*', Condition }
        const text = JSON.stringify({ Version: '2012-10-17', Statement: [statement] })
        const isFaulty = lintPolicy(text, { kind: 'identity' }).some(({ code }) =>
          /^MFA0(?:0|1|20)/.test(code),
        )
        const allowed = statesAllowed(text, Effect)
        const protects =
          allowed.includes('freshMfa') &&
          !allowed.includes('longTermKey') &&
          !allowed.includes('noMfaSession')
        assert.equal(isFaulty, !protects, allowed.join())
      },
    ),
    { numRuns: 1000 },
  )
})

test('every correction of a condition on MFA protects', () => {
  fc.assert(
    fc.property(mfaBlock, fc.constantFrom('Allow', 'Deny'), (Condition, Effect) => {
      const statement = { Effect, Action: 's3:*', Resource: '*', Condition }
      const text = JSON.stringify({ Version: '2012-10-17', Statement: [statement] })
      const fix = lintPolicy(text, { kind: 'identity' }).find(({ code }) =>
        /^MFA0(?:0|1|20)/.test(code),
      )?.fix
      if (fix === undefined) return
      const allowed = statesAllowed(fix, Effect)
      assert.deepEqual(
        allowed.filter(state => state !== 'staleMfa'),
        ['freshMfa'],
      )
    }),
    { numRuns: 300 },
  )
})

test('whatever the text, the linter answers', () => {
  const documents = lintVectors().flatMap(([, { cases }]) => cases)
  fc.assert(
    fc.property(
      fc.constantFrom(...documents),
      fc.nat(),
      fc.nat({ max: 12 }),
      fc.string({ unit: fc.constantFrom('"', '{', '}', '[', ',', ':', '\\', '$', '*', 'a', '\n') }),
      (one, at, length, inserted) => {
        const text = one.text.join('\n')
        const start = at % text.length
        const mutated = text.slice(0, start) + inserted + text.slice(start + length)
        for (const { fix } of lintPolicy(mutated, optionsOf(one))) void fix
        lintPolicy(inserted, optionsOf(one))
      },
    ),
    { numRuns: 600 },
  )
})

// About as long as a document may be, made of what costs most. Time is not asserted: quadratic work
// on such texts would end in the limit of the run.
for (const [title, statement] of [
  ['many actions', { Effect: 'Deny', NotAction: many(9000, at => `iam:*A${at}`), Resource: '*' }],
  [
    'many resources',
    {
      Effect: 'Allow',
      Action: many(2500, at => `s3:Get${at}`),
      Resource: many(2000, at => `arn:aws:iam::*:user/${at}$\{aws:username}`),
    },
  ],
  [
    'many values',
    {
      Effect: 'Deny',
      Action: '*',
      Resource: '*',
      Condition: { NotIpAddress: { 'aws:SourceIp': many(7000, () => '10.0.0.0/8') } },
    },
  ],
  ['a long action', { Effect: 'Allow', Action: `iam:${'a ,'.repeat(30_000)}`, Resource: '*' }],
  [
    'a long resource',
    {
      Effect: 'Allow',
      Action: 'iam:EnableMFADevice',
      Resource: `arn:aws:iam::*:user/${':user/'.repeat(15_000)}`,
    },
  ],
  [
    'a long key',
    {
      Effect: 'Allow',
      Action: '*',
      Resource: '*',
      Condition: { StringEquals: { [`aws:${'x'.repeat(90_000)}`]: 'x' } },
    },
  ],
] as const) {
  test(`a document of the greatest length is looked at in linear time: ${title}`, () => {
    const text = JSON.stringify({ Version: '2012-10-17', Statement: [statement] })
    assert.ok(text.length > 80_000 && text.length <= 131_072, String(text.length))
    const options = { kind: 'identity', catalogue: SMALL_CATALOGUE } as const
    assert.ok(Array.isArray(lintPolicy(text, options)))
  })
}

function many(length: number, text: (at: number) => string): string[] {
  return Array.from({ length }, (_, at) => text(at))
}

test('what is longer than a document may be is not looked at', () => {
  const found = lintPolicy(' '.repeat(131_073), { kind: 'identity' })
  assert.deepEqual(
    found.map(({ code }) => code),
    ['DOC001'],
  )
})
