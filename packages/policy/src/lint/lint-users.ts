// ACC004 and ACC005: users whom nothing asks for MFA. What they reach is what coverage says of them.
import { type Coverage, coverageOf, prepareActions } from '../coverage/coverage.ts'
import type { KnownAction } from '../coverage/action-list.ts'
import type { LintedAccount } from './account.ts'
import { type AccountWideFinding, accountWideFinding } from './account-finding.ts'
import { type Caller, callersOf, told } from './account-users.ts'
import type { CataloguedAction, LintCatalogue } from './catalogue.ts'
import type { FindingCode } from './codes.ts'
import { holdersOf, readerOf } from './holders.ts'
import { GIVE_PERMISSIONS, resourcesOfMfaAction } from './mfa-actions.ts'

export type UserFindings = {
  readonly findings: readonly AccountWideFinding[]
  /** ARNs of those of whom nothing is said, because their policies can't all be read. */
  readonly unread: readonly string[]
}

/**
 * What is to be said of the account's users, whatever document it follows from. ACC005 needs the
 * catalogue.
 */
export function lintUsers(account: LintedAccount): UserFindings {
  const callers = callersOf(account, readerOf(account, holdersOf(account)))
  const prepared = prepareActions(actionsOf(account.catalogue))
  const covered = callers.map(caller => ({
    caller,
    coverage: coverageOf({ ...caller, keys: tagsOf(caller) }, prepared),
  }))
  const read = new Set(callers.map(({ user }) => user))
  const unread = account.users.filter(user => !read.has(user)).map(({ arn }) => arn)
  return { findings: findingsOf(covered), unread }
}

function findingsOf(covered: readonly Covered[]): readonly AccountWideFinding[] {
  const administrators = covered.filter(({ coverage }) => permissionsGiven(coverage).length > 0)
  const others = covered.filter(one => !administrators.includes(one) && needsNoMfa(one.coverage))
  return [
    ...findingOf('ACC004', administrators, ({ caller, coverage }, who) => {
      const [action, ...others] = permissionsGiven(coverage)
      const more = others.length > 0 ? ` and ${others.length} more actions of its kind` : ''
      return `Without MFA ${who} can change what they and others may do, ${caller.user.name} by ${action}${more}: an access key or a password alone is enough. Deny them what they do without MFA, all but enrolling a device.`
    }),
    ...findingOf(
      'ACC005',
      others,
      (_, who) =>
        `Whatever ${who} can do, an access key or a password alone can do: no policy and no boundary of theirs asks for MFA. Deny people what they do without MFA, all but enrolling a device; give programs a role.`,
    ),
  ]
}

type Covered = { readonly caller: Caller; readonly coverage: Coverage }

function findingOf(
  code: FindingCode,
  covered: readonly Covered[],
  tell: (first: Covered, who: string) => string,
): readonly AccountWideFinding[] {
  const [first] = covered
  if (first === undefined) return []
  const callers = covered.map(({ caller }) => caller)
  const arns = callers.map(({ user }) => user.arn)
  return [accountWideFinding(code, tell(first, told(callers)), arns)]
}

/** What gives permissions and takes no MFA. */
function permissionsGiven(coverage: Coverage): readonly string[] {
  return GIVE_PERMISSIONS.map(({ name }) => name).filter(
    name => coverage.find(name)?.need === 'withoutMfa',
  )
}

/** More than looking after one's own devices and passwords, and none of it asks for MFA. */
function needsNoMfa({ summary: { total }, actions }: Coverage): boolean {
  if (total.withMfa + total.withFreshMfa > 0) return false
  return actions('withoutMfa').some(action => resourcesOfMfaAction(action) === undefined)
}

function actionsOf(catalogue: LintCatalogue | undefined): readonly KnownAction[] {
  const documented = catalogue?.services.flatMap(service =>
    catalogue
      .actionsOf(service)
      .flatMap(name => catalogue.findAction(`${service}:${name}`) ?? [])
      .map(knownAction),
  )
  return [...GIVE_PERMISSIONS, ...(documented ?? [])]
}

function knownAction({ name, resourceTypes }: CataloguedAction): KnownAction {
  return {
    name,
    resourceTypes: resourceTypes.map(({ type, required = true }) => ({ type, required })),
  }
}

function tagsOf({ user: { tags = new Map<string, string>() } }: Caller) {
  return new Map([...tags].map(([tag, value]) => [`aws:principaltag/${tag.toLowerCase()}`, value]))
}
