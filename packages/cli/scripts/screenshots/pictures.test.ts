// The pictures of the documentation: those that are shown are there, and no others.
import assert from 'node:assert/strict'
import { readFileSync, readdirSync, statSync } from 'node:fs'
import { basename, join } from 'node:path'
import { test } from 'node:test'

const REPOSITORY = join(import.meta.dirname, '../../../..')
const PICTURES = join(REPOSITORY, 'docs/screenshots')
const MOST_BYTES = 1_200_000

const pictures = readdirSync(PICTURES)
const shown = ['README.md', 'docs/demo.md'].flatMap(page => [
  ...readFileSync(join(REPOSITORY, page), 'utf8').matchAll(/!\[(.*?)\]\((.+?)\)/g),
])

test('every picture is shown on a page, and every one that a page shows is there', () => {
  const names = shown.map(([, , path = '']) => basename(path))
  assert.deepEqual(names.toSorted(byName), pictures.toSorted(byName))
})

test('every picture says in words what it shows', () => {
  for (const [, words = ''] of shown) assert.match(words, /\w+ \w+/)
})

test('a clone does not become much larger by them', () => {
  const bytes = pictures.reduce((sum, name) => sum + statSync(join(PICTURES, name)).size, 0)
  assert.ok(bytes < MOST_BYTES, `${bytes} bytes`)
})

const byName = (a: string, b: string) => a.localeCompare(b)
