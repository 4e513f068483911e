// Accounts: what no document shows by itself.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { lintAccount } from '../src/index.ts'
import { accountOf, accountWideFindings, lintAccountVectors } from './lint-account-vectors.ts'

for (const one of lintAccountVectors()) {
  test(one.title, () => {
    const found = lintAccount(accountOf(one)).flatMap(({ document, findings }) =>
      findings
        .filter(({ finding }) => finding.severity !== 'info')
        .map(({ finding, users }) => ({ policy: document.source.name, finding, users })),
    )
    assert.deepEqual(
      found.map(({ policy, finding, users }) => ({
        policy,
        code: finding.code,
        ...(users && { users: users.map(arn => arn.slice(arn.lastIndexOf('/') + 1)) }),
      })),
      one.findings,
    )
    const fix = found[0]?.finding.fix
    if (one.fixed !== undefined) assert.deepEqual(JSON.parse(fix ?? 'null'), one.fixed)
    assert.deepEqual(
      accountWideFindings(one).map(({ code, users }) => ({
        code,
        users: users.map(arn => arn.slice(arn.search(/[^/:]+$/))),
      })),
      one.account ?? [],
    )
  })
}

test('of a user with a policy that nobody can read nothing is said but that', () => {
  const [one] = lintAccountVectors()
  assert.ok(one)
  const account = accountOf(one)
  const unread = { source: { type: 'inline', name: 'unread' }, kind: 'identity' } as const
  const users = account.users.map(user => ({
    ...user,
    policies: [...user.policies, { ...unread, text: '{' }, { ...unread, text: undefined }],
  }))
  const codes = lintAccount({ ...account, users }).flatMap(({ findings }) =>
    findings
      .filter(({ finding }) => finding.severity === 'error')
      .map(({ finding }) => finding.code),
  )
  assert.deepEqual(codes, ['DOC001'])
})

test("AWS's own policies are AWS's business", () => {
  const arn = 'arn:aws:iam::aws:policy/Broken'
  const managedPolicies = [
    { source: { type: 'managed', name: 'Broken', arn }, kind: 'identity', text: '{' } as const,
  ]
  assert.deepEqual(lintAccount({ id: '123456789012', users: [], roles: [], managedPolicies }), [])
})
