// Grants as time goes by: who is deleted and made again inherits nothing, and a policy that changes changes sessions that were
// made before.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  CreatePolicyCommand,
  CreatePolicyVersionCommand,
  DeleteAccessKeyCommand,
  DeleteUserCommand,
  DeleteUserPolicyCommand,
  ListUsersCommand,
  UpdateAssumeRolePolicyCommand,
} from '@aws-sdk/client-iam'
import { AssumeRoleCommand } from '@aws-sdk/client-sts'
import { onEveryEngine } from '../src/store/every-engine.ts'
import { allow, deny, newRole, newUser, policy, sessionOf, trust } from './people.ts'
import type { Credentials, TestTwinlock } from './twinlock.ts'
import { startTwinlock } from './twinlock.ts'

const assume = (twinlock: TestTwinlock, caller: Credentials, RoleArn: string) =>
  twinlock.sts(caller).send(new AssumeRoleCommand({ RoleArn, RoleSessionName: 'test' }))

async function deleteUser(twinlock: TestTwinlock, UserName: string, { accessKeyId }: Credentials) {
  const iam = twinlock.iam()
  await iam.send(new DeleteAccessKeyCommand({ UserName, AccessKeyId: accessKeyId }))
  await iam.send(new DeleteUserPolicyCommand({ UserName, PolicyName: 'own' }))
  await iam.send(new DeleteUserCommand({ UserName }))
}

onEveryEngine('grants over time', newDatabase => {
  test('a user made again under the old name is a stranger to trust policies, until they are saved again', async () => {
    await using twinlock = await startTwinlock({ database: await newDatabase() })
    const bob = await newUser(twinlock, 'bob', allow('sts:AssumeRole'))
    const byName = { RoleName: 'by-name', AssumeRolePolicyDocument: policy(trust(bob.Arn)) }
    const role = await newRole(twinlock, byName)
    const byCondition = await newRole(twinlock, {
      RoleName: 'by-condition',
      AssumeRolePolicyDocument: policy(
        trust('123456789012', { Condition: { ArnEquals: { 'aws:PrincipalArn': bob.Arn } } }),
      ),
    })
    await assume(twinlock, bob, role.Arn)
    await assume(twinlock, bob, byCondition.Arn)

    await deleteUser(twinlock, 'bob', bob)
    const again = await newUser(twinlock, 'bob', allow('sts:AssumeRole'))
    assert.equal(again.Arn, bob.Arn)
    await assert.rejects(assume(twinlock, again, role.Arn), { name: 'AccessDenied' })
    // A condition's values are text: they match whoever has the name.
    await assume(twinlock, again, byCondition.Arn)

    await twinlock.iam().send(
      new UpdateAssumeRolePolicyCommand({
        RoleName: byName.RoleName,
        PolicyDocument: byName.AssumeRolePolicyDocument,
      }),
    )
    await assume(twinlock, again, role.Arn)
  })

  test('another default version of a managed session policy binds sessions that were made before', async () => {
    await using twinlock = await startTwinlock({ database: await newDatabase() })
    const iam = twinlock.iam()
    const ana = await newUser(twinlock, 'ana')
    const { Arn: RoleArn } = await newRole(
      twinlock,
      { RoleName: 'reader', AssumeRolePolicyDocument: policy(trust(ana.Arn)) },
      allow('iam:*'),
    )
    const { Policy } = await iam.send(
      new CreatePolicyCommand({ PolicyName: 'limit', PolicyDocument: policy(allow('iam:*')) }),
    )
    const PolicyArn = Policy?.Arn
    const session = sessionOf(
      await twinlock.sts(ana).send(
        new AssumeRoleCommand({
          RoleArn,
          RoleSessionName: 'test',
          PolicyArns: [{ arn: PolicyArn }],
        }),
      ),
    )
    const list = () => twinlock.iam(session).send(new ListUsersCommand())
    await list()
    await iam.send(
      new CreatePolicyVersionCommand({
        PolicyArn,
        PolicyDocument: policy(deny('iam:ListUsers')),
        SetAsDefault: true,
      }),
    )
    await assert.rejects(list(), {
      name: 'AccessDenied',
      message:
        /with an explicit deny in a session policy: arn:aws:iam::123456789012:policy\/limit$/,
    })
  })
})
