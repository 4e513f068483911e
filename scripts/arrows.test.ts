// Reads every import of the packages and fails on an arrow that the design forbids: what each package may import, that nothing
// reaches into another package's insides, and that inside the server only main.ts sees all.
import assert from 'node:assert/strict'
import { readFileSync, readdirSync } from 'node:fs'
import { dirname, join, relative, resolve, sep } from 'node:path'
import { test } from 'node:test'

const ROOT = resolve(import.meta.dirname, '..')

/** What each package's sources may import beside themselves. Tests, benchmarks and scripts may import what they test with. */
const MAY_IMPORT: Readonly<Record<string, readonly RegExp[]>> = {
  policy: [],
  factors: [
    /^node:/,
    /^@node-rs\/argon2$/,
    /^qr($|\/)/,
    /^pngjs$/,
    /^@simplewebauthn\/server($|\/helpers$)/,
    /^@xmldom\/xmldom$/,
  ],
  protocol: [/^node:/],
  catalogue: [/^node:/],
  server: [
    /^node:/,
    /^@twinlock\/(policy|factors|protocol|catalogue)$/,
    /^kysely($|\/)/,
    /^pg$/,
    /^fastify$/,
    /^@fastify\/(cookie|static)$/,
  ],
  cli: [
    /^node:/,
    /^@twinlock\/(server|factors|policy|catalogue)$/,
    /^@aws-sdk\/(client-iam|client-sts|credential-providers)$/,
  ],
  console: [
    /^@twinlock\/policy$/,
    // The half that a browser can load.
    /^@twinlock\/catalogue\/browser$/,
    /^react(-dom\/client)?$/,
    /^react-router($|\/dom$)/,
    /^@tanstack\/react-query$/,
    /^@cloudscape-design\//,
    /^@simplewebauthn\/browser$/,
    /^ace-builds\//,
  ],
}

/** Types vanish before anything runs: these may be imported as types alone. */
const MAY_IMPORT_TYPES: Readonly<Record<string, readonly RegExp[]>> = {
  server: [/^@aws-sdk\/client-(iam|sts)$/],
  cli: [/^@smithy\/types$/, /^@aws-sdk\/types$/],
  console: [/^@aws-sdk\/client-(iam|sts)$/, /^@twinlock\/server\/console-api$/],
}

/**
 * The spine, and what each step of it may import, in the order of a request (ARCHITECTURE.md). Types may be imported from anywhere: they make no
 * arrow at run time.
 */
const STEPS: Readonly<Record<string, readonly string[]>> = {
  identifiers: [],
  store: [],
  keyring: ['identifiers', 'store', 'config.ts', 'private-file.ts'],
  authentication: ['identifiers', 'keyring', 'store'],
  authorization: ['identifiers', 'store', 'authentication'],
  services: ['identifiers', 'store', 'keyring', 'authentication', 'authorization'],
  audit: ['identifiers', 'store', 'authentication'],
  http: ['identifiers', 'store', 'authentication', 'authorization', 'services', 'audit'],
  web: ['identifiers', 'store', 'authentication', 'authorization', 'services', 'audit', 'http'],
}

type Import = { readonly from: string; readonly target: string; readonly typeOnly: boolean }

const IMPORT =
  /(?:^|\n)\s*(?:import|export)\s+(type\s+)?(?:[^'"`;]*?\sfrom\s+)?['"]([^'"]+)['"]|\b(typeof\s+)?import\(\s*['"]([^'"]+)['"]\s*\)/g

function sources(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter(file => /\.tsx?$/.test(file))
    .map(file => join(folder, file))
}

function importsOf(file: string): Import[] {
  return [...readFileSync(file, 'utf8').matchAll(IMPORT)].map(
    ([, type, named, typeOf, called]) => ({
      from: relative(ROOT, file),
      target: named ?? called ?? '',
      typeOnly: type !== undefined || typeOf !== undefined,
    }),
  )
}

const isTest = (file: string) => file.endsWith('.test.ts') || file.endsWith('every-engine.ts')

for (const [name, allowed] of Object.entries(MAY_IMPORT)) {
  test(`packages/${name} imports only what the design allows`, () => {
    const folder = join(ROOT, 'packages', name, 'src')
    for (const { from, target, typeOnly } of sources(folder)
      .filter(file => !isTest(file))
      .flatMap(importsOf)) {
      if (target.startsWith('.')) {
        const inside = resolve(ROOT, dirname(from), target).startsWith(folder + sep)
        assert.ok(inside, `${from} reaches out of its package: ${target}`)
        continue
      }
      const patterns = typeOnly ? [...allowed, ...(MAY_IMPORT_TYPES[name] ?? [])] : allowed
      assert.ok(
        patterns.some(pattern => pattern.test(target)),
        `${from} must not import ${target}`,
      )
    }
  })
}

test('inside the server, each step of the spine imports only what comes before it', () => {
  const folder = join(ROOT, 'packages/server/src')
  for (const { from, target, typeOnly } of sources(folder)
    .filter(file => !isTest(file))
    .flatMap(importsOf)) {
    if (typeOnly || !target.startsWith('.')) continue
    const step = stepOf(folder, resolve(ROOT, from))
    const allowed = STEPS[step]
    if (NO_STEPS.test(target)) continue
    const imported = stepOf(folder, resolve(ROOT, dirname(from), target))
    if (allowed === undefined || imported === step) continue
    assert.ok(allowed.includes(imported), `${from} must not import ${target}`)
  }
})

/** A memory of bounded size, a queue, what addresses say: they know nothing of requests. */
const NO_STEPS = /\/(recent|fair-turns|networks)\.ts$/

const stepOf = (folder: string, file: string) => relative(folder, file).split(sep)[0] ?? ''

test('no folder is a drawer', () => {
  const folders = readdirSync(join(ROOT, 'packages'), { recursive: true, encoding: 'utf8' }).filter(
    path => !path.includes('node_modules'),
  )
  for (const folder of folders) {
    assert.doesNotMatch(folder, /(^|\/)(utils?|helpers?|common|shared|misc|lib)(\/|\.ts$|$)/)
  }
})
