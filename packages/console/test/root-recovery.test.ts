// What the sign-in pages tell root who cannot go on is what whoever runs the server can do.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Page } from 'playwright-core'
import { newWorld } from '../../cli/test/world.ts'
import { newAuthenticator } from '../../server/test/authenticator.ts'
import { ROOT_PASSWORD } from '../../server/test/sign-in-people.ts'
import { startTwinlock } from '../../server/test/twinlock.ts'
import { expectAccessible, visitor } from './browser.ts'
import { rootPassword, rootSignedIn } from './root-password.ts'
import { submitPassword } from './sign-in-page.ts'

/** What stands beneath that heading, which is folded. */
async function unfold(page: Page, heading: string): Promise<string> {
  const button = page.getByRole('button', { name: heading })
  await button.click()
  const text = page.getByRole('group', { name: heading })
  await expectAccessible(page)
  return text.innerText()
}

/** The words of the command line that a text names, which must be one. */
async function theCommand(text: string): Promise<string> {
  const words = /twinlock ([a-z-]+ [a-z-]+)/.exec(text)?.[1] ?? assert.fail(text)
  await using world = await newWorld()
  const { status, stderr } = await world.twinlock([...words.split(' '), '--help'])
  assert.equal(status, 0, stderr)
  return words
}

test('whoever lost root’s password or device is told the command that helps', async () => {
  await using twinlock = await startTwinlock({ argv: await rootPassword() })
  const app = await newAuthenticator(twinlock.iam(), twinlock.clock, 'phone')
  const root = await rootSignedIn(twinlock)
  await root.call('signin:EnableMFADevice', { SerialNumber: app.SerialNumber, ...app.pair() })
  await using somebody = await visitor(twinlock)
  const { page } = somebody
  await page.goto('/signin')
  await page.getByLabel('Root user email address').fill('root@example.com')
  await page.getByRole('button', { name: 'Next' }).click()

  const password = await unfold(page, 'Trouble signing in?')
  assert.equal(
    password,
    'Forgot the root password? Whoever runs this server can set a new one: twinlock root reset-password.',
  )
  assert.equal(await theCommand(password), 'root reset-password')

  await submitPassword(page, ROOT_PASSWORD)
  const device = await unfold(page, 'Troubleshoot MFA')
  assert.match(
    device,
    /for the root user, whoever runs this server can: twinlock root remove-mfa\./,
  )
  assert.equal(await theCommand(device), 'root remove-mfa')
})
