// The models in the tree are those that the SDK in the tree makes.

import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { generateModel, modelFile, printModel, SERVICES } from './generate.ts'

for (const service of SERVICES) {
  test(`the model of ${service} is what \`npm run generate\` writes`, () => {
    // Not assert.equal, which would print a hundred thousand characters twice.
    const fresh = readFileSync(modelFile(service), 'utf8') === printModel(generateModel(service))
    assert.ok(fresh, `models/${service}.json is out of date: run \`npm run generate\``)
  })
}

test('every constraint that is kept belongs to a member that the SDK still has', () => {
  for (const service of SERVICES) {
    const { shapes } = generateModel(service)
    const file = new URL(`../packages/protocol/constraints/${service}.json`, import.meta.url)
    const constraints = JSON.parse(readFileSync(file, 'utf8')) as {
      readonly shapes: Readonly<Record<string, unknown>>
      readonly members: Readonly<Record<string, Readonly<Record<string, string>>>>
    }
    for (const name of Object.keys(constraints.shapes)) assert.ok(name in shapes, name)
    for (const [name, members] of Object.entries(constraints.members)) {
      const shape = shapes[name]
      assert.ok(shape?.type === 'structure', name)
      for (const member of Object.keys(members))
        assert.ok(member in shape.members, `${name}.${member}`)
    }
  }
})
