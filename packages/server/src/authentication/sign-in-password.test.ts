// What strangers could measure: the work that is done for a name and a password.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { hashPassword, verifyPassword } from '@twinlock/factors'
import { onEveryEngine, openStore } from '../store/every-engine.ts'
import type { SignInName } from './sign-in-password.ts'
import { findSignInName, isPasswordOf } from './sign-in-password.ts'

const accountId = '123456789012'

onEveryEngine('a password', newDatabase => {
  test('costs one hash and one query, whoever is named and whatever is wrong', async () => {
    await using store = await openStore(await newDatabase())
    const passwordHash = await hashPassword('right')
    const user = { accountId, path: '/', createDate: 0, permissionsBoundary: null }
    await store.transaction(async tx => {
      await tx
        .insertInto('account')
        .values({ accountId, email: 'root@example.com', alias: 'acme', createDate: 0 })
        .execute()
      for (const name of ['ana', 'ben']) {
        await tx
          .insertInto('user')
          .values({
            ...user,
            userId: name,
            userName: name,
            userNameKey: name,
            passwordLastUsed: null,
          })
          .execute()
      }
      await tx
        .insertInto('loginProfile')
        .values({
          accountId,
          userId: 'ana',
          passwordHash,
          passwordResetRequired: 0,
          createDate: 0,
          passwordChangedDate: 0,
        })
        .execute()
    })
    const of = (account: string, userName: string): SignInName => ({
      kind: 'user',
      account,
      userName,
    })
    const cases: readonly (readonly [SignInName, string, boolean])[] = [
      [of(accountId, 'ana'), 'right', true],
      [of('acme', 'ANA'), 'right', true],
      [of(accountId, 'ana'), 'wrong', false],
      [of(accountId, 'ana'), `right${'x'.repeat(128)}`, false],
      [of(accountId, 'ben'), 'right', false],
      [of(accountId, 'nobody'), 'right', false],
      [of('210987654321', 'ana'), 'right', false],
      [of('', ''), '', false],
      [{ kind: 'root', email: 'root@example.com' }, 'right', false],
      [{ kind: 'root', email: 'nobody@example.com' }, 'right', false],
    ]
    for (const [name, password, expected] of cases) {
      let hashes = 0
      let queries = 0
      const counted = store.db.withPlugin({
        transformQuery: ({ node }) => {
          queries++
          return node
        },
        transformResult: ({ result }) => Promise.resolve(result),
      })
      const found = await findSignInName(counted, name)
      const proved = await isPasswordOf(found, password, (hashed, typed) => {
        hashes++
        return verifyPassword(hashed, typed)
      })
      assert.deepEqual([proved, hashes, queries], [expected, 1, 1], JSON.stringify(name))
    }
  })
})
