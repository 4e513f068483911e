// What a browser loads before somebody can sign in.
import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'node:test'
import { gzipSync } from 'node:zlib'
import { DIST } from './browser.ts'

const MOST_BYTES = 300_000

const ASSETS = /(?:src|href)="\/console\/(assets\/[^"]+\.(?:js|css))"/g

test('the sign-in page loads less than 300 KB of compressed script, and as much of styles', async () => {
  const page = await readFile(join(DIST, 'signin.html'), 'utf8')
  const bytes = { js: 0, css: 0 }
  for (const [, asset = ''] of page.matchAll(ASSETS)) {
    const kind = asset.endsWith('.js') ? 'js' : 'css'
    bytes[kind] += gzipSync(await readFile(join(DIST, asset))).length
  }
  assert.ok(bytes.js > 0 && bytes.js < MOST_BYTES, `${bytes.js} bytes of script`)
  assert.ok(bytes.css > 0 && bytes.css < MOST_BYTES, `${bytes.css} bytes of styles`)
})

for (const file of ['signin.html', 'console.html']) {
  test(`${file} has no script or style of its own: the Content-Security-Policy allows none`, async () => {
    const page = await readFile(join(DIST, file), 'utf8')
    assert.doesNotMatch(page, /<script(?![^>]*\ssrc=)/)
    assert.doesNotMatch(page, /<style|\sstyle=|\son\w+=/)
  })
}
