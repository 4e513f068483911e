// The vectors themselves: every file is what vectors/policy/schema.json says, so that another engine can run
// them, and every case has a title of its own.
import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { test } from 'node:test'

/** The part of JSON Schema (2020-12) that the schema of the vectors needs; the test refuses more. */
type Schema = {
  readonly $ref?: string
  readonly $defs?: Readonly<Record<string, Schema>>
  readonly type?: string | readonly string[]
  readonly enum?: readonly unknown[]
  readonly const?: unknown
  readonly oneOf?: readonly Schema[]
  readonly pattern?: string
  readonly minLength?: number
  readonly items?: Schema
  readonly minItems?: number
  readonly properties?: Readonly<Record<string, Schema>>
  readonly required?: readonly string[]
  readonly additionalProperties?: Schema | false
}

const KEYWORDS = new Set(
  '$schema $ref $defs title description type enum const oneOf pattern minLength items minItems properties required additionalProperties'.split(
    ' ',
  ),
)

const FOLDER = new URL('../../../vectors/policy/', import.meta.url)
const read = (file: string): unknown => JSON.parse(readFileSync(new URL(file, FOLDER), 'utf8'))

const SCHEMA = read('schema.json') as Schema
const DEFINITIONS = SCHEMA.$defs ?? {}
const FILES = readdirSync(FOLDER).filter(file => file.endsWith('.json') && file !== 'schema.json')

/** What is wrong with a value, each with the path to it; nothing, if it is an instance. */
function faults(value: unknown, schema: Schema, path = ''): string[] {
  if (schema.$ref !== undefined) return faults(value, resolve(schema.$ref), path)
  const fault = ownFault(value, schema)
  if (fault !== undefined) return [`${path}: ${fault}`]
  if (Array.isArray(value)) {
    const { items } = schema
    return items ? value.flatMap((one, index) => faults(one, items, `${path}/${index}`)) : []
  }
  return typeof value === 'object' && value !== null ? memberFaults(value, schema, path) : []
}

function resolve(ref: string): Schema {
  const definition = DEFINITIONS[ref.replace('#/$defs/', '')]
  assert.ok(definition, ref)
  return definition
}

/** What is wrong with the value itself, its elements and members apart. */
function ownFault(value: unknown, schema: Schema): string | undefined {
  const { type, enum: values, oneOf, pattern, minLength = 0, minItems = 0 } = schema
  if (type !== undefined && ![type].flat().some(one => isOfType(value, one))) {
    return `is no ${String(type)}`
  }
  if (values && !values.includes(value)) return `is none of ${values.join(', ')}`
  if ('const' in schema && value !== schema.const) return `is not ${String(schema.const)}`
  if (oneOf && oneOf.filter(one => faults(value, one).length === 0).length !== 1) {
    return `is not exactly one of ${oneOf.length} forms`
  }
  if (typeof value === 'string') {
    if (value.length < minLength) return 'is too short'
    if (pattern !== undefined && !new RegExp(pattern).test(value)) return `is not ${pattern}`
  }
  return Array.isArray(value) && value.length < minItems ? 'has too few elements' : undefined
}

function isOfType(value: unknown, type: string): boolean {
  switch (type) {
    case 'array':
      return Array.isArray(value)
    case 'null':
      return value === null
    case 'integer':
      return Number.isInteger(value)
    case 'object':
      return typeof value === 'object' && value !== null && !Array.isArray(value)
    default:
      return typeof value === type
  }
}

function memberFaults(value: object, schema: Schema, path: string): string[] {
  const { properties = {}, required = [], additionalProperties } = schema
  const missing = required.filter(name => !Object.hasOwn(value, name))
  const inside = Object.entries(value).flatMap(([name, member]) => {
    const own = Object.hasOwn(properties, name) ? properties[name] : additionalProperties
    if (own === false) return [`${path}/${name}: is not known`]
    return own === undefined ? [] : faults(member, own, `${path}/${name}`)
  })
  return [...missing.map(name => `${path}/${name}: is missing`), ...inside]
}

function schemasIn(schema: Schema): Schema[] {
  const { $defs = {}, properties = {}, additionalProperties, items, oneOf = [] } = schema
  const inner = [
    ...Object.values($defs),
    ...Object.values(properties),
    ...oneOf,
    ...(items ? [items] : []),
    ...(additionalProperties ? [additionalProperties] : []),
  ]
  return [schema, ...inner.flatMap(schemasIn)]
}

test('the schema of the vectors uses no keyword that this test does not know', () => {
  const used = schemasIn(SCHEMA).flatMap(schema => Object.keys(schema))
  assert.deepEqual(
    used.filter(keyword => !KEYWORDS.has(keyword)),
    [],
  )
})

type Case = { readonly title: string; readonly decision?: string; readonly deniedBy?: string }

for (const file of FILES) {
  const definition = resolve('files').$defs?.[file.replace('.json', '')]

  test(`${file} is what the schema says, and its titles are its own`, () => {
    assert.ok(definition, `schema.json has no definition of ${file}`)
    const vectors = read(file)
    assert.deepEqual(faults(vectors, definition), [])
    const { cases } = vectors as { readonly cases: readonly Case[] }
    const titles = cases.map(({ title }) => title)
    assert.deepEqual(
      titles.filter((title, index) => titles.indexOf(title) !== index),
      [],
    )
    for (const { title, decision, deniedBy } of cases) {
      if (decision === undefined) continue
      assert.equal(deniedBy === undefined, decision === 'allowed', title)
    }
  })
}

test('the schema refuses what is no vector', () => {
  const definition = resolve('files').$defs?.['actions'] ?? {}
  const good = { title: 'x', element: 'Action', patterns: ['*'], action: 'a:b', matches: true }
  const file = (...cases: readonly unknown[]) => ({ title: 'x', source: 'y', cases })
  assert.deepEqual(faults(file(good), definition), [])
  for (const bad of [
    { ...good, title: '' },
    { ...good, element: 'action' },
    { ...good, patterns: '*' },
    { ...good, patterns: [1] },
    { ...good, more: 1 },
    { ...good, matches: undefined },
  ]) {
    assert.equal(faults(file(bad), definition).length, 1, JSON.stringify(bad))
  }
  assert.equal(faults(file(), definition).length, 1)
})
