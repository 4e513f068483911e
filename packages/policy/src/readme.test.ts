// The example of README.md runs and says what it claims.
import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'

test('the example of the README prints what stands below each line that prints', () => {
  const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8')
  const example = /```ts\n(.*?)```/s.exec(readme)?.[1] ?? ''
  const claimed = [...example.matchAll(/^console\.log\(.*\)\n\/\/ (.*)$/gm)].map(([, text]) => text)
  assert.ok(claimed.length > 2)
  const { stdout, stderr } = spawnSync(
    process.execPath,
    ['--input-type=module-typescript', '--eval', example],
    { cwd: import.meta.dirname, encoding: 'utf8' },
  )
  assert.equal(stdout, `${claimed.join('\n')}\n`, stderr)
})
