// The vectors of the keys that documents ask for.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { PolicyError } from '@twinlock/policy'
import fc from 'fast-check'
import { contextKeyNames } from './context-key-names.ts'

type Case = {
  readonly title: string
  readonly documents: readonly (object | string)[]
  readonly names?: readonly string[]
  readonly refused?: true
}

const FILE = new URL('../../../../../../vectors/policy/context-keys.json', import.meta.url)
const { cases } = JSON.parse(readFileSync(FILE, 'utf8')) as { readonly cases: readonly Case[] }

const textOf = (document: object | string) =>
  typeof document === 'string' ? document : JSON.stringify(document)

for (const { title, documents, names, refused } of cases) {
  test(`context-keys.json: ${title}`, () => {
    const read = () => documents.map(textOf).flatMap(contextKeyNames)
    if (refused) assert.throws(read, PolicyError)
    else assert.deepEqual(read().toSorted(), names?.toSorted())
  })
}

test('whatever JSON a document is, it is read or refused as a policy', () => {
  const elements = fc.constantFrom(
    'Version',
    'Statement',
    'Effect',
    'Resource',
    'Condition',
    'Null',
  )
  const json = fc.letrec<{ readonly value: unknown }>(tie => ({
    value: fc.oneof(
      { depthSize: 'medium' },
      fc.jsonValue({ maxDepth: 1 }),
      fc.constantFrom('2012-10-17', 'Allow', '${aws:username}', '${'),
      fc.array(tie('value'), { maxLength: 3 }),
      fc.dictionary(elements, tie('value'), { maxKeys: 4 }),
    ),
  })).value
  fc.assert(
    fc.property(json, document => {
      try {
        contextKeyNames(JSON.stringify(document))
      } catch (error) {
        assert(error instanceof PolicyError)
      }
    }),
  )
})
