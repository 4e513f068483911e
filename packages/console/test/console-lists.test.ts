// Lists in the console: order, search, preferences, and what they say when there is nothing to show.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { CreateGroupCommand } from '@aws-sdk/client-iam'
import type { Page } from 'playwright-core'
import type { TestTwinlock } from '../../server/test/twinlock.ts'
import { startTwinlock } from '../../server/test/twinlock.ts'
import { administrator, opened } from './console-people.ts'

async function newGroups(twinlock: TestTwinlock, groups: Readonly<Record<string, string>>) {
  for (const [GroupName, Path] of Object.entries(groups)) {
    await twinlock.iam().send(new CreateGroupCommand({ GroupName, Path }))
  }
}

const groupNames = (page: Page) => page.locator('tbody th a').allInnerTexts()

const header = (page: Page, name: string) => page.getByRole('columnheader', { name })

const order = (page: Page, name: string) => header(page, name).getAttribute('aria-sort')

test('a column sorts up, then down, says so, and the back button comes to the same list', async () => {
  await using twinlock = await startTwinlock()
  await newGroups(twinlock, { a: '/z/', b: '/y/', c: '/x/' })
  await using admin = await administrator(twinlock, '/groups')
  const { page } = admin
  await page.getByRole('link', { name: 'a', exact: true }).waitFor()
  assert.deepEqual(await groupNames(page), ['a', 'b', 'c'])
  assert.equal(await order(page, 'Group name'), 'ascending')
  await header(page, 'Path').getByRole('button').click({ force: true })
  assert.deepEqual(await groupNames(page), ['c', 'b', 'a'])
  assert.equal(await order(page, 'Path'), 'ascending')
  await header(page, 'Path').getByRole('button').click({ force: true })
  assert.deepEqual(await groupNames(page), ['a', 'b', 'c'])
  assert.equal(await order(page, 'Path'), 'descending')
  assert.equal(await order(page, 'Group name'), 'none')

  await page.getByLabel('Search user groups').pressSequentially('b /y/')
  assert.equal(await page.getByLabel('Search user groups').inputValue(), 'b /y/')
  await page.getByRole('link', { name: 'b', exact: true }).click()
  await opened(page, 'b')
  await page.goBack()
  await opened(page, /User groups/)
  assert.equal(await page.getByLabel('Search user groups').inputValue(), 'b /y/')
  assert.deepEqual(await groupNames(page), ['b'])
  assert.equal(await order(page, 'Path'), 'descending')
})

test('a search without matches says so and is cleared', async () => {
  await using twinlock = await startTwinlock()
  await newGroups(twinlock, { a: '/' })
  await using admin = await administrator(twinlock, '/groups?q=nothing')
  const { page } = admin
  await page.getByText('No matches').waitFor()
  await page.getByRole('button', { name: 'Clear filter' }).last().click()
  await page.getByRole('link', { name: 'a', exact: true }).waitFor()
  assert.equal(new URL(page.url()).search, '')
})

test('each list has preferences of its own, and rows keep their names', async () => {
  await using twinlock = await startTwinlock()
  await using admin = await administrator(twinlock, '/policies')
  const { page } = admin
  await opened(page, /Policies/)
  await page.getByRole('button', { name: 'Preferences' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Used as').uncheck({ force: true })
  await dialog.getByRole('button', { name: 'Confirm' }).click()
  const headers = () => page.getByRole('columnheader').allInnerTexts()
  assert.ok(!(await headers()).includes('Used as'))
  await page.reload()
  await opened(page, /Policies/)
  assert.ok(!(await headers()).includes('Used as'), 'it is kept')
  assert.ok((await headers()).includes('Policy name'))
  await page.goto('/console/users/admin')
  await opened(page, 'admin')
  const own = await headers()
  assert.ok(own.includes('Policy name'), own.join())
  assert.ok(own.length > 3, own.join())
})

test("a proxy's page is no empty list", async () => {
  await using twinlock = await startTwinlock()
  await using admin = await administrator(twinlock, '/')
  const { page } = admin
  await opened(page, 'IAM dashboard')
  await page.route('**/iam/ListRoles', route =>
    route.fulfill({ status: 200, contentType: 'text/html', body: '<html>proxy</html>' }),
  )
  await page.goto('/console/roles')
  await page.getByText('The list of roles could not be read').waitFor()
  assert.equal(await page.getByText('No roles').count(), 0)
})

test('what was read stays while the service cannot answer, and says that it is old', async () => {
  await using twinlock = await startTwinlock()
  await newGroups(twinlock, { a: '/' })
  await using admin = await administrator(twinlock, '/groups')
  const { page } = admin
  await page.getByRole('link', { name: 'a', exact: true }).waitFor()
  await page.route('**/iam/ListGroups', route =>
    route.fulfill({ status: 400, body: '{"code":"Throttling","message":"Later."}' }),
  )
  await page.getByRole('button', { name: 'Refresh user groups' }).click()
  await page.getByText('The list of user groups could not be read again').waitFor()
  assert.deepEqual(await groupNames(page), ['a'])
})
