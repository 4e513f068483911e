import assert from 'node:assert/strict'
import { test } from 'node:test'
import { FROM_THE_START, matches, viewIn, withView } from './list-view.ts'

test('what is told of a list in an address is read there again', () => {
  const view = {
    text: 'bob & co',
    show: 'no-mfa',
    page: 3,
    sort: { by: 'Path', isDescending: true },
  }
  const address = withView(new URLSearchParams('tab=groups'), 'groups-', view)
  assert.deepEqual(viewIn(address, 'groups-'), view)
  assert.equal(address.get('tab'), 'groups')
  assert.deepEqual(viewIn(address, ''), FROM_THE_START)
})

test('a list that is looked at as usual says nothing in the address', () => {
  assert.equal(withView(new URLSearchParams('q=bob&page=2'), '', FROM_THE_START).toString(), '')
})

test('a page that is no page is the first', () => {
  for (const page of ['0', '-1', 'x', '1e400', '1.5', '']) {
    assert.equal(viewIn(new URLSearchParams({ page }), '').page, 1)
  }
})

test('every word of a search must be found', () => {
  assert.ok(matches('Alice /staff/', 'staff ali'))
  assert.ok(!matches('Alice /staff/', 'staff bob'))
  assert.ok(matches('Alice', ' '))
})
