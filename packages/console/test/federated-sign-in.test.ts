// A sign-in link of the federation endpoint, in a real browser.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { AssumeRoleCommand } from '@aws-sdk/client-sts'
import { linkFor } from '../../server/test/federated-browser.ts'
import { allow, newRole, newUser, policy, sessionOf, trust } from '../../server/test/people.ts'
import { newSigner } from '../../server/test/sign-in-people.ts'
import type { TestTwinlock } from '../../server/test/twinlock.ts'
import { startTwinlock } from '../../server/test/twinlock.ts'
import { expectAccessible, visitor } from './browser.ts'
import { consoleOpens, submitUser } from './sign-in-page.ts'

const ROLE_SESSION = 'arn:aws:sts::123456789012:assumed-role/reader/broker'

async function linkOfRole(twinlock: TestTwinlock): Promise<string> {
  const broker = await newUser(twinlock, 'broker', allow('sts:AssumeRole'))
  const AssumeRolePolicyDocument = policy(trust(broker.Arn))
  const role = { RoleName: 'reader', AssumeRolePolicyDocument }
  const { Arn: RoleArn } = await newRole(twinlock, role, allow('iam:List*'))
  const command = new AssumeRoleCommand({ RoleArn, RoleSessionName: 'broker' })
  return linkFor(twinlock, sessionOf(await twinlock.sts(broker).send(command)), '/console/users')
}

test('a sign-in link opens the console, and asks first where somebody else is signed in', async () => {
  await using twinlock = await startTwinlock()
  await newSigner(twinlock, 'alice', allow('*'))
  const link = await linkOfRole(twinlock)
  await using alice = await visitor(twinlock)
  const { page } = alice
  await page.goto('/signin')
  await submitUser(page, 'alice')
  await consoleOpens(page)

  await page.goto(link)
  await page.getByRole('heading', { name: 'Switch session?' }).waitFor()
  await page.getByText(`A link opens the console as ${ROLE_SESSION}`).waitFor()
  await expectAccessible(page)
  await page.getByRole('button', { name: 'Stay signed in' }).click()
  await consoleOpens(page)
  assert.equal(await whoIs(page), 'arn:aws:iam::123456789012:user/alice')

  await page.goto(link)
  await page.getByRole('button', { name: 'Continue' }).click()
  await consoleOpens(page, '/console/users')
  assert.equal(await whoIs(page), ROLE_SESSION)

  await alice.forget()
  await page.goto(link)
  await page.getByText('The sign-in token is not valid, or was used.').waitFor()
})

/** Whose session the page has. */
const whoIs = (page: Awaited<ReturnType<typeof visitor>>['page']) =>
  page.evaluate(async () => {
    const headers = { 'content-type': 'application/json' }
    const request = { method: 'POST', headers, body: '{}' }
    const answer = await fetch('/console/api/signin/GetSession', request)
    return ((await answer.json()) as { readonly Arn: string }).Arn
  })
