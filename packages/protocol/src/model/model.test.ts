// Models: that every reference in them resolves, and that nothing is resolved before it is asked for.

import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import type { ModelDocument } from './document.ts'
import { modelOf, openModel, type Model, type Shape } from './model.ts'

function documentOf(service: string): ModelDocument {
  const file = new URL(`../../models/${service}.json`, import.meta.url)
  return JSON.parse(readFileSync(file, 'utf8')) as ModelDocument
}

/** The document, and the names of the shapes that have been read from it so far. */
function watched(document: ModelDocument) {
  const read = new Set<string>()
  const shapes = new Proxy(document.shapes, {
    get(target, name) {
      read.add(String(name))
      return target[String(name)]
    },
  })
  return { document: { ...document, shapes }, read }
}

function operation(model: Model, name: string) {
  const found = model.findOperation(name)
  assert(found !== undefined)
  return found
}

test('opening a model reads no shape', () => {
  const { document, read } = watched(documentOf('iam'))
  openModel(document)
  assert.deepEqual([...read], [])
})

test('finding an operation reads its input and output, and their members only when they are followed', () => {
  const { document, read } = watched(documentOf('iam'))
  const { input } = operation(openModel(document), 'CreateUser')
  assert.deepEqual([...read], ['CreateUserRequest', 'CreateUserResponse'])

  assert.equal(input?.members.find(({ name }) => name === 'Tags')?.shape.type, 'list')
  assert.deepEqual([...read], ['CreateUserRequest', 'CreateUserResponse', 'tagListType'])
})

test('a file is parsed once, and the same shape is the same object wherever it is referred to', () => {
  assert.equal(modelOf('iam'), modelOf('iam'))
  const [create, update] = ['CreateUser', 'UpdateUser'].map(
    name => operation(modelOf('iam'), name).input?.members,
  )
  const pathOf = (members: typeof create, member: string) =>
    members?.find(({ name }) => name === member)?.shape
  assert.notEqual(pathOf(create, 'Path'), undefined)
  assert.equal(pathOf(create, 'Path'), pathOf(update, 'NewPath'))
})

test('an unknown operation is not found, not even one that every object has', () => {
  for (const name of ['', 'createuser', 'constructor', '__proto__', 'toString']) {
    assert.equal(modelOf('iam').findOperation(name), undefined)
  }
})

for (const service of ['iam', 'sts'] as const) {
  test(`${service}: every operation resolves to its last shape`, () => {
    const model = modelOf(service)
    const seen = new Set<Shape>()
    for (const name of model.operationNames) {
      const { input, output } = operation(model, name)
      for (const shape of [input, output]) if (shape !== undefined) follow(shape, seen)
    }
    assert.ok(model.operationNames.length >= 11)
    assert.ok(seen.size > 2 * model.operationNames.length)
  })
}

function follow(shape: Shape, seen: Set<Shape>): void {
  if (seen.has(shape)) return
  seen.add(shape)
  for (const next of referred(shape)) follow(next, seen)
}

function referred(shape: Shape): readonly Shape[] {
  switch (shape.type) {
    case 'structure':
      return shape.members.map(member => member.shape)
    case 'list':
      return [shape.member]
    case 'map':
      return [shape.key, shape.value]
    case 'string':
    case 'integer':
    case 'boolean':
    case 'blob':
    case 'document':
    case 'timestamp':
      return []
    default:
      return shape satisfies never
  }
}

test('the constraints of AWS’s API reference are in the model', () => {
  const { input } = operation(modelOf('sts'), 'GetSessionToken')
  const tokenCode = input?.members.find(({ name }) => name === 'TokenCode')?.shape
  assert.deepEqual(tokenCode, {
    type: 'string',
    min: 6,
    max: 6,
    pattern: '[\\d]*',
    sensitive: false,
  })
})

test('operations without a result have no output, and Unit is no input', () => {
  assert.equal(operation(modelOf('iam'), 'DeleteUser').output, undefined)
  assert.equal(operation(modelOf('iam'), 'GetAccountSummary').input, undefined)
})
