import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import {
  AttachUserPolicyCommand,
  CreateAccessKeyCommand,
  CreateUserCommand,
  DetachUserPolicyCommand,
  IAMClient,
  ListUsersCommand,
} from '@aws-sdk/client-iam'
import { REVISION_CHECK_MS } from '../src/authorization/principals.ts'
import { open, readConfig } from '../src/index.ts'
import { onEveryEngine } from '../src/store/every-engine.ts'

const PolicyArn = 'arn:aws:iam::aws:policy/IAMReadOnlyAccess'
const UserName = 'ana'

onEveryEngine('two nodes on one store', newDatabase => {
  test("a node sees its own changes at once, the other node's when it next looks at the revision", async () => {
    const database = await newDatabase()
    const data = await mkdtemp(join(tmpdir(), 'twinlock-'))
    // Both clocks stand still, so that a node looks only when the test lets time pass for it.
    const times = [Date.now(), Date.now()]
    const node = async (index: number) => {
      const config = readConfig(['--data', data, '--listen', '127.0.0.1:0'], {})
      const clock = { now: () => new Date(times[index] ?? 0) }
      return open({ ...config, database }, clock)
    }
    {
      await using one = await node(0)
      await using other = await node(1)
      assert.ok(one.made)
      const client = (endpoint: string, credentials: NonNullable<typeof one.made>) =>
        new IAMClient({ endpoint, region: 'us-east-1', credentials, maxAttempts: 1 })
      const root = client(one.endpoint, one.made)
      await root.send(new CreateUserCommand({ UserName }))
      const { AccessKey } = await root.send(new CreateAccessKeyCommand({ UserName }))
      const key = {
        ...one.made,
        accessKeyId: AccessKey?.AccessKeyId ?? '',
        secretAccessKey: AccessKey?.SecretAccessKey ?? '',
      }
      await root.send(new AttachUserPolicyCommand({ UserName, PolicyArn }))
      const here = client(one.endpoint, key)
      const there = client(other.endpoint, key)
      const list = new ListUsersCommand({})
      await here.send(list)
      await there.send(list)

      await root.send(new DetachUserPolicyCommand({ UserName, PolicyArn }))
      await assert.rejects(here.send(list), { name: 'AccessDenied' })
      times[1] = (times[1] ?? 0) + REVISION_CHECK_MS
      await assert.rejects(there.send(list), { name: 'AccessDenied' })
      for (const each of [root, here, there]) each.destroy()
    }
    await rm(data, { recursive: true, force: true })
  })
})
