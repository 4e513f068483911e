// docs/actions.md, which tells of the actions that AWS does not have.
import assert from 'node:assert/strict'
import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'

const REPOSITORY = join(import.meta.dirname, '../../../../..')
const read = (path: string) => readFileSync(join(REPOSITORY, path), 'utf8')

const ACTION = /twinlock:[A-Z][A-Za-z]+/g

const actionsIn = (text: string) => [...new Set(text.match(ACTION))].toSorted()

/** Those for which the operations beside this file ask. */
const ASKED = actionsIn(
  readdirSync(import.meta.dirname)
    .filter(name => !name.endsWith('.test.ts'))
    .map(name => readFileSync(join(import.meta.dirname, name), 'utf8'))
    .join('\n'),
)

const PAGE = read('docs/actions.md')

const rows = [...PAGE.matchAll(/^\| `(twinlock:\w+)` \| (read|write) \|/gm)].map(
  ([, action = '', kind]) => ({ action, kind }),
)

test('docs/actions.md has every action of our own', () => {
  assert.deepEqual(
    rows.map(({ action }) => action),
    ASKED,
  )
})

test('the auditor’s policy has those that read, and no other', () => {
  const [, document = ''] = /^```json\n(.*?)^```/ms.exec(PAGE) ?? []
  const reads = rows.filter(({ kind }) => kind === 'read').map(({ action }) => action)
  assert.deepEqual(actionsIn(document), reads)
  assert.deepEqual(
    JSON.parse(document),
    JSON.parse(read('packages/cli/scripts/demo/policies/AuditAccess.v1.json')),
  )
})

test('the policy editor offers every one of them', () => {
  const offered = read('packages/console/src/console/policy-editor/completion/own-actions.ts')
  assert.deepEqual(actionsIn(offered), ASKED)
})
