// Tag keys that begin with `aws:`, in any case, are nobody's to give: policies could take them for AWS's own.
// https://docs.aws.amazon.com/IAM/latest/UserGuide/id_tags.html#id_tags_naming-conventions
import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  CreatePolicyCommand,
  CreateRoleCommand,
  CreateUserCommand,
  CreateVirtualMFADeviceCommand,
  ListUserTagsCommand,
  ListUsersCommand,
  TagMFADeviceCommand,
  TagPolicyCommand,
  TagRoleCommand,
  TagUserCommand,
  UntagUserCommand,
} from '@aws-sdk/client-iam'
import { onEveryEngine } from '../src/store/every-engine.ts'
import { allow, newRole, newUser, policy, trust } from './people.ts'
import { startTwinlock } from './twinlock.ts'

const RESERVED = {
  name: 'InvalidInputException',
  message: 'Tag keys that begin with aws: are reserved for system use.',
}

onEveryEngine('Reserved tag keys', newDatabase => {
  test('nothing is made with one, or given one', async () => {
    await using twinlock = await startTwinlock({ database: await newDatabase() })
    const iam = twinlock.iam()
    const PolicyDocument = policy(allow('s3:*'))
    const AssumeRolePolicyDocument = policy(trust('123456789012'))
    await newUser(twinlock, 'old')
    await newRole(twinlock, { RoleName: 'old', AssumeRolePolicyDocument })
    const made = await iam.send(new CreatePolicyCommand({ PolicyName: 'old', PolicyDocument }))
    const device = await iam.send(
      new CreateVirtualMFADeviceCommand({ VirtualMFADeviceName: 'old' }),
    )
    const PolicyArn = made.Policy?.Arn
    const SerialNumber = device.VirtualMFADevice?.SerialNumber
    for (const Key of ['aws:foo', 'AWS:x', 'aws:']) {
      const Tags = [
        { Key: 'team', Value: 'red' },
        { Key, Value: 'b' },
      ]
      for (const send of [
        () => iam.send(new CreateUserCommand({ UserName: 'new', Tags })),
        () => iam.send(new TagUserCommand({ UserName: 'old', Tags })),
        () => iam.send(new CreateRoleCommand({ RoleName: 'new', AssumeRolePolicyDocument, Tags })),
        () => iam.send(new TagRoleCommand({ RoleName: 'old', Tags })),
        () => iam.send(new CreatePolicyCommand({ PolicyName: 'new', PolicyDocument, Tags })),
        () => iam.send(new TagPolicyCommand({ PolicyArn, Tags })),
        () => iam.send(new CreateVirtualMFADeviceCommand({ VirtualMFADeviceName: 'new', Tags })),
        () => iam.send(new TagMFADeviceCommand({ SerialNumber, Tags })),
      ]) {
        await assert.rejects(send, RESERVED)
      }
    }
    const { Users } = await iam.send(new ListUsersCommand({}))
    assert.deepEqual(
      Users?.map(({ UserName }) => UserName),
      ['old'],
    )
    const { Tags } = await iam.send(new ListUserTagsCommand({ UserName: 'old' }))
    assert.deepEqual(Tags, [])
  })

  test('a key that only looks like one is a key like any other, and removing one asks nothing', async () => {
    await using twinlock = await startTwinlock({ database: await newDatabase() })
    const iam = twinlock.iam()
    const Tags = [{ Key: 'awsome', Value: 'yes' }]
    await iam.send(new CreateUserCommand({ UserName: 'ana', Tags }))
    await iam.send(new UntagUserCommand({ UserName: 'ana', TagKeys: ['aws:foo'] }))
    const listed = await iam.send(new ListUserTagsCommand({ UserName: 'ana' }))
    assert.deepEqual(listed.Tags, Tags)
  })
})
