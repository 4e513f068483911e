import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { readCatalogue } from '@twinlock/catalogue'
import type { PolicyKind } from '@twinlock/policy'
import fc from 'fast-check'
import { completionsAt } from './completions.ts'
import { placeAt } from './place.ts'

const catalogue = readCatalogue()

/** What is offered where `|` stands in the document. */
function offered(marked: string, kind: PolicyKind = 'identity') {
  const cursor = marked.indexOf('|')
  const document = marked.replace('|', '')
  const place = placeAt(document, cursor)
  if (place === undefined) return []
  return completionsAt(document, place, { kind, catalogue, account: '123456789012' })
}

const texts = (marked: string, kind?: PolicyKind) => offered(marked, kind).map(({ text }) => text)

const inStatement = (members: string) => `{"Statement": [{"Effect": "Allow"}, {${members}}]}`

test('elements are offered as names, without those that are there', () => {
  assert.deepEqual(texts('{"Version": "2012-10-17", "|"}'), ['Id', 'Statement'])
  const own = texts(inStatement('"Sid": "A", "Action": "s3:*", "|"'))
  assert.ok(own.includes('Resource') && own.includes('Effect'))
  assert.ok(!own.includes('Sid') && !own.includes('Principal'))
  assert.ok(texts(inStatement('"|"'), 'trust').includes('Principal'))
})

test('without quotes it is offered what may begin there, and nothing after a finished value', () => {
  assert.ok(texts('{ | }').includes('Statement'))
  assert.ok(texts(inStatement('"Effect": |')).includes('Deny'))
  assert.deepEqual(texts(inStatement('"Effect": "Deny" |')), [])
})

test('values of Version and Effect are offered, and of texts of one’s own none', () => {
  assert.deepEqual(texts('{"Version": "|"}'), ['2012-10-17'])
  assert.deepEqual(texts(inStatement('"Effect": "|')), ['Allow', 'Deny'])
  assert.deepEqual(texts(inStatement('"Sid": "|"')), [])
})

test('services come first, and their actions after the colon', () => {
  const services = offered(inStatement('"Action": ["s3:GetObject", "|"]'))
  assert.ok(services.some(({ text, goesOn }) => text === 'iam:' && goesOn === true))
  assert.ok(texts(inStatement('"NotAction": "s3:Get|"')).includes('s3:GetObject'))
  assert.ok(texts(inStatement('"Action": "twinlock:|"')).includes('twinlock:ListSessions'))
  assert.ok(texts(inStatement('"Action": "|"'), 'trust').includes('sts:AssumeRole'))
})

test('resources are those of the actions, in this account, with blanks and no variables', () => {
  const resources = offered(inStatement('"Resource": "|", "Action": ["iam:Delete*User"]'))
  const user = resources.find(({ note }) => note === 'user')
  assert.equal(user?.text, 'arn:aws:iam::123456789012:user/UserNameWithPath')
  assert.deepEqual(user.blanks, ['UserNameWithPath'])
  assert.deepEqual(texts(inStatement('"Resource": "|"')), ['*'])
})

test('condition keys are global, of this service, and of the actions', () => {
  const keys = texts(inStatement('"Action": "s3:ListBucket", "Condition": {"StringLike": {"|'))
  for (const key of ['aws:SourceIp', 's3:prefix', 'twinlock:MultiFactorAuthMethod']) {
    assert.ok(keys.includes(key), key)
  }
  assert.ok(!keys.includes('ec2:InstanceType'))
  assert.ok(keys.includes('aws:PrincipalTag/TagKey'))
})

test('keys of the type that the operator compares come first', () => {
  const [best] = offered(inStatement('"Condition": {"BoolIfExists": {"|"}}')).toSorted(
    (a, b) => (b.rank ?? 0) - (a.rank ?? 0),
  )
  assert.equal(best?.note, 'Bool')
})

test('operators and their few values are offered', () => {
  const [first] = texts(inStatement('"Condition": {"|"}'))
  assert.equal(first, 'Null')
  assert.ok(texts(inStatement('"Condition": {"|"}')).includes('ForAnyValue:StringLikeIfExists'))
  assert.deepEqual(
    texts(inStatement('"Condition": {"Bool": {"aws:MultiFactorAuthPresent": "|"}}')),
    ['true', 'false'],
  )
})

test('a statement that is no list is one too', () => {
  const marked = '{"Statement": {"Action": "sts:AssumeRole", "Resource": "|"}}'
  assert.ok(texts(marked).includes('arn:aws:iam::123456789012:role/RoleNameWithPath'))
})

test('without the catalogue the language itself is offered', () => {
  const place = placeAt('{"Statement": {"', 16)
  assert.ok(place)
  const surroundings = { kind: 'identity', catalogue: undefined, account: undefined } as const
  assert.ok(completionsAt('{"Statement": {"', place, surroundings).length > 0)
})

test('nothing that is typed breaks it', () => {
  const piece = fc.constantFrom(
    '{',
    '}',
    '[',
    ']',
    ':',
    ',',
    '"',
    '\\',
    '\n',
    'Statement',
    'Action',
  )
  fc.assert(
    fc.property(fc.array(piece), fc.nat(60), (pieces, cursor) => {
      const document = pieces.join('')
      const place = placeAt(document, cursor)
      const surroundings = { kind: 'identity', catalogue, account: undefined } as const
      if (place) completionsAt(document, place, surroundings)
    }),
  )
})

test('all actions of this service are offered', () => {
  const folder = join(import.meta.dirname, '../../../../../server/src/services/signin')
  const sources = readdirSync(folder)
    .filter(name => name.endsWith('.ts') && !name.endsWith('.test.ts'))
    .map(name => readFileSync(join(folder, name), 'utf8'))
  const asked = sources.flatMap(text => text.match(/twinlock:\w+/g) ?? [])
  assert.ok(asked.length > 0)
  const known = texts(inStatement('"Action": "twinlock:|"'))
  assert.deepEqual(
    asked.filter(action => !known.includes(action)),
    [],
  )
})
