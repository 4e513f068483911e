// The words of a denial, per layer.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { denialReason, type PolicyLayer, type PolicySource } from './index.ts'

const ACTION = 'iam:ListUsers'
const MANAGED: PolicySource = {
  type: 'managed',
  name: 'p',
  arn: 'arn:aws:iam::123456789012:policy/p',
}

function explicit(deniedBy: PolicyLayer, source: PolicySource): string {
  const place = { line: 1, column: 1 }
  const MatchedStatements = [{ source, start: place, end: place }]
  return denialReason({ EvalDecision: 'explicitDeny', deniedBy, MatchedStatements }, ACTION)
}

for (const { layer, words, arn } of [
  { layer: 'identity-based policy', words: 'an identity-based policy', arn: true },
  { layer: 'permissions boundary', words: 'a permissions boundary', arn: true },
  { layer: 'session policy', words: 'a session policy', arn: true },
  { layer: 'service control policy', words: 'a service control policy', arn: true },
  { layer: 'resource control policy', words: 'a resource control policy', arn: true },
  { layer: 'resource-based policy', words: 'a resource-based policy', arn: false },
  { layer: 'role trust policy', words: 'the role trust policy', arn: false },
] as const) {
  test(`an explicit deny in ${words}${arn ? ' shows the ARN of a managed one' : ''}`, () => {
    assert.equal(
      explicit(layer, { type: 'inline', name: 'p' }),
      `with an explicit deny in ${words}`,
    )
    assert.equal(
      explicit(layer, MANAGED),
      `with an explicit deny in ${words}${arn ? `: ${MANAGED.arn}` : ''}`,
    )
  })

  test(`no ${layer} allows`, () => {
    assert.equal(
      denialReason(
        { EvalDecision: 'implicitDeny', deniedBy: layer, MatchedStatements: [] },
        ACTION,
      ),
      `because no ${layer} allows the iam:ListUsers action`,
    )
  })
}

test('the ARN of a policy of AWS is not shown', () => {
  const source = {
    type: 'managed',
    name: 'p',
    arn: 'arn:aws:iam::aws:policy/AdministratorAccess',
  } as const
  assert.equal(
    explicit('identity-based policy', source),
    'with an explicit deny in an identity-based policy',
  )
})
