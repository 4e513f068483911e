import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { test } from 'node:test'
import { promisify } from 'node:util'

const SCRIPT = new URL('doctor.sh', import.meta.url).pathname

test('the doctor finds the hole, corrects it, and proves it', async () => {
  const { stdout } = await promisify(execFile)(SCRIPT)
  assert.match(stdout, /key: allowed/)
  assert.match(stdout, /error MFA001/)
  assert.match(stdout, /^s3:GetObject +explicit deny +allowed +allowed$/m)
  assert.match(stdout, /^sts:AssumeRole +implicit deny +allowed +implicit deny$/m)
})
