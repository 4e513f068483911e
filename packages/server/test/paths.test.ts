// Paths that IAM refuses in words of its own, whichever operation takes them.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  CreateGroupCommand,
  CreateRoleCommand,
  CreateUserCommand,
  CreateVirtualMFADeviceCommand,
  GetUserCommand,
  ListEntitiesForPolicyCommand,
  UpdateGroupCommand,
  UpdateUserCommand,
} from '@aws-sdk/client-iam'
import type { IAMClient } from '@aws-sdk/client-iam'
import { onEveryEngine } from '../src/store/every-engine.ts'
import { newUser, policy, trust } from './people.ts'
import { startTwinlock } from './twinlock.ts'

const AssumeRolePolicyDocument = policy(trust('*'))
const PolicyArn = 'arn:aws:iam::aws:policy/ReadOnlyAccess'

/** Every operation that takes a path, and what it calls the member. */
const TAKING_PATHS: Readonly<
  Record<string, readonly [member: string, (iam: IAMClient, path: string) => Promise<unknown>]>
> = {
  CreateUser: ['path', (iam, Path) => iam.send(new CreateUserCommand({ UserName: 'ana', Path }))],
  CreateGroup: [
    'path',
    (iam, Path) => iam.send(new CreateGroupCommand({ GroupName: 'team', Path })),
  ],
  CreateRole: [
    'path',
    (iam, Path) =>
      iam.send(new CreateRoleCommand({ RoleName: 'reader', Path, AssumeRolePolicyDocument })),
  ],
  CreateVirtualMFADevice: [
    'path',
    (iam, Path) =>
      iam.send(new CreateVirtualMFADeviceCommand({ VirtualMFADeviceName: 'phone', Path })),
  ],
  UpdateUser: [
    'newPath',
    (iam, NewPath) => iam.send(new UpdateUserCommand({ UserName: 'ana', NewPath })),
  ],
  UpdateGroup: [
    'newPath',
    (iam, NewPath) => iam.send(new UpdateGroupCommand({ GroupName: 'team', NewPath })),
  ],
  ListEntitiesForPolicy: [
    'pathPrefix',
    (iam, PathPrefix) => iam.send(new ListEntitiesForPolicyCommand({ PolicyArn, PathPrefix })),
  ],
}

onEveryEngine('Paths', newDatabase => {
  test('a path begins and ends with a slash, and whoever sends another is told so before being denied', async () => {
    await using twinlock = await startTwinlock({ database: await newDatabase() })
    const nobody = twinlock.iam(await newUser(twinlock, 'nobody'))
    for (const [member, ask] of Object.values(TAKING_PATHS)) {
      for (const path of ['team', '/team', 'team/', '/a team/', '/équipe/', '/team/\n']) {
        await assert.rejects(ask(nobody, path), {
          name: 'ValidationError',
          message: `The specified value for ${member} is invalid. It must begin and end with / and contain only alphanumeric characters and/or / characters.`,
        })
      }
      await assert.rejects(ask(nobody, `/${'x'.repeat(511)}/`), {
        name: 'ValidationError',
        message: `1 validation error detected: Value at '${member}' failed to satisfy constraint: Member must have length less than or equal to 512`,
      })
      await assert.rejects(ask(nobody, '/team/'), { name: 'AccessDenied' })
    }
  })

  test('slashes may follow one another, and any other visible character is taken', async () => {
    await using twinlock = await startTwinlock({ database: await newDatabase() })
    const iam = twinlock.iam()
    for (const [, ask] of Object.values(TAKING_PATHS)) await ask(iam, '/a//b!~/')
    const { User } = await iam.send(new GetUserCommand({ UserName: 'ana' }))
    assert.equal(User?.Arn, `arn:aws:iam::${twinlock.account}:user/a//b!~/ana`)
  })
})
