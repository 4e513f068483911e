// The checks of role trust policies and, with a Resource, of other resource policies.
import type { PrincipalElement, PrincipalEntry, Statement } from '../policy.ts'
import { compilePattern } from '../wildcard.ts'
import type { Draft, DraftStatement } from './draft.ts'
import { actionFault, checkSidCharacters, isStorable } from './permissions.ts'
import { readPrincipal } from './principals.ts'
import { resourceFault } from './resources.ts'
import { sharedIssuerFault } from './shared-issuers.ts'

/** What a trust policy may allow: the ways to assume the role, and what may travel with them. */
const TRUST_ACTIONS = [
  'sts:AssumeRole',
  'sts:AssumeRoleWithSAML',
  'sts:AssumeRoleWithWebIdentity',
  'sts:SetContext',
  'sts:SetSourceIdentity',
  'sts:TagSession',
]

/** The rest of STS. A wildcard must not reach it. */
const OTHER_STS_ACTIONS = [
  'sts:AssumeRoot',
  'sts:DecodeAuthorizationMessage',
  'sts:GetAccessKeyInfo',
  'sts:GetCallerIdentity',
  'sts:GetDelegatedAccessToken',
  'sts:GetFederationToken',
  'sts:GetSessionToken',
  'sts:GetWebIdentityToken',
]

/** Refuses what CreateRole refuses. @throws PolicyError */
export function checkTrust(draft: Draft, { stored }: { readonly stored: boolean }) {
  for (const statement of draft.statements) {
    const { resource, conditions, hasCondition, start } = statement
    const Effect = checkEffect(statement, draft)
    const principal = checkTrustPrincipal(statement, draft)
    if (resource) throw draft.refusal(`Has prohibited field ${resource.element}`, start)
    const action = checkActions(statement, draft)
    checkTrustActions(action, statement, draft)
    checkConditions(statement, draft)
    const allowed = { Effect, principal, action, conditions, hasCondition }
    const fault = stored ? undefined : sharedIssuerFault(allowed)
    if (fault !== undefined) throw draft.refusal(fault, start)
  }
  checkSidCharacters(draft)
  checkSids(draft)
}

/** Refuses what no resource policy can be. @throws PolicyError */
export function checkResourcePolicy(draft: Draft) {
  for (const statement of draft.statements) {
    const Effect = checkEffect(statement, draft)
    const { element, principals } = readPrincipal(statement, draft)
    if (element === 'NotPrincipal' && Effect === 'Allow') {
      throw draft.refusal('Allow with NotPrincipal is not allowed.', statement.start)
    }
    const oidc = principals === '*' ? undefined : principals.find(isOfOidc)
    if (oidc) {
      throw draft.refusal(
        `Invalid principal in policy: "FEDERATED":"${oidc.value}"`,
        statement.start,
      )
    }
    checkActions(statement, draft)
    checkResources(statement, draft)
    checkConditions(statement, draft)
  }
  checkSids(draft)
}

/** Users of OpenID Connect providers are principals of trust policies only. */
function isOfOidc({ type, value }: PrincipalEntry): boolean {
  return type === 'Federated' && !value.includes(':saml-provider/')
}

function checkEffect({ Effect, start }: DraftStatement, { refusal }: Draft): Statement['Effect'] {
  if (Effect === 'Allow' || Effect === 'Deny') return Effect
  throw refusal(`Invalid effect: ${Effect}`, start)
}

/**
 * The bare string would be everybody, anonymous callers too; nobody assumes a role without a name.
 */
function checkTrustPrincipal(statement: DraftStatement, draft: Draft): PrincipalElement {
  const { start, principal } = statement
  if (principal?.element === 'NotPrincipal') {
    throw draft.refusal('AssumeRole policy must not contain NotPrincipal field.', start)
  }
  const element = readPrincipal(statement, draft)
  if (element.principals === '*') {
    throw draft.refusal('AssumeRolepolicy contained an invalid principal: "STAR":"*".', start)
  }
  const canonical = element.principals.find(({ type }) => type === 'CanonicalUser')
  if (canonical) {
    const { value } = canonical
    throw draft.refusal(`Invalid principal in policy: "CANONICALUSER":"${value}"`, start)
  }
  return element
}

function checkActions({ action, start }: DraftStatement, { refusal }: Draft): Statement['action'] {
  if (!action?.patterns.length) throw refusal('Missing required field Action', start)
  for (const pattern of action.patterns) {
    const fault = actionFault(pattern)
    if (fault !== undefined) throw refusal(fault, start)
  }
  return action
}

function checkTrustActions(
  { element, patterns }: Statement['action'],
  { start }: DraftStatement,
  { refusal }: Draft,
) {
  if (element === 'Action' && patterns.every(isTrustAction)) return
  throw refusal('AssumeRole policy may only specify STS AssumeRole actions.', start)
}

/** Here, and only here, the names of actions compare with case. */
function isTrustAction(pattern: string): boolean {
  const matches = compilePattern(pattern)
  return TRUST_ACTIONS.some(matches) && !OTHER_STS_ACTIONS.some(matches)
}

function checkResources({ resource, start }: DraftStatement, { refusal }: Draft) {
  if (!resource?.patterns.length) throw refusal('Missing required field Resource', start)
  for (const pattern of resource.patterns) {
    const fault = pattern === null ? undefined : resourceFault(pattern)
    if (fault !== undefined) throw refusal(fault, start)
  }
}

function checkConditions({ conditions, start }: DraftStatement, { refusal }: Draft) {
  if (conditions.every(condition => isStorable(condition, 'trust'))) return
  throw refusal('The policy failed legacy parsing', start)
}

function checkSids({ statements, refusal }: Draft) {
  const seen = new Set<string>()
  for (const { Sid = '', start } of statements) {
    if (Sid !== '' && seen.has(Sid)) {
      throw refusal('The Statement Ids in the policy are not unique', start)
    }
    seen.add(Sid)
  }
}
