// Browsers whose role, or whose principal, is deleted while they are in the console: they come to where they can go on.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  DeleteAccessKeyCommand,
  DeleteRoleCommand,
  DeleteRolePolicyCommand,
  DeleteUserCommand,
  DeleteUserPolicyCommand,
} from '@aws-sdk/client-iam'
import { GetFederationTokenCommand } from '@aws-sdk/client-sts'
import { linkFor, openFederated } from './federated-browser.ts'
import { allow, newRole, newUser, policy, sessionOf, trust } from './people.ts'
import { newSigner, signedIn } from './sign-in-people.ts'
import { startTwinlock } from './twinlock.ts'
import type { Credentials, TestTwinlock } from './twinlock.ts'

test('of a role that is deleted, the session is asked to leave it, and can', async () => {
  await using twinlock = await startTwinlock()
  const ana = await newSigner(twinlock, 'ana', allow('*'))
  const trustAna = policy(trust(ana.Arn))
  await newRole(
    twinlock,
    { RoleName: 'reader', AssumeRolePolicyDocument: trustAna },
    allow('iam:ListUsers'),
  )
  const browser = await signedIn(twinlock, 'ana')
  await browser.call('signin:SwitchRole', { Account: twinlock.account, RoleName: 'reader' })
  await deleteRole(twinlock, 'reader')

  const asRole = await browser.post('/console/api/iam/ListUsers')
  assert.equal(asRole.body.code, 'ExpiredToken', 'not performed with the permissions of another')
  await browser.call('signin:ExitRole')
  await browser.call('iam:ListUsers')
})

test('of a principal that is deleted, no session is left, and sign-in begins anew', async () => {
  await using twinlock = await startTwinlock()
  const broker = await newUser(twinlock, 'broker', allow('*'))
  const browser = await openFederated(twinlock, await federated(twinlock, broker, 'feli'))
  await deleteUser(twinlock, 'broker', broker.accessKeyId)

  assert.equal((await browser.post('/console/api/signin/GetSession')).status, 401)
  assert.deepEqual((await browser.get('/signin/api/state')).body, { state: 'password' })

  const other = await newUser(twinlock, 'other', allow('*'))
  await browser.get(await linkFor(twinlock, await federated(twinlock, other, 'gero')))
  const { status, body } = await browser.get('/signin/api/state')
  assert.equal(status, 200)
  assert.notEqual(body.state, 'password')
  assert.equal(body.signedInAs, undefined)
})

const federated = async (twinlock: TestTwinlock, by: Credentials, Name: string) =>
  sessionOf(
    await twinlock
      .sts(by)
      .send(new GetFederationTokenCommand({ Name, Policy: policy(allow('*')) })),
  )

async function deleteRole(twinlock: TestTwinlock, RoleName: string) {
  await twinlock.iam().send(new DeleteRolePolicyCommand({ RoleName, PolicyName: 'own' }))
  await twinlock.iam().send(new DeleteRoleCommand({ RoleName }))
}

async function deleteUser(twinlock: TestTwinlock, UserName: string, AccessKeyId: string) {
  const iam = twinlock.iam()
  await iam.send(new DeleteUserPolicyCommand({ UserName, PolicyName: 'own' }))
  await iam.send(new DeleteAccessKeyCommand({ UserName, AccessKeyId }))
  await iam.send(new DeleteUserCommand({ UserName }))
}
