// Documents and requests that nobody means well: arbitrary text, documents with something wrong in
// them, and what is well formed but strange.
import fc from 'fast-check'
import type { EvaluationRequest, PolicyKind } from '../../src/index.ts'
import { OPERATOR_NAMES } from '../../src/operators/operators.ts'
import { asciiJson } from '../agreement.ts'
import { conditionKeys } from '../vectors.ts'
import { PRINCIPALS } from './callers.ts'
import { ANY_DOCUMENT } from './documents.ts'

const KINDS = Object.keys(ANY_DOCUMENT) as PolicyKind[]

/** A text that is to be parsed as a document of that kind. */
export type HostileDocument = { readonly kind: PolicyKind; readonly text: string }

/** What parsers and lookups stumble over. */
const STRANGE: readonly string[] = [
  '',
  '__proto__',
  'constructor',
  'toString',
  'hasOwnProperty',
  '\u0000',
  '\ud800',
  '\udfff\ud800',
  '\ufeff',
  '${',
  '${}',
  '${${aws:username}}',
  "${a, '${b}'}",
  "${,'x'}",
  "${a ,'x'}",
  '*',
  '?',
  '**?*',
  ':',
  ':::::',
  'arn:',
  'arn:::::',
  'arn:aws:s3:::a:b:c:*',
  'ForAllValues:',
  'ForAnyValue:NullIfExists',
  'IfExists',
  '1e99999999999999999999',
  '9'.repeat(400),
  '0x1',
  '-0',
  '1'.repeat(30),
  '+292278994-01-01',
  '2030-01-01T00:00:00.123456789+99:99',
  '::ffff:1.2.3.4.5',
  ':'.repeat(50),
  '1.2.3.4/99999999999',
  '=',
  '====',
  'true ',
  '123456789012',
  'AIDA',
]

const anyStrangeText = fc.oneof(
  fc.constantFrom(...STRANGE),
  fc.string({ unit: 'binary', maxLength: 12 }),
  fc.string({
    unit: fc.constantFrom('$', '{', '}', '*', '?', ':', ',', "'", ' ', 'a'),
    maxLength: 20,
  }),
)

const anyStrangeValue: fc.Arbitrary<unknown> = fc.oneof(
  anyStrangeText,
  fc.jsonValue({ maxDepth: 3 }),
  fc.constantFrom<unknown>(null, true, -0, 1e308, 2 ** 53, [], {}, [[]], [null], { a: {} }),
  fc.dictionary(anyStrangeText, anyStrangeText, { maxKeys: 3 }),
)

type Edit = (value: unknown) => unknown

/** Something wrong at some place: a value replaced, a member added, dropped or renamed. */
const anyEdit: fc.Arbitrary<Edit> = fc
  .record({
    path: fc.array(fc.nat(), { minLength: 1, maxLength: 6 }),
    replacement: anyStrangeValue,
    name: anyStrangeText,
    what: fc.constantFrom('replace', 'add', 'drop', 'rename'),
  })
  .map(({ path, replacement, name, what }) => {
    const edit = (value: unknown, [step = 0, ...rest]: readonly number[]): unknown => {
      if (typeof value !== 'object' || value === null) return replacement
      const entries = Object.entries(value)
      const at = step % (entries.length + 1)
      const [key, inner] = entries[at] ?? [name, replacement]
      if (rest.length > 0 && at < entries.length) entries[at] = [key, edit(inner, rest)]
      else if (what === 'drop') entries.splice(at, 1)
      else if (what === 'rename') entries[at] = [name, inner]
      else if (what === 'add') entries.push([name, replacement])
      else entries[at] = [key, replacement]
      return Array.isArray(value) ? entries.map(([, one]) => one) : Object.fromEntries(entries)
    }
    return value => edit(value, path)
  })

const anyEditedDocument: fc.Arbitrary<HostileDocument> = fc.constantFrom(...KINDS).chain(kind =>
  fc
    .tuple(ANY_DOCUMENT[kind], fc.array(anyEdit, { minLength: 1, maxLength: 2 }), fc.boolean())
    .map(([document, edits, ascii]) => {
      const edited = edits.reduce<unknown>((value, edit) => edit(value), document)
      return { kind, text: ascii ? asciiJson(edited) : JSON.stringify(edited) }
    }),
)

/** A document with characters cut out, doubled or put in between. */
const anyDamagedDocument: fc.Arbitrary<HostileDocument> = fc
  .tuple(anyEditedDocument, fc.nat(), fc.nat({ max: 20 }), anyStrangeText, fc.boolean())
  .map(([{ kind, text }, at, length, inserted, doubles]) => {
    const start = at % (text.length + 1)
    const kept = doubles ? text.slice(start, start + length) : ''
    return {
      kind,
      text: text.slice(0, start) + inserted + kept + kept + text.slice(start + length),
    }
  })

/** Nothing wrong for AWS, and strange wherever a text is free: these are compiled and asked. */
const anyStrangeDocument: fc.Arbitrary<HostileDocument> = fc
  .record({
    Effect: fc.constantFrom('Allow', 'Deny'),
    actions: fc.array(anyStrangeText, { minLength: 1, maxLength: 3 }),
    resources: fc.array(anyStrangeText, { minLength: 1, maxLength: 3 }),
    operator: fc.constantFrom(...OPERATOR_NAMES.filter(name => !name.includes('Binary'))),
    key: anyStrangeText,
    values: fc.array(anyStrangeText, { maxLength: 3 }),
  })
  .map(({ Effect, actions, resources, operator, key, values }) => {
    const Action = actions.map(action => `s3:${action.replaceAll(':', '')}`)
    const Resource = resources.map(resource => `arn:aws:s3:::${resource}`)
    const Condition = Object.fromEntries([[operator, Object.fromEntries([[key, values]])]])
    const Statement = { Effect, Action, Resource, Condition }
    return { kind: 'session', text: asciiJson({ Version: '2012-10-17', Statement }) }
  })

const anyText: fc.Arbitrary<HostileDocument> = fc.record({
  kind: fc.constantFrom(...KINDS),
  text: fc.oneof(
    fc.string({ unit: 'binary', maxLength: 50 }),
    fc.json(),
    fc.string({
      unit: fc.constantFrom('{', '}', '[', ']', '"', ',', ':', '\\', 'u', '0', 'e', '-', ' '),
      maxLength: 50,
    }),
  ),
})

/** Texts of all these sorts. */
export const anyHostileDocument: fc.Arbitrary<HostileDocument> = fc.oneof(
  { weight: 4, arbitrary: anyEditedDocument },
  { weight: 3, arbitrary: anyStrangeDocument },
  { weight: 2, arbitrary: anyDamagedDocument },
  { weight: 1, arbitrary: anyText },
)

/** A request of which every part may be strange. */
export const anyHostileRequest: fc.Arbitrary<EvaluationRequest> = fc
  .record({
    action: fc.oneof(fc.constantFrom('s3:GetObject', 'sts:AssumeRole'), anyStrangeText),
    resource: fc.oneof(fc.constant('arn:aws:s3:::a/1'), anyStrangeText),
    principal: fc.oneof(
      fc.constantFrom(...PRINCIPALS),
      fc.record({
        account: anyStrangeText,
        arns: fc.array(anyStrangeText, { maxLength: 2 }),
        ids: fc.array(anyStrangeText, { maxLength: 2 }),
        isRoot: fc.boolean(),
        kind: fc.constantFrom('user' as const, 'role' as const, 'service' as const),
      }),
    ),
    resourceAccount: fc.oneof(fc.constant('111122223333'), anyStrangeText),
    value: fc.oneof(anyStrangeText, fc.array(anyStrangeText, { maxLength: 3 })),
    absent: fc.integer({ min: 1, max: 5 }),
  })
  .map(({ value, absent, ...request }) => ({
    ...request,
    // Whatever key a document makes up, there is something for it, or not.
    keys: { ...conditionKeys(), get: key => (key.length % absent === 1 ? undefined : value) },
  }))
