// The whole session is tried in packages/server/test; here, that it leaves alone what somebody has made before.
import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { test } from 'node:test'
import { startService, temporaryHome } from '../../packages/cli/test/twinlock-process.ts'

const SCRIPT = new URL('session.sh', import.meta.url).pathname

const aws = [process.env['AWS'], 'aws', '/usr/bin/aws']
  .filter(program => program !== undefined)
  .find(program => spawnSync(program, ['--version']).status === 0)

const absent = 'THE AWS CLI IS ABSENT: that its session looks first is not tested here.'
if (aws === undefined) console.error(absent)

test(
  'a Twinlock that has what the session makes is left as it is',
  { skip: aws === undefined && absent },
  async () => {
    await using home = await temporaryHome()
    const service = await startService(home.path)
    try {
      const run = (...command: readonly string[]) =>
        spawnSync(command[0] ?? '', command.slice(1), {
          env: { ...process.env, ...service.env, AWS: aws, HOME: home.path },
          encoding: 'utf8',
          input: '',
        })
      const iam = [aws ?? '', '--endpoint-url', service.endpoint, '--profile', 'root', 'iam']
      assert.equal(run(...iam, 'create-user', '--user-name', 'dev').status, 0)
      const { status, stdout, stderr } = run('bash', SCRIPT, join(home.path, 'service'))
      assert.deepEqual([status, stdout], [2, ''])
      assert.match(stderr, /^This Twinlock has `dev` already.*\n.*npm start -- --data data-session/)
      assert.match(run(...iam, 'list-groups', '--output', 'json').stdout, /"Groups": \[\]/)
    } finally {
      await service.stop()
    }
  },
)
