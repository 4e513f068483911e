import assert from 'node:assert/strict'
import { test } from 'node:test'
import { everyPage } from './pages.ts'

/** Pages by the marker that asks for them. */
const list = (pages: Readonly<Record<string, { readonly Marker?: string }>>) =>
  everyPage(async ({ Marker = 'first' }) => ({ ...pages[Marker], name: Marker }))

test('pages are read to the last one', async () => {
  const names: string[] = []
  for await (const { name } of list({ first: { Marker: 'b' }, b: { Marker: 'c' }, c: {} })) {
    names.push(name)
  }
  assert.deepEqual(names, ['first', 'b', 'c'])
})

test('pages that go round in circles are not read for ever', async () => {
  const circle = list({ first: { Marker: 'b' }, b: { Marker: 'c' }, c: { Marker: 'b' } })
  await assert.rejects(Array.fromAsync(circle), { message: 'The list does not end.' })
})
