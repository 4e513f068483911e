import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { mostGuesses } from './guess-limits.ts'
import { changeBucket } from './password-changes.ts'

const DAY = 86_400
const decisions = readFileSync(
  join(import.meta.dirname, '../../../../docs/decisions/0013-sign-in.md'),
  'utf8',
)

test('changes of one password are as many as the decision on sign-in says', () => {
  const bucket = changeBucket({ id: 'ana' }, 'ana')
  const first = mostGuesses(bucket, DAY)
  const further = mostGuesses(bucket, 2 * DAY) - first
  const row = `| changes of one user’s password by one caller, made or refused | ${first.toLocaleString('en')} | ${further.toLocaleString('en')} |`
  assert.ok(decisions.includes(row), row)
})

test('a caller’s changes of somebody’s password count neither with another’s nor with those of somebody else’s', () => {
  const names = [
    ['admin', 'ana'],
    ['admin', 'ben'],
    ['ana', 'ana'],
  ].map(([id = '', principalId = '']) => changeBucket({ id }, principalId).name)
  assert.equal(new Set(names).size, 3)
})
