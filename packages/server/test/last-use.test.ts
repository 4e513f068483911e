import assert from 'node:assert/strict'
import { test } from 'node:test'
import { GetAccessKeyLastUsedCommand } from '@aws-sdk/client-iam'
import { GetCallerIdentityCommand } from '@aws-sdk/client-sts'
import { newUser } from './people.ts'
import { startTwinlock } from './twinlock.ts'

test('when the clock was an hour ahead, a use is noted as soon as it is right', async () => {
  await using twinlock = await startTwinlock()
  const { clock } = twinlock
  const dev = await newUser(twinlock, 'dev')
  const use = () => twinlock.sts(dev).send(new GetCallerIdentityCommand({}))
  clock.advance(3600)
  await use()
  await twinlock.flush()
  clock.advance(-3600 + 120)
  await use()
  await twinlock.flush()
  const { AccessKeyLastUsed } = await twinlock
    .iam()
    .send(new GetAccessKeyLastUsedCommand({ AccessKeyId: dev.accessKeyId }))
  assert.equal(AccessKeyLastUsed?.LastUsedDate?.getTime(), clock.seconds() * 1000)
})
