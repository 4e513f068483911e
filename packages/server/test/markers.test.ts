// Markers, as clients send them back: whatever the names are, the next page is answered.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  CreateGroupCommand,
  CreatePolicyCommand,
  CreateUserCommand,
  CreateVirtualMFADeviceCommand,
  GetAccountAuthorizationDetailsCommand,
  ListGroupsCommand,
  ListPoliciesCommand,
  ListRolesCommand,
  ListUserPoliciesCommand,
  ListUserTagsCommand,
  ListUsersCommand,
  ListVirtualMFADevicesCommand,
  PutUserPolicyCommand,
  TagUserCommand,
  UntagUserCommand,
} from '@aws-sdk/client-iam'
import type { IAMClient } from '@aws-sdk/client-iam'
import { modelOf, validateInput } from '@twinlock/protocol'
import fc from 'fast-check'
import { onEveryEngine } from '../src/store/every-engine.ts'
import { allow, newRole, policy, trust } from './people.ts'
import { startTwinlock } from './twinlock.ts'

type Asked = { readonly MaxItems: number; readonly Marker?: string }
type Answer = { IsTruncated?: boolean | undefined; Marker?: string | undefined }

/** Follows a list page by page. Every marker must keep to the model's constraints. */
async function pages<Page extends Answer>(
  MaxItems: number,
  ask: (asked: Asked) => Promise<Page>,
): Promise<readonly Page[]> {
  const listUsers = modelOf('iam').findOperation('ListUsers')
  assert.ok(listUsers)
  const found: Page[] = []
  let Marker: string | undefined
  do {
    const page = await ask({ MaxItems, ...(Marker !== undefined && { Marker }) })
    assert.equal(page.IsTruncated, page.Marker !== undefined)
    if (page.Marker !== undefined) validateInput(listUsers, { Marker: page.Marker })
    Marker = page.Marker
    found.push(page)
  } while (Marker !== undefined)
  return found
}

const UserName = 'u'.repeat(64)

const tagUser = (iam: IAMClient, keys: readonly string[]) =>
  iam.send(new TagUserCommand({ UserName, Tags: keys.map(Key => ({ Key, Value: '' })) }))

const listTags = (iam: IAMClient, asked: Asked) =>
  iam.send(new ListUserTagsCommand({ UserName, ...asked }))

onEveryEngine('Markers', newDatabase => {
  test('every marker that we give is one that the model accepts: the longest names', async () => {
    await using twinlock = await startTwinlock({ database: await newDatabase() })
    const iam = twinlock.iam()
    const PolicyDocument = policy(allow('s3:ListAllMyBuckets'))
    for (const end of ['+', '=']) {
      const long = (length: number) => 'x'.repeat(length - 1) + end
      const [name, Path] = [long(64), `/${long(100)}/`]
      await iam.send(new CreateUserCommand({ UserName: name, Path }))
      await iam.send(new CreateGroupCommand({ GroupName: long(128), Path }))
      await newRole(twinlock, { RoleName: name, AssumeRolePolicyDocument: policy(trust('*')) })
      await iam.send(new CreatePolicyCommand({ PolicyName: long(128), PolicyDocument }))
      await iam.send(
        new PutUserPolicyCommand({ UserName: name, PolicyName: long(128), PolicyDocument }),
      )
      await iam.send(new PutUserPolicyCommand({ UserName: name, PolicyName: 'p', PolicyDocument }))
      const free = 256 - `arn:aws:iam::${twinlock.account}:mfa//`.length
      await iam.send(
        new CreateVirtualMFADeviceCommand({
          VirtualMFADeviceName: 'x',
          Path: `/${long(free - 1)}/`,
        }),
      )
    }
    const owner = `${'x'.repeat(63)}+`
    const lists: readonly [number, (asked: Asked) => Promise<Answer>][] = [
      [2, asked => iam.send(new ListUsersCommand(asked))],
      [2, asked => iam.send(new ListGroupsCommand(asked))],
      [2, asked => iam.send(new ListRolesCommand(asked))],
      [2, asked => iam.send(new ListPoliciesCommand({ Scope: 'Local', ...asked }))],
      [2, asked => iam.send(new ListUserPoliciesCommand({ UserName: owner, ...asked }))],
      [2, asked => iam.send(new ListVirtualMFADevicesCommand(asked))],
      [8, asked => iam.send(new GetAccountAuthorizationDetailsCommand(asked))],
    ]
    for (const [length, ask] of lists) assert.equal((await pages(1, ask)).length, length)
  })

  test('every marker that we give is one that the model accepts: tags in any script', async () => {
    await using twinlock = await startTwinlock({ database: await newDatabase() })
    const iam = twinlock.iam()
    await iam.send(new CreateUserCommand({ UserName }))
    const letter = fc.constantFrom('a', 'Z', '7', ' ', 'é', '团', '队', 'ツ', '\u{20000}')
    const key = fc.string({ unit: letter, minLength: 1, maxLength: 64 })
    const keys = fc.uniqueArray(fc.oneof(key, fc.constant('团'.repeat(128))), {
      minLength: 2,
      maxLength: 5,
      selector: text => text.toLowerCase(),
    })
    await fc.assert(
      fc.asyncProperty(keys, fc.integer({ min: 1, max: 3 }), async (tagged, MaxItems) => {
        await tagUser(iam, tagged)
        const [whole] = await pages(100, asked => listTags(iam, asked))
        const parts = await pages(MaxItems, asked => listTags(iam, asked))
        assert.equal(parts.length, Math.ceil(tagged.length / MaxItems))
        assert.deepEqual(
          parts.flatMap(({ Tags = [] }) => Tags),
          whole?.Tags,
        )
        await iam.send(new UntagUserCommand({ UserName, TagKeys: tagged }))
      }),
      { numRuns: 15 },
    )
  })

  test('a marker after a tag that is gone is refused, for where it stood cannot be told', async () => {
    await using twinlock = await startTwinlock({ database: await newDatabase() })
    const iam = twinlock.iam()
    await iam.send(new CreateUserCommand({ UserName }))
    await tagUser(iam, ['a', 'b', 'c'])
    const { Marker = '' } = await listTags(iam, { MaxItems: 2 })
    await iam.send(new UntagUserCommand({ UserName, TagKeys: ['a'] }))
    const { Tags } = await listTags(iam, { MaxItems: 2, Marker })
    assert.deepEqual(Tags, [{ Key: 'c', Value: '' }])
    await iam.send(new UntagUserCommand({ UserName, TagKeys: ['b'] }))
    await assert.rejects(listTags(iam, { MaxItems: 2, Marker }), {
      name: 'ValidationError',
      message: 'Invalid Marker.',
    })
  })

  test('a marker is good for the list and the filter that it was given for', async () => {
    await using twinlock = await startTwinlock({ database: await newDatabase() })
    const iam = twinlock.iam()
    for (const name of ['a', 'b']) {
      await iam.send(new CreateUserCommand({ UserName: name, Path: '/team/' }))
      await iam.send(new CreateGroupCommand({ GroupName: name, Path: '/team/' }))
    }
    const invalid = { name: 'ValidationError', message: 'Invalid Marker.' }
    const users = await iam.send(new ListUsersCommand({ MaxItems: 1 }))
    const groups = await iam.send(new ListGroupsCommand({ MaxItems: 1 }))
    const policies = await iam.send(new ListPoliciesCommand({ MaxItems: 1 }))
    await assert.rejects(
      iam.send(new ListUsersCommand({ Marker: users.Marker, PathPrefix: '/team/' })),
      invalid,
    )
    await assert.rejects(
      iam.send(new ListGroupsCommand({ Marker: groups.Marker, PathPrefix: '/team/' })),
      invalid,
    )
    await assert.rejects(
      iam.send(new ListPoliciesCommand({ Marker: policies.Marker, Scope: 'AWS' })),
      invalid,
    )
    await assert.rejects(iam.send(new ListGroupsCommand({ Marker: users.Marker })), invalid)
  })
})
