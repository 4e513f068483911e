// The index of a set finds what a look at every statement finds, and nobody makes it forget or fill
// up.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { compiled, type Document } from '../test/vectors.ts'
import { policySet } from './index.ts'

const anyAction = fc
  .tuple(
    fc.constantFrom('s3', 'iam', 'S3', 'a.b-c'),
    fc.constantFrom('Get', 'get', 'GetAll', 'Put'),
  )
  .map(([service, name]) => `${service}:${name}`)

const anyPattern = fc.oneof(
  anyAction,
  fc.constantFrom('*', 's3:*', 'S3:G*', 'iam:?et', 'iam:', 'iam:*all', 'a.b-c:put', 's3: get'),
)

const anyStatement = fc.record({
  Effect: fc.constantFrom('Allow', 'Deny'),
  element: fc.constantFrom('Action', 'NotAction'),
  patterns: fc.array(anyPattern, { minLength: 1, maxLength: 4 }),
})

const document = (
  statements: readonly { Effect: string; element: string; patterns: readonly string[] }[],
): Document => ({
  Statement: statements.map(({ Effect, element, patterns }) => ({
    Effect,
    [element]: patterns,
    Resource: '*',
  })),
})

test('a set finds the statements that a look at each of them finds, in their order', () => {
  const anyDocument = fc.array(anyStatement, { minLength: 1, maxLength: 4 }).map(document)
  fc.assert(
    fc.property(
      fc.array(anyDocument, { maxLength: 4 }),
      fc.array(fc.oneof(anyAction, fc.constantFrom('', 'get', 's3', ':', 's3:', 'iam:')), {
        maxLength: 4,
      }),
      (documents, actions) => {
        const policies = documents.map(one => compiled(one))
        const set = policySet(policies)
        for (const action of actions) {
          const { Allow, Deny } = set.statementsFor(action)
          const looked = policies
            .flatMap(({ statements }) => statements)
            .filter(statement => statement.action.matches(action.toLowerCase()))
          const of = (effect: string) =>
            looked.filter(({ Effect }) => Effect === effect).map(one => one.compiled())
          assert.deepEqual([Allow, Deny], [of('Allow'), of('Deny')])
        }
      },
    ),
    { numRuns: 500 },
  )
})

test('actions that nobody has, however many, do not change what is known of the others', () => {
  const set = policySet([
    compiled({ Statement: { Effect: 'Allow', Action: 's3:Get*', Resource: '*' } }),
  ])
  const known = set.statementsFor('s3:GetObject')
  for (let made = 0; made < 5000; made++) {
    assert.equal(set.statementsFor(`s3:Made${made}`).Allow.length, 0)
    if (made % 100 === 0) assert.equal(set.statementsFor('s3:GetObject'), known)
  }
})

test('a made-up action looks at no statement that names other actions', () => {
  let looks = 0
  const named = compiled({
    Statement: Array.from({ length: 300 }, (_, at) => ({
      Effect: 'Allow',
      Action: `s3:Get${at}`,
      Resource: '*',
    })),
  })
  const counted = named.statements.map(statement => ({
    ...statement,
    action: {
      ...statement.action,
      matches(action: string) {
        looks++
        return statement.action.matches(action)
      },
    },
  }))
  const set = policySet([{ ...named, statements: counted }])
  assert.equal(set.statementsFor('s3:Get7').Allow.length, 1)
  assert.equal(set.statementsFor('s3:Get300').Allow.length, 0)
  assert.equal(set.statementsFor('ec2:Get7').Allow.length, 0)
  assert.equal(looks, 1)
})

test('a set of no policies allows nothing', () => {
  assert.deepEqual(policySet([]).statementsFor('s3:GetObject'), { Allow: [], Deny: [] })
})
