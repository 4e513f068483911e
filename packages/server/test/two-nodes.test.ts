import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import {
  AttachUserPolicyCommand,
  CreateAccessKeyCommand,
  CreateUserCommand,
  DeactivateMFADeviceCommand,
  DetachUserPolicyCommand,
  IAMClient,
  ListAccessKeysCommand,
  ListUsersCommand,
  PutUserPolicyCommand,
  UpdateAccessKeyCommand,
  UpdateUserCommand,
} from '@aws-sdk/client-iam'
import { GetSessionTokenCommand, STSClient } from '@aws-sdk/client-sts'
import { REVISION_CHECK_MS } from '../src/authorization/principals.ts'
import { open, readConfig } from '../src/index.ts'
import { onEveryEngine } from '../src/store/every-engine.ts'
import { enrol } from './authenticator.ts'
import { allow, policy } from './people.ts'
import type { Credentials } from './twinlock.ts'

const PolicyArn = 'arn:aws:iam::aws:policy/IAMReadOnlyAccess'
const ADMINISTRATOR = 'arn:aws:iam::aws:policy/AdministratorAccess'
const OWN_USER = 'arn:aws:iam::*:user/${aws:username}'
const UserName = 'ana'

/** Two nodes of one store. Both clocks stand still, so that a node looks only when the test lets time pass for it. */
async function twoNodes(database: string) {
  const data = await mkdtemp(join(tmpdir(), 'twinlock-'))
  const times: [number, number] = [Date.now(), Date.now()]
  const node = (index: 0 | 1) => {
    const config = readConfig(['--data', data, '--listen', '127.0.0.1:0'], {})
    return open({ ...config, database }, { now: () => new Date(times[index]) })
  }
  await using stack = new AsyncDisposableStack()
  stack.defer(() => rm(data, { recursive: true, force: true }))
  const one = stack.use(await node(0))
  const other = stack.use(await node(1))
  assert.ok(one.made)
  const opened = stack.move()
  return {
    one,
    other,
    root: one.made,
    times,
    client: (endpoint: string, credentials: Credentials) =>
      opened.adopt(
        new IAMClient({ endpoint, region: 'us-east-1', credentials, maxAttempts: 1 }),
        each => each.destroy(),
      ),
    sts: (endpoint: string, credentials: Credentials) =>
      opened.adopt(
        new STSClient({ endpoint, region: 'us-east-1', credentials, maxAttempts: 1 }),
        each => each.destroy(),
      ),
    [Symbol.asyncDispose]: () => opened.disposeAsync(),
  }
}

/** Makes the user, and a key of its own. */
async function newKey(iam: IAMClient): Promise<Credentials> {
  await iam.send(new CreateUserCommand({ UserName }))
  const { AccessKey } = await iam.send(new CreateAccessKeyCommand({ UserName }))
  const { AccessKeyId: accessKeyId = '', SecretAccessKey: secretAccessKey = '' } = AccessKey ?? {}
  return { accessKeyId, secretAccessKey }
}

onEveryEngine('two nodes on one store', newDatabase => {
  test("a node sees its own changes at once, the other node's when it next looks at the revision", async () => {
    await using nodes = await twoNodes(await newDatabase())
    const root = nodes.client(nodes.one.endpoint, nodes.root)
    const key = await newKey(root)
    await root.send(new AttachUserPolicyCommand({ UserName, PolicyArn }))
    const here = nodes.client(nodes.one.endpoint, key)
    const there = nodes.client(nodes.other.endpoint, key)
    const list = new ListUsersCommand({})
    await here.send(list)
    await there.send(list)

    await root.send(new DetachUserPolicyCommand({ UserName, PolicyArn }))
    await assert.rejects(here.send(list), { name: 'AccessDenied' })
    nodes.times[1] += REVISION_CHECK_MS
    await assert.rejects(there.send(list), { name: 'AccessDenied' })
  })

  test('a device that one node deactivates proves nothing at once, there and on the other node', async () => {
    await using nodes = await twoNodes(await newDatabase())
    const root = nodes.client(nodes.one.endpoint, nodes.root)
    const key = await newKey(root)
    const clock = { seconds: () => nodes.times[0] / 1000 }
    const { SerialNumber, proof } = await enrol(root, clock, UserName, 'phone')
    const here = nodes.sts(nodes.one.endpoint, key)
    const there = nodes.sts(nodes.other.endpoint, key)
    await here.send(new GetSessionTokenCommand(proof(-2)))
    await there.send(new GetSessionTokenCommand(proof(-1)))

    await root.send(new DeactivateMFADeviceCommand({ UserName, SerialNumber }))
    await assert.rejects(here.send(new GetSessionTokenCommand(proof(1))), { name: 'AccessDenied' })
    await assert.rejects(there.send(new GetSessionTokenCommand(proof(2))), {
      name: 'AccessDenied',
    })
  })

  test('a change is made by who the caller is now, not by who has the name that the node knows', async () => {
    await using nodes = await twoNodes(await newDatabase())
    const root = nodes.client(nodes.one.endpoint, nodes.root)
    const key = await newKey(root)
    const PolicyDocument = policy(allow('iam:*AccessKey*', { Resource: OWN_USER }))
    await root.send(new PutUserPolicyCommand({ UserName, PolicyName: 'own', PolicyDocument }))
    const there = nodes.client(nodes.other.endpoint, key)
    await there.send(new ListAccessKeysCommand({}))

    await root.send(new UpdateUserCommand({ UserName, NewUserName: 'ana-who-left' }))
    await root.send(new CreateUserCommand({ UserName }))
    const { AccessKey } = await there.send(new CreateAccessKeyCommand({}))
    assert.equal(AccessKey?.UserName, 'ana-who-left')
    const { AccessKeyMetadata } = await root.send(new ListAccessKeysCommand({ UserName }))
    assert.deepEqual(AccessKeyMetadata, [])
  })

  test('a key that one node deactivates changes nothing on the other', async () => {
    await using nodes = await twoNodes(await newDatabase())
    const root = nodes.client(nodes.one.endpoint, nodes.root)
    const key = await newKey(root)
    await root.send(new AttachUserPolicyCommand({ UserName, PolicyArn: ADMINISTRATOR }))
    const there = nodes.client(nodes.other.endpoint, key)
    await there.send(new ListUsersCommand({}))

    const AccessKeyId = key.accessKeyId
    await root.send(new UpdateAccessKeyCommand({ UserName, AccessKeyId, Status: 'Inactive' }))
    await assert.rejects(there.send(new CreateUserCommand({ UserName: 'mole' })), {
      name: 'InvalidClientTokenId',
    })
  })
})
