// The package as npm gets it: plain JavaScript that imports nothing from outside and decides like the sources.
import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, suite, test } from 'node:test'
import { build } from '../scripts/build.ts'

const project = mkdtempSync(join(tmpdir(), 'twinlock-policy-'))
const installed = join(project, 'node_modules/@twinlock/policy')

/** What a stranger's project prints: run as JavaScript, with nothing of this repository in reach. */
function run(script: string): string {
  writeFileSync(join(project, 'main.mjs'), script)
  const { stdout, stderr, status } = spawnSync(
    process.execPath,
    ['--no-experimental-strip-types', 'main.mjs'],
    { cwd: project, encoding: 'utf8' },
  )
  assert.equal(status, 0, stderr)
  return stdout.trim()
}

suite('the published package', () => {
  before(() => build(installed))
  after(() => rmSync(project, { recursive: true, force: true }))

  test('decides', () => {
    const answer = run(`
      import { compilePolicy, evaluate, parsePolicy, policySet } from '@twinlock/policy'
      const text = '{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"iam:GetUser","Resource":"*"}}'
      const policy = compilePolicy(parsePolicy(text, 'identity'), { type: 'inline', name: 'own' })
      const principal = { account: '123456789012', arns: [], ids: [], isRoot: false, kind: 'user' }
      const decide = action =>
        evaluate({ action, resource: '*', keys: new Map(), principal }, { identity: policySet([policy]) }).EvalDecision
      console.log(decide('iam:GetUser'), decide('iam:DeleteUser'))
    `)
    assert.equal(answer, 'allowed implicitDeny')
  })

  test('has every export of the sources', async () => {
    const sources = Object.keys(await import('../src/index.ts')).toSorted()
    const answer = run(`
      import * as policy from '@twinlock/policy'
      console.log(Object.keys(policy).sort().join())
    `)
    assert.equal(answer, sources.join())
  })

  test('imports nothing but itself, and comes with its types', () => {
    const files = readdirSync(installed, { recursive: true, encoding: 'utf8' })
    const scripts = files.filter(file => file.endsWith('.js'))
    assert.ok(scripts.length > 10)
    for (const file of scripts) {
      const outside = [...readFileSync(join(installed, file), 'utf8').matchAll(IMPORTED)]
        .map(([, from = '']) => from)
        .filter(from => !from.startsWith('./') && !from.startsWith('../'))
      assert.deepEqual(outside, [], file)
      assert.ok(files.includes(file.replace(/js$/, 'd.ts')), file)
    }
  })
})

const IMPORTED = /^(?:import|export)\b[^'"]*\bfrom ['"]([^'"]+)['"]/gm
