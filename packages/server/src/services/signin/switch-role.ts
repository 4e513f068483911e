// Switching to a role and back (https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_switch-role-console.html): AssumeRole, by
// the same rules, with the browser's session as the caller. The role's session lasts an hour at most and never outlives the sign-in.
import { AwsError } from '@twinlock/protocol'
import { callerOf } from '../../authentication/authenticate.ts'
import { setSwitchedRole } from '../../authentication/browser-session-changes.ts'
import type { Caller } from '../../authentication/caller.ts'
import { demandReach } from '../../authentication/session-reach.ts'
import type { Session } from '../../authentication/session-tokens.ts'
import { findAccountId, parseAccountId } from '../../identifiers/account-id.ts'
import { roleArn } from '../../identifiers/arns.ts'
import { newUniqueId } from '../../identifiers/unique-ids.ts'
import type { Context } from '../context.ts'
import { noPermission } from '../operation.ts'
import { assume } from '../sts/assume-role.ts'
import { consoleOperation } from './console-operation.ts'
import { sessionMembers, theBrowser } from './sessions.ts'

/** AWS's limit for a switched role. */
const MOST_SECONDS = 3600

export const SwitchRole = consoleOperation('SwitchRole', {
  changes: true,
  // The role's trust policy decides, together with the caller's own policies: AssumeRole asks both.
  permissions: noPermission,
  async perform({ Account, RoleName, DisplayName, Color }, context) {
    const { account, db, house, now } = context
    const { session: browser, signedInAs } = theBrowser(context)
    // Who cannot assume a role cannot switch to one.
    demandReach(signedInAs, 'sts', 'AssumeRole')
    const own = { ...context, caller: signedInAs }
    const issuedAt = Math.floor(now.getTime() / 1000)
    const seconds = Math.min(MOST_SECONDS, Math.floor(browser.expireDate / 1000) - issuedAt)
    const RoleArn = await arnOfRole(own, Account, RoleName)
    const RoleSessionName = sessionNameOf(signedInAs)
    const input = { RoleArn, RoleSessionName, DurationSeconds: seconds }
    const { role, facts } = await assume(input, own)
    const session: Session = {
      account,
      accessKeyId: newUniqueId('ASIA', account, house.random),
      issuedAt,
      expiresAt: issuedAt + seconds,
      ...facts,
    }
    const switchedRole = {
      session,
      displayName: DisplayName ?? `${RoleName} @ ${Account}`,
      color: Color,
    }
    const switched = await setSwitchedRole(db, browser, switchedRole)
    const principal = {
      kind: 'role',
      id: role.roleId,
      arn: RoleArn,
      name: role.roleName,
      path: role.path,
    } as const
    const caller = callerOf(principal, account, session.accessKeyId, session)
    return sessionMembers({ ...context, caller }, switched)
  },
})

export const ExitRole = consoleOperation('ExitRole', {
  changes: true,
  permissions: noPermission,
  async perform(_, context) {
    const { session: browser, signedInAs } = theBrowser(context)
    const left = await setSwitchedRole(context.db, browser, undefined)
    return sessionMembers({ ...context, caller: signedInAs }, left)
  },
})

/** A user's name; a federated user's or role's session keeps its own. */
function sessionNameOf(caller: Caller): string {
  switch (caller.kind) {
    case 'user':
      return caller.userName
    case 'role':
    case 'federatedUser':
      return caller.sessionName
    case 'root':
      throw new AwsError('AccessDenied', 'Roles may not be assumed by root accounts.')
    default:
      return caller satisfies never
  }
}

/** An alias that nobody has leads to an account that nobody has, and so to a role that trusts nobody. */
const NOBODYS = parseAccountId('000000000000')

async function arnOfRole(context: Context, accountOrAlias: string, roleName: string) {
  const account =
    findAccountId(accountOrAlias) ?? (await findAccountOfAlias(context, accountOrAlias)) ?? NOBODYS
  return roleArn(account, '/', roleName)
}

async function findAccountOfAlias({ db }: Context, alias: string) {
  const row = await db
    .selectFrom('account')
    .select('accountId')
    .where('alias', '=', alias)
    .executeTakeFirst()
  return row && parseAccountId(row.accountId)
}
