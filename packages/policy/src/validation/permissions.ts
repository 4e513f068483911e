// The checks of permission policies (identity, boundary, session, SCP, RCP), in the order in which
// AWS makes them: the first that fails names the error.
import { findOperator } from '../operators/operators.ts'
import type { Condition, PolicyKind } from '../policy.ts'
import type { Draft, DraftStatement } from './draft.ts'
import { failsLegacyParsing, resourceFault, segmentsOf } from './resources.ts'

/** What the checks depend on besides the document. */
export type PermissionsRules = { readonly kind: PolicyKind; readonly managed: boolean }

type Check = (draft: Draft, rules: PermissionsRules) => void

const LEGACY_PARSING = 'The policy failed legacy parsing'

/** @throws PolicyError */
export function checkPermissions(draft: Draft, rules: PermissionsRules) {
  for (const check of CHECKS) check(draft, rules)
}

const CHECKS: readonly Check[] = [
  checkVersion,
  checkLegacyParsing,
  checkSidCharacters,
  checkSids,
  checkNoPrincipal,
  checkActionsPresent,
  checkResourceFormats,
  checkActionPrefixes,
  checkResourcesPresent,
]

function checkVersion({ Version, refusal }: Draft, { managed }: PermissionsRules) {
  if (managed && Version !== '2012-10-17') {
    throw refusal('Policy document must be version 2012-10-17 or greater.', 0)
  }
}

function checkLegacyParsing({ statements, refusal }: Draft, { kind }: PermissionsRules) {
  for (const { Effect, conditions, start } of statements) {
    if (Effect !== 'Allow' && Effect !== 'Deny') throw refusal(LEGACY_PARSING, start)
    if (conditions.some(condition => !isStorable(condition, kind))) {
      throw refusal(LEGACY_PARSING, start)
    }
  }
  for (const statement of statements) {
    if (resourcesOf(statement).some(failsLegacyParsing)) {
      throw refusal(LEGACY_PARSING, statement.start)
    }
  }
}

/** STS takes any literal in a session policy but one that should be base64. */
export function isStorable({ operator: name, values }: Condition, kind: PolicyKind): boolean {
  const found = findOperator(name)
  if (found?.kind !== 'comparison') return true
  if (kind === 'session' && !name.includes('BinaryEquals')) return true
  return values.every(found.operator.isStorable ?? (() => true))
}

/** Of IAM's own policies, trust policies among them; other services take more. */
export function checkSidCharacters({ statements, refusal }: Draft) {
  for (const { Sid = '', start } of statements) {
    if (/^[0-9A-Za-z]*$/.test(Sid)) continue
    throw refusal(
      'Statement IDs (SID) must be alpha-numeric. Check that your input satisfies the regular expression [0-9A-Za-z]*',
      start,
    )
  }
}

function checkSids({ statements, refusal }: Draft) {
  const seen = new Set<string>()
  for (const { Sid = '', start } of statements) {
    if (Sid !== '' && seen.has(Sid)) {
      throw refusal('Statement IDs (SID) in a single policy must be unique.', start)
    }
    seen.add(Sid)
  }
}

function checkNoPrincipal({ statements, refusal }: Draft, { kind }: PermissionsRules) {
  if (kind === 'rcp') return
  const named = statements.find(({ principal }) => principal !== undefined)
  if (named) throw refusal('Policy document should not specify a principal.', named.start)
}

function checkActionsPresent({ statements, refusal }: Draft) {
  const without = statements.find(({ action }) => !action?.patterns.length)
  if (without) throw refusal('Policy statement must contain actions.', without.start)
}

function checkResourceFormats({ statements, refusal }: Draft, { kind }: PermissionsRules) {
  for (const statement of statements) {
    for (const resource of resourcesOf(statement)) {
      const fault =
        resourceFault(resource) ?? (kind === 'session' ? shortArnFault(resource) : undefined)
      if (fault !== undefined) throw refusal(fault, statement.start)
    }
  }
}

/** Only IAM completes an ARN of fewer than six segments; STS refuses it. */
function shortArnFault(resource: string): string | undefined {
  if (resource === '*' || segmentsOf(resource).length === 6) return undefined
  return `Resource ${resource} must be in ARN format or "*".`
}

function checkActionPrefixes({ statements, refusal }: Draft) {
  for (const { action, start } of statements) {
    for (const pattern of action?.patterns ?? []) {
      const fault = actionFault(pattern)
      if (fault !== undefined) throw refusal(fault, start)
    }
  }
}

/** AWS's words for what is wrong with an entry of Action or NotAction, or undefined. */
export function actionFault(action: string): string | undefined {
  if (action === '*') return undefined
  const colon = action.indexOf(':')
  if (colon === -1) {
    return 'Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc.'
  }
  if (action.includes(':', colon + 1)) return 'Actions/Condition can contain only one colon.'
  const vendor = action.slice(0, colon)
  return /^[A-Za-z0-9.-]+$/.test(vendor) ? undefined : `Vendor ${vendor} is not valid`
}

function checkResourcesPresent({ statements, refusal }: Draft) {
  const without = statements.find(({ resource }) => !resource?.patterns.length)
  if (without) throw refusal('Policy statement must contain resources.', without.start)
}

function resourcesOf({ resource }: DraftStatement): string[] {
  return resource?.patterns.filter(pattern => pattern !== null) ?? []
}
