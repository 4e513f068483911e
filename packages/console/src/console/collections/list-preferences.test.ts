import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isShown, preferencesIn } from './list-preferences.ts'

test('a column that nobody has chosen about is shown as it is meant to be', () => {
  const preferences = preferencesIn('{"columns":{"path":false,"arn":true,"name":false}}')
  assert.ok(!isShown({ id: 'path' }, preferences))
  assert.ok(isShown({ id: 'arn', isHidden: true }, preferences))
  assert.ok(isShown({ id: 'newer' }, preferences))
  assert.ok(!isShown({ id: 'newer', isHidden: true }, preferences))
  assert.ok(isShown({ id: 'name', isRowHeader: true }, preferences), 'names are always shown')
})

test('what is no preference is passed over', () => {
  const preferences = preferencesIn('{"pageSize":7,"wrapLines":"yes","columns":{"path":"no"}}')
  assert.deepEqual(preferences, { pageSize: 20, wrapLines: true, columns: {} })
})
