// What a browser loads before somebody can sign in, as it is sent.
import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { get } from 'node:http'
import { join } from 'node:path'
import { test } from 'node:test'
import { brotliDecompressSync } from 'node:zlib'
import type { TestTwinlock } from '../../server/test/twinlock.ts'
import { startTwinlock } from '../../server/test/twinlock.ts'
import { DIST } from './browser.ts'

const MOST_BYTES = 300_000

const ASSETS = /(?:src|href)="(\/console\/assets\/[^"]+\.(?:js|css))"/g

type Sent = { readonly encoding: string | undefined; readonly body: Buffer }

/** What the server answers to the name where its pages are, before anything is decompressed. */
const sent = ({ endpoint }: TestTwinlock, path: string, encodings: string) =>
  new Promise<Sent>((resolve, reject) => {
    const url = endpoint.replace('127.0.0.1', 'localhost') + path
    get(url, { headers: { 'accept-encoding': encodings } }, answer => {
      const parts: Buffer[] = []
      answer.on('data', (part: Buffer) => parts.push(part))
      answer.on('end', () => {
        resolve({ encoding: answer.headers['content-encoding'], body: Buffer.concat(parts) })
      })
    }).on('error', reject)
  })

const assetsOf = async (page: string) =>
  [...(await readFile(join(DIST, page), 'utf8')).matchAll(ASSETS)].map(([, path = '']) => path)

test('the sign-in page loads less than 300 KB of script as it is sent, and as much of styles', async () => {
  await using twinlock = await startTwinlock()
  const bytes = { js: 0, css: 0 }
  for (const path of await assetsOf('signin.html')) {
    const { body } = await sent(twinlock, path, 'gzip, deflate, br')
    bytes[path.endsWith('.js') ? 'js' : 'css'] += body.length
  }
  assert.ok(bytes.js > 0 && bytes.js < MOST_BYTES, `${bytes.js} bytes of script`)
  assert.ok(bytes.css > 0 && bytes.css < MOST_BYTES, `${bytes.css} bytes of styles`)
})

test('files are sent compressed to browsers that take it, and never what an account is asked', async () => {
  await using twinlock = await startTwinlock()
  const [path = ''] = await assetsOf('console.html')
  const plain = await readFile(join(DIST, path.replace('/console/', '')))
  const brotli = await sent(twinlock, path, 'br')
  assert.equal(brotli.encoding, 'br')
  assert.ok(brotliDecompressSync(brotli.body).equals(plain))
  const identity = await sent(twinlock, path, 'identity')
  assert.equal(identity.encoding, undefined)
  assert.ok(identity.body.equals(plain))
  const state = await sent(twinlock, '/signin/api/state', 'gzip, br')
  assert.equal(state.encoding, undefined)
})

for (const file of ['signin.html', 'console.html']) {
  test(`${file} has no script or style of its own: the Content-Security-Policy allows none`, async () => {
    const page = await readFile(join(DIST, file), 'utf8')
    assert.doesNotMatch(page, /<script(?![^>]*\ssrc=)/)
    assert.doesNotMatch(page, /<style|\sstyle=|\son\w+=/)
  })
}
