// The session of examples/cli-session with the real AWS CLI, against a server that is restarted and killed in between.
import assert from 'node:assert/strict'
import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { describe, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { onEveryEngine } from '../src/store/every-engine.ts'
import { startServerProcess } from './server-process.ts'

const SCRIPT = fileURLToPath(new URL('../../../examples/cli-session/session.sh', import.meta.url))

/** The AWS CLI: a shim of that name may stand before it on the PATH. */
const aws = [process.env['AWS'], 'aws', '/usr/bin/aws']
  .filter(program => program !== undefined)
  .find(program => spawnSync(program, ['--version']).status === 0)

const absent =
  'THE AWS CLI IS ABSENT: its session is not tested here. Install it, or name it in AWS.'
if (aws === undefined) console.error(absent)

/** Runs the script; `before` is called at each step, and the script goes on once it has resolved. */
async function runSession(data: string, before: (step: number) => Promise<void>) {
  const script = spawn('bash', [SCRIPT, data], { env: { ...process.env, AWS: aws, PAUSE: '1' } })
  const closed = once(script, 'close')
  const shown: string[] = []
  createInterface({ input: script.stderr }).on('line', line => shown.push(line))
  try {
    for await (const line of createInterface({ input: script.stdout })) {
      shown.push(line)
      const step = /^== (\d)\./.exec(line)?.[1]
      if (step === undefined) continue
      await before(Number(step))
      script.stdin.write('\n')
    }
  } finally {
    // Without input the script ends at its next step, and cleans up behind itself.
    script.stdin.end()
    await closed
  }
  return { code: script.exitCode, shown }
}

describe('The session of the AWS CLI', { concurrency: 2 }, () => {
  onEveryEngine('with a restart and a kill', (newDatabase, engine) => {
    test('answers as AWS does', { skip: aws === undefined && absent }, async () => {
      await using cleanUp = new AsyncDisposableStack()
      const data = await mkdtemp(join(tmpdir(), 'twinlock-cli-'))
      cleanUp.defer(() => rm(data, { recursive: true, force: true }))
      const kept = { data, ...(engine === 'postgres' && { database: await newDatabase() }) }
      let server = await startServerProcess(kept)
      cleanUp.defer(() => server.kill())
      const { code, shown } = await runSession(data, async step => {
        if (step === 3) await server.stop()
        else if (step === 4) await server.kill()
        else return
        server = await startServerProcess({ ...kept, listen: server.address })
      })
      assert.equal(code, 0, shown.join('\n'))
      assert.equal(
        shown.findLast(line => line !== ''),
        'Every answer was as it should be.',
      )
    })
  })
})
