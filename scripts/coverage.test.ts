import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { modelOf } from '../packages/protocol/src/index.ts'
import { OPERATIONS } from '../packages/server/src/services/operations.ts'
import { COVERAGE_FILE, coverage } from './coverage.ts'

test('docs/coverage.md is what `npm run generate` writes', () => {
  assert.equal(readFileSync(COVERAGE_FILE, 'utf8'), coverage())
})

test('every operation that Twinlock performs is one that the schema knows', () => {
  for (const service of ['iam', 'sts'] as const) {
    for (const name of Object.keys(OPERATIONS[service])) {
      assert.ok(modelOf(service).findOperation(name), `${service} has no ${name}`)
    }
  }
})
