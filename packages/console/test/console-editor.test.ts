// Writing a policy in the console: completions, findings as you type, and leaving with unsaved changes.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'node:test'
import { GetPolicyVersionCommand } from '@aws-sdk/client-iam'
import type { Page } from 'playwright-core'
import { newWorld } from '../../cli/test/world.ts'
import { startTwinlock } from '../../server/test/twinlock.ts'
import { expectAccessible } from './browser.ts'
import { administrator, opened, told } from './console-people.ts'
import { write } from './policy-writing.ts'

const BLANK = `{
  "Version": "2012-10-17",
  "Statement": {
    "Effect": "Deny",
    "Action": "",
    "Resource": "",
    "Condition": { "BoolIfExists": { "": "false" } }
  }
}`

const NO_SUCH_ACTION = `{
  "Version": "2012-10-17",
  "Statement": {
    "Effect": "",
    "Action": "iam:NoSuchThing",
    "Resource": "*"
  }
}`

const popup = (page: Page) => page.locator('.ace_autocomplete')

/** Types, until the popup offers that first, and takes it. */
async function complete(page: Page, typed: string, wanted: string): Promise<void> {
  await page.keyboard.type(typed)
  await popup(page).locator('.ace_line.ace_selected').filter({ hasText: wanted }).waitFor()
  await page.keyboard.press('Enter')
}

/** From the editor's beginning. @param left from the end of the line */
async function goTo(page: Page, line: number, left: number): Promise<void> {
  await page.keyboard.press('ControlOrMeta+Home')
  for (let row = 1; row < line; row++) await page.keyboard.press('ArrowDown')
  await page.keyboard.press('End')
  for (let column = 0; column < left; column++) await page.keyboard.press('ArrowLeft')
}

test('a statement is written with the popup and the keyboard alone', async () => {
  await using twinlock = await startTwinlock()
  await using admin = await administrator(twinlock, '/policies/create')
  const { page } = admin
  await page.getByLabel('Policy name').fill('Gate')
  await write(page, BLANK)
  await page.getByText('Looking up actions and condition keys').waitFor({ state: 'detached' })

  await goTo(page, 5, 2)
  await complete(page, 'ia', 'iam:')
  await complete(page, 'deletevir', 'iam:DeleteVirtualMFADevice')
  await goTo(page, 6, 2)
  await complete(page, 'arn', 'arn:aws:iam::123456789012:mfa/MfaTokenIdWithPath')
  await page.keyboard.type('*')
  await goTo(page, 7, 'x": "false" } }'.length - 1)
  await page.keyboard.type('MultiF')
  await popup(page).locator('.ace_line').filter({ hasText: 'MultiFactorAuthPresent' }).waitFor()
  const editor = page.getByRole('textbox', { name: /^Policy document/ })
  assert.equal(await editor.getAttribute('aria-autocomplete'), 'list')
  const active = await editor.getAttribute('aria-activedescendant')
  assert.equal(await page.locator(`[id="${active}"]`).count(), 1)
  await expectAccessible(page)
  await complete(page, 'actorAuthP', 'aws:MultiFactorAuthPresent')

  await page.keyboard.press('Backspace')
  await popup(page).waitFor({ state: 'hidden' })
  await page.keyboard.press('Control+Space')
  await popup(page).waitFor()
  await page.keyboard.press('Escape')
  await popup(page).waitFor({ state: 'hidden' })
  assert.equal(await editor.evaluate(area => area === document.activeElement), true)
  await page.keyboard.type('t')
  await page.keyboard.press('Escape')
  await page.keyboard.press('Escape')
  assert.equal(await editor.evaluate(area => area === document.activeElement), false)

  await page.getByRole('button', { name: 'Create policy' }).click()
  await told(page, 'Policy Gate was created.')
  const PolicyArn = 'arn:aws:iam::123456789012:policy/Gate'
  const iam = twinlock.iam()
  const { PolicyVersion } = await iam.send(
    new GetPolicyVersionCommand({ PolicyArn, VersionId: 'v1' }),
  )
  assert.deepEqual(JSON.parse(decodeURIComponent(PolicyVersion?.Document ?? '')).Statement, {
    Effect: 'Deny',
    Action: 'iam:DeleteVirtualMFADevice',
    Resource: 'arn:aws:iam::123456789012:mfa/*',
    Condition: { BoolIfExists: { 'aws:MultiFactorAuthPresent': 'false' } },
  })
})

test('actions and condition keys are loaded when the first editor opens, and once', async () => {
  await using twinlock = await startTwinlock()
  await using admin = await administrator(twinlock, '/policies')
  const { page } = admin
  const asked: string[] = []
  page.on('request', request => {
    if (/catalogue-.*\.json/.test(request.url())) asked.push(request.url())
  })
  await opened(page, 'Policies')
  await page.getByRole('link', { name: 'AdministratorAccess', exact: true }).waitFor()
  assert.deepEqual(asked, [])
  for (const name of ['AdministratorAccess', 'ReadOnlyAccess']) {
    await page.getByRole('link', { name, exact: true }).click()
    await opened(page, name)
    await page.locator('.ace_content').waitFor()
    await page.goBack()
  }
  assert.equal(asked.length, 1)
})

test('where they cannot be loaded it is said, and the language is completed nevertheless', async () => {
  await using twinlock = await startTwinlock()
  await using admin = await administrator(twinlock, '/policies')
  const { page } = admin
  await page.route('**/catalogue-*.json', route => route.abort())
  await page.getByRole('link', { name: 'Create policy' }).click()
  await page.getByText("AWS's actions and condition keys could not be loaded").waitFor()
  await expectAccessible(page)
  await write(page, NO_SUCH_ACTION)
  await goTo(page, 4, 2)
  await complete(page, 'A', 'Allow')
  await page.getByText('Nothing found, but actions were not looked at').first().waitFor()
  await page.unroute('**/catalogue-*.json')
  await page.getByRole('button', { name: 'Try again' }).click()
  await page.getByText('There is no action of this name').waitFor()
})

const VECTORS = join(import.meta.dirname, '../../../vectors/policy/lint')

type Case = { readonly title: string; readonly kind: string; readonly text: readonly string[] }

/** Documents of which the console knows as much as a file tells. */
function documentsIn(name: string, most: number): readonly string[] {
  const { cases } = JSON.parse(readFileSync(join(VECTORS, name), 'utf8')) as { cases: Case[] }
  return cases
    .filter(one => one.kind === 'identity')
    .map(({ text }) => text.join('\n'))
    .filter(text => text.includes('"2012-10-17"'))
    .slice(0, most)
}

/** `5:22 ACT001`, in order. */
async function findingsOfCommand(documents: readonly string[]): Promise<readonly string[][]> {
  await using world = await newWorld()
  const paths = documents.map((_, index) => join(world.home, `${index}.json`))
  for (const [index, path] of paths.entries()) await writeFile(path, documents[index] ?? '')
  const options = ['--kind', 'identity', '--fail-on', 'never', '--json']
  const { stdout } = await world.twinlock(['policy', 'lint', ...options, ...paths])
  type Told = { code: string; start: { line: number; column: number } }
  const told = JSON.parse(stdout) as { documents: { findings: Told[] }[] }
  return told.documents.map(({ findings }) =>
    findings.map(({ code, start }) => `${start.line}:${start.column} ${code}`).toSorted(),
  )
}

/** The same of the page, once it has said so much. */
async function findingsOfPage(page: Page, wanted: readonly string[]): Promise<readonly string[]> {
  const places = page.getByText(/^Ln \d+, Col \d+ · [A-Z]+\d+$/)
  const read = async () =>
    (await places.allInnerTexts())
      .map(text => text.replace(/^Ln (\d+), Col (\d+) · /, '$1:$2 '))
      .toSorted()
  for (let look = 0; look < 50; look++) {
    if (JSON.stringify(await read()) === JSON.stringify(wanted)) break
    await page.evaluate(async () => new Promise(requestAnimationFrame))
  }
  return read()
}

test('the editor finds what `twinlock policy lint` finds, in the same places', async () => {
  const documents = [
    ...documentsIn('actions.json', 12),
    ...documentsIn('condition-keys.json', 8),
    ...documentsIn('mfa-conditions.json', 4),
    ...documentsIn('resources.json', 6),
  ]
  const wanted = await findingsOfCommand(documents)
  assert.ok(wanted.flat().some(finding => finding.includes('ACT001')))
  await using twinlock = await startTwinlock()
  await using admin = await administrator(twinlock, '/policies/create')
  const { page } = admin
  for (const [index, document] of documents.entries()) {
    await write(page, document)
    assert.deepEqual(await findingsOfPage(page, wanted[index] ?? []), wanted[index], document)
  }
})

test('a page with unsaved changes is left only when somebody says so', async () => {
  await using twinlock = await startTwinlock()
  await using admin = await administrator(twinlock, '/policies/create')
  const { page } = admin
  await page.getByRole('link', { name: 'Policies' }).first().click()
  await opened(page, 'Policies')
  await page.goBack()
  await opened(page, 'Create policy')

  await write(page, BLANK)
  const question = page.getByRole('dialog', { name: 'Leave without saving?' })
  await page.getByRole('link', { name: 'Cancel' }).click()
  await question.waitFor()
  await expectAccessible(page)
  await question.getByRole('button', { name: 'Stay' }).click()
  await question.waitFor({ state: 'detached' })
  assert.match(page.url(), /policies\/create$/)

  const asked = new Promise<string>(resolve => {
    page.once('dialog', dialog => {
      resolve(dialog.type())
      void dialog.dismiss()
    })
  })
  await page.evaluate(() => location.reload())
  assert.equal(await asked, 'beforeunload')

  await page.getByRole('link', { name: 'Roles', exact: true }).click()
  await question.getByRole('button', { name: 'Leave' }).click()
  await opened(page, 'Roles')
})
