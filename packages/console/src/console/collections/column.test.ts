import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Column } from './column.ts'
import { sortedBy } from './column.ts'

type Row = { readonly name: string; readonly used?: Date }

const COLUMNS: readonly Column<Row>[] = [
  { id: 'name', header: 'Name', cell: ({ name }) => name, sortBy: ({ name }) => name },
  { id: 'used', header: 'Last used', cell: () => '', sortBy: ({ used }) => used },
]

const ROWS: readonly Row[] = [
  { name: 'key10', used: new Date(2) },
  { name: 'never' },
  { name: 'Key9', used: new Date(1) },
]

const sorted = (by: string, isDescending: boolean) =>
  sortedBy(COLUMNS, { by, isDescending }, ROWS).map(({ name }) => name)

test('rows without a value come last, in either order', () => {
  assert.deepEqual(sorted('used', false), ['Key9', 'key10', 'never'])
  assert.deepEqual(sorted('used', true), ['key10', 'Key9', 'never'])
})

test('names are sorted as people read them: numbers by size, letters by the alphabet', () => {
  assert.deepEqual(sorted('name', false), ['Key9', 'key10', 'never'])
  assert.deepEqual(sorted('name', true), ['never', 'key10', 'Key9'])
})

test('by a column that there is not, rows stay as they came', () => {
  assert.deepEqual(sorted('gone', true), ['key10', 'never', 'Key9'])
})
