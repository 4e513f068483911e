// What outlives the process: everything that was acknowledged, and every proof that was spent. The server is a real process,
// stopped or killed at bad moments; its clock is the real one.
import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { CreateUserCommand, ListUsersCommand } from '@aws-sdk/client-iam'
import { GetSessionTokenCommand } from '@aws-sdk/client-sts'
import { onEveryEngine, openStore } from '../src/store/every-engine.ts'
import { enrol } from './authenticator.ts'
import { allow, newUser, sessionOf } from './people.ts'
import type { ServerProcess } from './server-process.ts'
import { startServerProcess } from './server-process.ts'

const realClock = { seconds: () => Math.floor(Date.now() / 1000) }

const WRONG_CODE = {
  name: 'AccessDenied',
  message: 'MultiFactorAuthentication failed with invalid MFA one time pass code. ',
}

/** The users of whose making there is a record. */
async function recordedUsers(database: string): Promise<ReadonlySet<string>> {
  await using store = await openStore(database)
  const rows = await store.db
    .selectFrom('auditEvent')
    .select('record')
    .where('eventName', '=', 'CreateUser')
    .execute()
  return new Set(rows.map(({ record }) => JSON.parse(record).responseElements?.user.userName))
}

onEveryEngine('A process that ends', (newDatabase, engine) => {
  /** A server that is ended and started again over the same data. */
  async function restartable() {
    const cleanUp = new AsyncDisposableStack()
    const data = await mkdtemp(join(tmpdir(), 'twinlock-restart-'))
    cleanUp.defer(() => rm(data, { recursive: true, force: true }))
    const kept = { data, ...(engine === 'postgres' && { database: await newDatabase() }) }
    const database = kept.database ?? join(data, 'twinlock.sqlite')
    let server = await startServerProcess(kept)
    cleanUp.defer(() => server.kill())
    return {
      server,
      database,
      async startAgain(): Promise<ServerProcess> {
        return (server = await startServerProcess({ ...kept, listen: server.address }))
      },
      [Symbol.asyncDispose]: () => cleanUp.disposeAsync(),
    }
  }

  test('killed after its answer, it still knows a spent code, and the session that it opened', async () => {
    await using restarts = await restartable()
    const { server } = restarts
    const dev = await newUser(server, 'dev', allow('*'))
    const phone = await enrol(server.iam(dev), realClock, 'dev', 'phone')
    const spent = new GetSessionTokenCommand(phone.proof())
    const unspent = new GetSessionTokenCommand(phone.proof(1))
    const session = sessionOf(await server.sts(dev).send(spent))
    await server.kill()

    const again = await restarts.startAgain()
    await assert.rejects(again.sts(dev).send(spent), WRONG_CODE)
    await again.sts(dev).send(unspent)
    const { Users } = await again.iam(session).send(new ListUsersCommand())
    assert.deepEqual(
      Users?.map(user => user.UserName),
      ['dev'],
    )
  })

  for (const [title, end] of [
    ['stopped', 'stop'],
    ['killed', 'kill'],
  ] as const) {
    test(`${title} amid many requests, it has done all that it acknowledged`, async () => {
      await using restarts = await restartable()
      const { server } = restarts
      const dev = await newUser(server, 'dev')
      const names = Array.from({ length: 5 }, (_, n) => `phone-${n}`)
      const proofs: GetSessionTokenCommand[] = []
      for (const name of names) {
        const { proof } = await enrol(server.iam(), realClock, 'dev', name)
        proofs.push(new GetSessionTokenCommand(proof()))
      }

      const [iam, sts] = [server.iam(), server.sts(dev)]
      const made: string[] = []
      const spent: GetSessionTokenCommand[] = []
      const requests = [
        ...Array.from({ length: 60 }, async (_, n) => {
          const { User } = await iam.send(new CreateUserCommand({ UserName: `user-${n}` }))
          made.push(User?.UserName ?? '')
          if (made.length === 20) await server[end]()
        }),
        ...proofs.map(async proof => {
          await sts.send(proof)
          spent.push(proof)
        }),
      ]
      await Promise.allSettled(requests)
      assert(made.length >= 20)

      const again = await restarts.startAgain()
      const { Users = [] } = await again.iam().send(new ListUsersCommand({ MaxItems: 1000 }))
      const there = new Set(Users.map(user => user.UserName))
      const recorded = await recordedUsers(restarts.database)
      assert.deepEqual(
        made.filter(name => !there.has(name) || !recorded.has(name)),
        [],
      )
      for (const proof of spent) await assert.rejects(again.sts(dev).send(proof), WRONG_CODE)
    })
  }
})
