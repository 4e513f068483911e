// Many changes of one caller wait for one another, and keep nobody else from writing.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  CreateGroupCommand,
  CreateUserCommand,
  ListGroupsCommand,
  TagUserCommand,
} from '@aws-sdk/client-iam'
import { GetSessionTokenCommand } from '@aws-sdk/client-sts'
import pg from 'pg'
import { onEveryEngine } from '../src/store/every-engine.ts'
import { enrol } from './authenticator.ts'
import { allow, newUser } from './people.ts'
import { newSigner, signedIn } from './sign-in-people.ts'
import { startTwinlock } from './twinlock.ts'

/** More than the store has connections to write with. */
const MANY = 30

onEveryEngine('changes that wait', (newDatabase, engine) => {
  test(
    'of one caller leave others a connection to write with',
    { skip: engine === 'sqlite' },
    async () => {
      const database = await newDatabase()
      await using twinlock = await startTwinlock({ database })
      const ana = await newUser(twinlock, 'ana', allow('*'))
      const { proof } = await enrol(twinlock.iam(), twinlock.clock, 'ana', 'phone')
      const mallory = twinlock.iam(await newUser(twinlock, 'mallory'))
      await using held = await holdAccount(database)
      const denied = Array.from({ length: MANY }, () =>
        assert.rejects(mallory.send(new TagUserCommand({ UserName: 'ana', Tags: [] })), {
          name: 'AccessDenied',
        }),
      )
      await held.isWaitedFor()
      await twinlock.sts(ana).send(new GetSessionTokenCommand(proof(1)))
      await held.release()
      await Promise.all(denied)
    },
  )

  test(
    'of a browser are not performed when its session has ended meanwhile',
    { skip: engine === 'sqlite' },
    async () => {
      const database = await newDatabase()
      await using twinlock = await startTwinlock({ database })
      await newSigner(twinlock, 'ana', allow('*'))
      const browser = await signedIn(twinlock, 'ana')
      await browser.call('iam:ListGroups')
      await twinlock.flush()
      await using held = await holdAccount(database)
      const change = browser.post('/console/api/iam/CreateGroup', { GroupName: 'late' })
      await held.isWaitedFor()
      assert.equal((await browser.copy().post('/console/api/sign-out')).status, 200)
      await held.release()
      assert.equal((await change).status, 401)
      const { Groups } = await twinlock.iam().send(new ListGroupsCommand({}))
      assert.deepEqual(Groups, [])
    },
  )

  test(
    'of a key are not performed when it was taken away meanwhile',
    { skip: engine === 'sqlite' },
    async () => {
      const database = await newDatabase()
      await using twinlock = await startTwinlock({ database })
      const ana = await newUser(twinlock, 'ana', allow('*'))
      const iam = twinlock.iam(ana)
      await iam.send(new ListGroupsCommand({}))
      await twinlock.flush()
      await using held = await holdAccount(database)
      const change = assert.rejects(iam.send(new CreateGroupCommand({ GroupName: 'late' })), {
        name: 'InvalidClientTokenId',
      })
      await held.isWaitedFor()
      await held.deactivate(ana.accessKeyId)
      await change
    },
  )

  test('are performed all the same, each once', async () => {
    await using twinlock = await startTwinlock({ database: await newDatabase() })
    const names = Array.from({ length: MANY }, (_, index) => `user-${index}`)
    const iam = twinlock.iam()
    await Promise.all(names.map(UserName => iam.send(new CreateUserCommand({ UserName }))))
    for (const UserName of names) {
      await assert.rejects(iam.send(new CreateUserCommand({ UserName })), {
        name: 'EntityAlreadyExistsException',
      })
    }
  })
})

/** Keeps the account's row, as a slow change of another node does. */
async function holdAccount(connectionString: string) {
  const client = new pg.Client({ connectionString })
  await client.connect()
  await client.query('begin')
  await client.query('select 1 from account for update')
  return {
    /** When somebody stands behind it. */
    async isWaitedFor() {
      const waiting = `select count(*)::int as count from pg_stat_activity
        where datname = current_database() and wait_event_type = 'Lock'`
      while ((await client.query(waiting)).rows[0].count === 0);
    },
    release: () => client.query('rollback'),
    /** As another node does it. */
    async deactivate(accessKeyId: string) {
      await client.query('update account set revision = revision + 1')
      const deactivate = `update "accessKey" set status = 'Inactive' where "accessKeyId" = $1`
      await client.query(deactivate, [accessKeyId])
      await client.query('commit')
    },
    [Symbol.asyncDispose]: () => client.end(),
  }
}
