// Accessible names that other clients rely on: password managers' rules, scripts and tests of those who move here from AWS's pages.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Page } from 'playwright-core'
import { enrol } from '../../server/test/authenticator.ts'
import { newSigner } from '../../server/test/sign-in-people.ts'
import { startTwinlock } from '../../server/test/twinlock.ts'
import { visitor } from './browser.ts'
import { chooseDevice } from './enrolment-page.ts'
import { rootPassword } from './root-password.ts'
import { submitRoot, submitUser } from './sign-in-page.ts'

type Name = readonly [role: 'textbox' | 'button', name: string]

/** AWS gives a password's field no role: it goes by its label alone. */
const PASSWORD = 'Password'

const SCREENS: readonly {
  readonly screen: string
  readonly open: (page: Page) => Promise<void>
  readonly hasPassword?: boolean
  readonly names: readonly Name[]
}[] = [
  {
    screen: 'the first page of sign-in',
    open: async () => {},
    hasPassword: true,
    names: [
      ['textbox', 'Account ID or alias'],
      ['textbox', 'IAM user name'],
      ['button', 'Sign in'],
      ['textbox', 'Root user email address'],
      ['button', 'Next'],
    ],
  },
  {
    screen: "the page of root's password",
    open: async page => {
      await page.getByLabel('Root user email address').fill('root@example.com')
      await page.getByRole('button', { name: 'Next' }).click()
      await page.getByRole('heading', { name: 'Root user sign in' }).waitFor()
    },
    hasPassword: true,
    names: [['button', 'Sign in']],
  },
  {
    screen: 'the page of a code',
    open: page => submitUser(page, 'alice'),
    names: [
      ['textbox', 'MFA code'],
      ['button', 'Submit'],
    ],
  },
  {
    screen: 'the first page of enrolment',
    open: page => submitRoot(page),
    names: [
      ['textbox', 'Device name'],
      ['button', 'Next'],
    ],
  },
  {
    screen: 'the page of a new authenticator app',
    open: async page => {
      await submitRoot(page)
      await chooseDevice(page, 'Authenticator app', 'safe')
    },
    names: [
      ['button', 'Show secret key'],
      ['textbox', 'MFA code 1'],
      ['textbox', 'MFA code 2'],
      ['button', 'Add MFA'],
    ],
  },
  {
    screen: 'the page of a new hardware token',
    open: async page => {
      await submitRoot(page)
      await chooseDevice(page, 'Hardware TOTP token', '')
    },
    names: [
      ['textbox', 'Serial number'],
      ['textbox', 'MFA code 1'],
      ['textbox', 'MFA code 2'],
      ['button', 'Add MFA'],
    ],
  },
]

test('the names that other clients rely on are there, each once', async t => {
  await using twinlock = await startTwinlock({ argv: await rootPassword() })
  await newSigner(twinlock, 'alice')
  await enrol(twinlock.iam(), twinlock.clock, 'alice', 'phone')
  await using somebody = await visitor(twinlock)
  const { page } = somebody
  for (const { screen, open, hasPassword = false, names } of SCREENS) {
    await t.test(screen, async () => {
      await somebody.forget()
      await page.goto('/signin')
      await open(page)
      for (const [role, name] of names) {
        const named = page.getByRole(role, { name, exact: true })
        await named.waitFor()
        assert.equal(await named.count(), 1, `${role} ${name}`)
      }
      assert.equal(
        await page.getByLabel(PASSWORD, { exact: true }).count(),
        hasPassword ? 1 : 0,
        PASSWORD,
      )
    })
  }
})
