// The catalogue in the tree is the one that the source in the tree makes.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { FILES, generateCatalogue, printCatalogue, sourceLicence } from './generate.ts'

test('the catalogue is what `npm run generate` writes', async () => {
  const printed = printCatalogue(await generateCatalogue())
  // Not assert.equal, which would print a million characters twice.
  const fresh = readFileSync(FILES.catalogue, 'utf8') === printed
  assert.ok(fresh, 'data/catalogue.json is out of date: run `npm run generate`')
})

test('the licence of the source lies beside what was made of it', () => {
  assert.equal(readFileSync(FILES.licence, 'utf8'), sourceLicence())
})

test('a row of the catalogue is a line of the file', async () => {
  const document = await generateCatalogue()
  const printed = printCatalogue(document)
  assert.deepEqual(JSON.parse(printed), document)
  assert.ok(printed.includes('\n["CreateUser",'))
})
