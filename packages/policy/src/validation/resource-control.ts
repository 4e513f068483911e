// The checks of resource control policies: customers' only deny, everybody, and name actions of the
// services that take part.
// https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_rcps_syntax.html
import type { PrincipalElement } from '../policy.ts'
import type { Draft, DraftStatement } from './draft.ts'
import { checkPermissions } from './permissions.ts'
import { readPrincipal } from './principals.ts'
import { RESOURCE_CONTROL_SERVICES } from './resource-control-services.ts'

/** Refuses what Organizations refuses. @throws PolicyError */
export function checkResourceControl(draft: Draft) {
  checkPermissions(draft, { kind: 'rcp', managed: false })
  for (const statement of draft.statements) checkEverybody(statement, draft)
  if (isFullAccess(draft)) return
  for (const { Effect, action, start } of draft.statements) {
    if (Effect !== 'Deny') throw draft.refusal('Only a Deny is possible', start)
    if (action?.element !== 'Action' || !action.patterns.every(isOfSupportedService)) {
      throw draft.refusal('Action must name actions of services that support it', start)
    }
  }
}

/**
 * RCPFullAWSAccess, which AWS attaches everywhere, and whose Allow is the only one. Whoever evaluates
 * a level of an organization must be able to parse it.
 */
function isFullAccess({ statements }: Draft): boolean {
  const [{ Effect, action, resource, conditions } = {}, ...others] = statements
  return (
    others.length === 0 &&
    Effect === 'Allow' &&
    conditions?.length === 0 &&
    action?.element === 'Action' &&
    isStar(action.patterns) &&
    resource?.element === 'Resource' &&
    isStar(resource.patterns)
  )
}

function isStar(patterns: readonly (string | null)[]): boolean {
  return patterns.length === 1 && patterns[0] === '*'
}

function checkEverybody(statement: DraftStatement, draft: Draft) {
  if (isEverybody(readPrincipal(statement, draft))) return
  throw draft.refusal('Principal must be everybody', statement.start)
}

function isEverybody({ element, principals }: PrincipalElement): boolean {
  if (element === 'NotPrincipal') return false
  return (
    principals === '*' || principals.every(({ type, value }) => type === 'AWS' && value === '*')
  )
}

function isOfSupportedService(pattern: string): boolean {
  const [prefix = ''] = pattern.split(':', 1)
  return RESOURCE_CONTROL_SERVICES.has(prefix.toLowerCase())
}
