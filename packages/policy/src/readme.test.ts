// The example of README.md runs and says what it claims.
import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'

test('the example of the README denies for the reason that it gives', () => {
  const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8')
  const example = /```ts\n(.*?)```/s.exec(readme)?.[1] ?? ''
  const shown = example
    .replace('denialReason(evaluation,', 'console.log(denialReason(evaluation,')
    .replace(/ \/\/ (with an explicit deny.*)/, ') // $1')
    .replace(/(evaluation\.MatchedStatements.*?) \/\//, 'console.log($1) //')
  const { stdout, stderr } = spawnSync(
    process.execPath,
    ['--input-type=module-typescript', '--eval', shown],
    { cwd: import.meta.dirname, encoding: 'utf8' },
  )
  assert.equal(
    stdout,
    'with an explicit deny in an identity-based policy\nDenyWithoutMFA\n',
    stderr,
  )
})
