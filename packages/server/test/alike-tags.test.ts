// Tags whose keys differ by case alone: on policies and MFA devices they are several, and never more than can be asked about.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  CreatePolicyCommand,
  DeletePolicyCommand,
  GetPolicyCommand,
  ListPolicyTagsCommand,
  TagPolicyCommand,
  UntagPolicyCommand,
} from '@aws-sdk/client-iam'
import { allow, newUser, policy } from './people.ts'
import { startTwinlock } from './twinlock.ts'

test('one after another they are bounded, and can always be taken off', async () => {
  await using twinlock = await startTwinlock()
  const iam = twinlock.iam()
  const tagger = twinlock.iam(await newUser(twinlock, 'ana', allow('iam:TagPolicy')))
  const PolicyDocument = policy(allow('s3:*'))
  const { Policy } = await iam.send(new CreatePolicyCommand({ PolicyName: 'p', PolicyDocument }))
  const PolicyArn = Policy?.Arn ?? ''
  const tag = (Key: string) =>
    tagger.send(new TagPolicyCommand({ PolicyArn, Tags: [{ Key, Value: 'x' }] }))

  for (const key of ['a', 'A', 'b', 'B', 'c', 'C', 'd']) await tag(key)
  await assert.rejects(tag('D'), { name: 'InvalidInputException' })
  await iam.send(new GetPolicyCommand({ PolicyArn }))
  await iam.send(new UntagPolicyCommand({ PolicyArn, TagKeys: ['a', 'A'] }))
  await tag('D')
  const { Tags = [] } = await iam.send(new ListPolicyTagsCommand({ PolicyArn }))
  assert.deepEqual(Tags.map(({ Key }) => Key).join(''), 'BCDbcd')
  await iam.send(new DeletePolicyCommand({ PolicyArn }))
})
