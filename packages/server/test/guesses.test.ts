// What a stranger learns, or gains, by guessing at passwords.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  CreateAccountAliasCommand,
  CreateUserCommand,
  UpdateLoginProfileCommand,
} from '@aws-sdk/client-iam'
import { newSigner, signedIn, submitUser } from './sign-in-people.ts'
import type { TestTwinlock } from './twinlock.ts'
import { startTwinlock } from './twinlock.ts'
import { until } from './until.ts'
import { webBrowser } from './web-browser.ts'

/** How often somebody may guess, by the account's id and its alias in turn, before there is a wait. */
async function freeGuesses(twinlock: TestTwinlock, userName: string): Promise<number> {
  const stranger = webBrowser(twinlock)
  for (let guesses = 0; guesses < 100; guesses++) {
    const account = guesses % 2 === 0 ? '123456789012' : 'acme'
    const { status } = await submitUser(stranger, userName, 'wrong', account)
    if (status === 429) return guesses
    assert.equal(status, 401)
  }
  return assert.fail('a hundred guesses, and no wait')
}

test('guesses by id and by alias are one count, whether or not there is such a user', async () => {
  await using twinlock = await startTwinlock()
  await twinlock.iam().send(new CreateUserCommand({ UserName: 'ana' }))
  await twinlock.iam().send(new CreateAccountAliasCommand({ AccountAlias: 'acme' }))
  const there = await freeGuesses(twinlock, 'ana')
  assert.equal(await freeGuesses(twinlock, 'nobody'), there)
})

test('browsers that knew the last password have no guesses of their own at the next', async () => {
  await using twinlock = await startTwinlock()
  await newSigner(twinlock, 'ana')
  const hoard = [await signedIn(twinlock, 'ana'), await signedIn(twinlock, 'ana')]
  const Password = 'another-Horse-9'
  await twinlock.iam().send(new UpdateLoginProfileCommand({ UserName: 'ana', Password }))
  const stranger = webBrowser(twinlock)
  await until(
    () => submitUser(stranger, 'ana', 'wrong'),
    ({ status }) => status === 429,
    { tries: 100 },
  )
  for (const browser of hoard) {
    assert.equal((await submitUser(browser, 'ana', 'wrong')).status, 429)
  }
})
