// Versions of managed policies, as the AWS SDK sees them.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  AttachUserPolicyCommand,
  CreatePolicyVersionCommand,
  DeletePolicyVersionCommand,
  DetachUserPolicyCommand,
  GetPolicyCommand,
  GetPolicyVersionCommand,
  ListPolicyVersionsCommand,
  ListUsersCommand,
  SetDefaultPolicyVersionCommand,
} from '@aws-sdk/client-iam'
import { onEveryEngine } from '../src/store/every-engine.ts'
import { createPolicy, MISSING } from './managed-policies.ts'
import { allow, newUser, policy } from './people.ts'
import { startTwinlock } from './twinlock.ts'

onEveryEngine('Versions of managed policies', newDatabase => {
  test('versions are numbered on, listed newest first, and five at most', async () => {
    await using twinlock = await startTwinlock({ database: await newDatabase() })
    const { clock } = twinlock
    const iam = twinlock.iam()
    const PolicyArn = await createPolicy(iam, 'p')
    const first = clock.now()
    const add = (SetAsDefault?: boolean) =>
      iam.send(
        new CreatePolicyVersionCommand({
          PolicyArn,
          PolicyDocument: policy(allow('iam:ListUsers')),
          ...(SetAsDefault !== undefined && { SetAsDefault }),
        }),
      )
    const list = async () => {
      const { Versions } = await iam.send(new ListPolicyVersionsCommand({ PolicyArn }))
      return Versions?.map(each => `${each.VersionId}${each.IsDefaultVersion ? ' default' : ''}`)
    }

    clock.advance(60)
    const { PolicyVersion } = await add(true)
    assert.deepEqual(PolicyVersion, {
      VersionId: 'v2',
      IsDefaultVersion: true,
      CreateDate: clock.now(),
    })
    const { Policy: updated } = await iam.send(new GetPolicyCommand({ PolicyArn }))
    assert.equal(updated?.DefaultVersionId, 'v2')
    assert.deepEqual([updated?.CreateDate, updated?.UpdateDate], [first, clock.now()])

    for (let version = 3; version <= 5; version++) await add()
    assert.deepEqual(await list(), ['v5', 'v4', 'v3', 'v2 default', 'v1'])
    await assert.rejects(add(), {
      name: 'LimitExceededException',
      message:
        'A managed policy can have up to 5 versions. Before you create a new version, you must delete an existing version.',
    })

    await assert.rejects(iam.send(new DeletePolicyVersionCommand({ PolicyArn, VersionId: 'v2' })), {
      name: 'DeleteConflictException',
      message: 'Cannot delete the default version of a policy.',
    })
    await iam.send(new DeletePolicyVersionCommand({ PolicyArn, VersionId: 'v5' }))
    await add()
    assert.deepEqual(await list(), ['v6', 'v4', 'v3', 'v2 default', 'v1'])
    await iam.send(new SetDefaultPolicyVersionCommand({ PolicyArn, VersionId: 'v1' }))
    assert.deepEqual(await list(), ['v6', 'v4', 'v3', 'v2', 'v1 default'])

    const page = await iam.send(new ListPolicyVersionsCommand({ PolicyArn, MaxItems: 3 }))
    const rest = await iam.send(new ListPolicyVersionsCommand({ PolicyArn, Marker: page.Marker }))
    assert.deepEqual(
      [...(page.Versions ?? []), ...(rest.Versions ?? [])].map(each => each.VersionId),
      ['v6', 'v4', 'v3', 'v2', 'v1'],
    )
    assert.equal(rest.IsTruncated, false)

    const onVersion = {
      get: (version: Version) => iam.send(new GetPolicyVersionCommand(version)),
      setDefault: (version: Version) => iam.send(new SetDefaultPolicyVersionCommand(version)),
      remove: (version: Version) => iam.send(new DeletePolicyVersionCommand(version)),
    }
    for (const [what, arn, VersionId] of [
      ['get', PolicyArn, 'v99999999999'],
      ['setDefault', PolicyArn, 'v5'],
      ['remove', PolicyArn, 'v1.5'],
      ['get', MISSING, 'v1'],
      ['setDefault', MISSING, 'v1'],
      ['remove', MISSING, 'v1'],
    ] as const) {
      await assert.rejects(onVersion[what]({ PolicyArn: arn, VersionId }), {
        name: 'NoSuchEntityException',
        message: `Policy ${arn} version ${VersionId} does not exist or is not attachable.`,
      })
    }
  })

  test('the default version is the one that speaks, from the moment it is set', async () => {
    await using twinlock = await startTwinlock({ database: await newDatabase() })
    const iam = twinlock.iam()
    const ana = await newUser(twinlock, 'ana')
    const asAna = twinlock.iam(ana)
    const PolicyArn = await createPolicy(iam, 'p')
    await iam.send(new AttachUserPolicyCommand({ UserName: 'ana', PolicyArn }))
    await iam.send(
      new CreatePolicyVersionCommand({ PolicyArn, PolicyDocument: policy(allow('iam:ListUsers')) }),
    )
    await assert.rejects(asAna.send(new ListUsersCommand({})), { name: 'AccessDenied' })
    await iam.send(new SetDefaultPolicyVersionCommand({ PolicyArn, VersionId: 'v2' }))
    await asAna.send(new ListUsersCommand({}))
    await iam.send(new DetachUserPolicyCommand({ UserName: 'ana', PolicyArn }))
    await assert.rejects(asAna.send(new ListUsersCommand({})), { name: 'AccessDenied' })
  })
})

type Version = { readonly PolicyArn: string; readonly VersionId: string }
