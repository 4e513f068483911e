// ROLE001 to ROLE003 and ORG001: MFA asked of role sessions, which never carry any: the MFA is
// looked at when a role is assumed, not while its session lasts.
// https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_mfa_configure-api-require.html
import type { LintedDocument, LintedStatement } from './document.ts'
import { rewriteConditions } from './edits.ts'
import { isMfaKey, type MfaEffect, mfaEffectOf } from './mfa-effect.ts'
import { parseTemplate } from '../variables.ts'
import { eachStatement, type Observation } from './rule.ts'

/** ROLE001, ROLE002: in a policy that is attached to a role. */
export const mfaOfRoles = eachStatement((linted, document) => {
  if (!isForRoles(document)) return []
  const effect = mfaEffectOf(document, linted)
  if (effect === undefined) return []
  if (linted.statement.Effect === 'Allow') return neverAllowed(linted, effect)
  return namesPrincipals(linted) ? [] : denied(document, linted, effect)
})

function denied(
  document: LintedDocument,
  linted: LintedStatement,
  effect: MfaEffect,
): readonly Observation[] {
  if (!effect.noMfaSession && !effect.longTermKey) return []
  return [
    {
      code: 'ROLE001',
      at: conditionsSpan(linted),
      applies: effect,
      why: `In the session of a role aws:MultiFactorAuthPresent is "false" (absent after SAML and OIDC) and there is no age, even if the caller gave a code to assume it: this Deny applies to ${effect.noMfaSession ? 'every' : 'a federated'} session of the role, always. Ask for MFA in the trust policy, where the caller is looked at.${isSharedWithUsers(document) ? ' Users have this policy too, and for them it stays right.' : ''}`,
      ...(isSharedWithUsers(document) && { fix: () => forUsersOnly(document, linted) }),
    },
  ]
}

function neverAllowed(linted: LintedStatement, effect: MfaEffect): readonly Observation[] {
  if (effect.noMfaSession || effect.longTermKey) return []
  return [
    {
      code: 'ROLE002',
      at: conditionsSpan(linted),
      applies: effect,
      why: 'In the session of a role aws:MultiFactorAuthPresent is "false" and there is no age, even if the caller gave a code to assume it: this Allow never applies. Ask for MFA in the trust policy, where the caller is looked at, and drop the condition here.',
    },
  ]
}

/** ROLE003: `${aws:username}` has no value, so the entry matches nothing. */
export const userNameOfRoles = eachStatement((linted, document) => {
  if (!isForRoles(document) || isSharedWithUsers(document)) return []
  return (linted.resource?.entries ?? [])
    .filter(({ text }) => parseTemplate(text).some(isUserName))
    .map(({ json }): Observation => ({
      code: 'ROLE003',
      at: json,
      why: 'Only IAM users have aws:username. For a role the variable has no value and the entry matches nothing.',
    }))
})

/** ORG001: a Deny for a whole organization, or on a resource, that forgets the roles. */
export const rolesNotExempt = eachStatement((linted, document) => {
  const { kind } = document
  if (kind !== 'scp' && kind !== 'rcp' && kind !== 'resource') return []
  if (linted.statement.Effect !== 'Deny' || namesPrincipals(linted)) return []
  const effect = mfaEffectOf(document, linted)
  if (effect === undefined || effect.freshMfa || !effect.noMfaSession) return []
  return [
    {
      code: 'ORG001',
      at: conditionsSpan(linted),
      applies: effect,
      severity: kind === 'resource' ? 'info' : 'warning',
      why: 'Sessions of roles have no MFA, so every role is denied: those of EC2, Lambda and pipelines, of Identity Center, and those that people assume with a code. Bind it to IAM users, or exempt the roles by ArnNotLike aws:PrincipalArn. A condition on aws:ViaAWSService exempts only what services do for a caller.',
      ...(kind === 'scp' && { fix: () => forUsersOnly(document, linted) }),
    },
  ]
})

function forUsersOnly({ text }: LintedDocument, linted: LintedStatement) {
  return rewriteConditions(
    text,
    linted,
    [],
    [{ operator: 'ArnLike', key: 'aws:PrincipalArn', values: ['arn:aws:iam::*:user/*'] }],
  )
}

function isSharedWithUsers({ attachedTo }: LintedDocument): boolean {
  return attachedTo?.some(entity => entity !== 'role') === true
}

function isForRoles({ kind, attachedTo }: LintedDocument): boolean {
  return kind === 'identity' && attachedTo?.includes('role') === true
}

/** Whether the statement's conditions tell principals apart, so that roles may be exempt. */
function namesPrincipals({ conditions }: LintedStatement): boolean {
  return conditions.some(
    ({ key }) =>
      PRINCIPAL_KEYS.has(key.toLowerCase()) || key.toLowerCase().startsWith('aws:principaltag/'),
  )
}

const PRINCIPAL_KEYS = new Set([
  'aws:principalarn',
  'aws:principaltype',
  'aws:username',
  'aws:userid',
])

function isUserName(segment: ReturnType<typeof parseTemplate>[number]): boolean {
  return (
    segment.kind === 'variable' && segment.key === 'aws:username' && segment.fallback === undefined
  )
}

function conditionsSpan({ conditions }: LintedStatement) {
  const first = conditions.find(({ key }) => isMfaKey(key))
  const { start } = first?.operatorName ?? { start: 0 }
  return { start, end: first?.json.end ?? start }
}
