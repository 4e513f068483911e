// A clock that is set wrong, and set right again: nothing that was spent is worth anything again, nothing lasts for ever, and nobody is
// locked out for long.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ListUsersCommand } from '@aws-sdk/client-iam'
import { GetCallerIdentityCommand, GetSessionTokenCommand } from '@aws-sdk/client-sts'
import { onEveryEngine } from '../src/store/every-engine.ts'
import { enrol } from './authenticator.ts'
import { allow, newUser, sessionOf } from './people.ts'
import { newSigner, signedIn, submitUser } from './sign-in-people.ts'
import { startTwinlock } from './twinlock.ts'
import type { WebBrowser } from './web-browser.ts'
import { webBrowser } from './web-browser.ts'

const HOUR = 3600
/** Longer than AWS's profile lists steps one by one. */
const HALF_A_DAY = 12 * HOUR
const DENIED = { name: 'AccessDenied' }

const isAlive = async (browser: WebBrowser) =>
  (await browser.post('/console/api/iam/ListUsers')).status === 200

onEveryEngine('When the clock is set wrong', newDatabase => {
  for (const totpProfile of ['aws', 'strict'] as const) {
    test(`no code that was spent is good again, by the profile ${totpProfile}`, async () => {
      await using twinlock = await startTwinlock({ database: await newDatabase(), totpProfile })
      const { clock } = twinlock
      const dev = await newUser(twinlock, 'dev')
      const { proof } = await enrol(twinlock.iam(), clock, 'dev', 'phone')
      const ask = (code: ReturnType<typeof proof>) =>
        twinlock.sts(dev).send(new GetSessionTokenCommand(code))
      const spent: ReturnType<typeof proof>[] = []
      for (const passed of [60, HOUR, HALF_A_DAY]) {
        clock.advance(passed)
        spent.push(proof())
        await ask(proof())
      }
      for (const passed of [-HALF_A_DAY, -HOUR, HOUR + HALF_A_DAY]) {
        clock.advance(passed)
        for (const code of spent) await assert.rejects(ask(code), DENIED)
      }
      clock.advance(HOUR)
      await ask(proof())
    })
  }

  test('a session ends when it says, and its MFA grows old', async () => {
    await using twinlock = await startTwinlock({ database: await newDatabase() })
    const { clock } = twinlock
    const ofMfa = (seconds: string) => ({
      Condition: { NumericLessThan: { 'aws:MultiFactorAuthAge': seconds } },
    })
    const dev = await newUser(twinlock, 'dev', allow('iam:ListUsers', ofMfa('60')))
    const { proof } = await enrol(twinlock.iam(), clock, 'dev', 'phone')
    const asked = { ...proof(), DurationSeconds: 900 }
    const session = sessionOf(await twinlock.sts(dev).send(new GetSessionTokenCommand(asked)))
    const list = () => twinlock.iam(session).send(new ListUsersCommand())
    const who = () => twinlock.sts(session).send(new GetCallerIdentityCommand({}))

    clock.advance(-HOUR)
    await list()
    clock.advance(HOUR + 61)
    await assert.rejects(list(), DENIED)
    await who()
    clock.advance(HOUR)
    await assert.rejects(who(), { name: 'ExpiredToken' })
  })

  test('the session of a browser ends when it says, and a sign-in is not begun for ever', async () => {
    await using twinlock = await startTwinlock({ database: await newDatabase() })
    const { clock } = twinlock
    await newSigner(twinlock, 'ana', allow('*'))
    await enrol(twinlock.iam(), clock, 'ana', 'phone')
    await newSigner(twinlock, 'ben', allow('*'))
    const ben = await signedIn(twinlock, 'ben')
    const ana = webBrowser(twinlock)
    assert.equal((await submitUser(ana, 'ana')).body.state, 'mfa')

    clock.advance(-HOUR)
    assert.ok(await isAlive(ben))
    clock.advance(2 * HOUR)
    assert.ok(!(await isAlive(ben)))
    const { body } = await ana.post('/signin/api/mfa/code', { method: 'totp', code: '123456' })
    assert.equal(body.code, 'SignInExpired')
  })

  test('guesses that were counted ahead of time keep nobody out when it is right', async () => {
    await using twinlock = await startTwinlock({ database: await newDatabase() })
    const { clock } = twinlock
    await newSigner(twinlock, 'ana', allow('*'))
    clock.advance(HOUR)
    while ((await submitUser(webBrowser(twinlock), 'ana', 'guess')).status !== 429);
    clock.advance(-HOUR)
    await signedIn(twinlock, 'ana')
  })
})
