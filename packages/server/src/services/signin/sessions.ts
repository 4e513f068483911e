// Sessions of browsers: who is signed in, where else, and how to end it.
import { AwsError } from '@twinlock/protocol'
import type { BrowserSession, BrowserSessions } from '../../authentication/browser-sessions.ts'
import { endAllSessionsOf, endSessionOf } from '../../authentication/browser-session-endings.ts'
import { callerArn } from '../../authentication/caller.ts'
import { isPhishingResistant } from '../../authentication/mfa-method.ts'
import type { Browser, Context } from '../context.ts'
import type { Permission } from '../operation.ts'
import { noPermission } from '../operation.ts'
import { consoleOperation } from './console-operation.ts'
import { onHolder, theHolder } from './subject.ts'

/** Whoever is signed in may know who that is. */
export const GetSession = consoleOperation('GetSession', {
  permissions: noPermission,
  perform: (_, context) => sessionMembers(context, theBrowser(context).session),
})

/** What the list of sessions asks beside the request. */
export type SessionHouse = { readonly sessions: Pick<BrowserSessions, 'list'> }

export const listSessions = ({ sessions }: SessionHouse) =>
  consoleOperation('ListSessions', {
    permissions: async ({ UserName }, context) =>
      permissionOn('twinlock:ListSessions', context, UserName),
    async perform({ UserName }, context) {
      const { account, now } = context
      const holder = await holderOf(context, UserName)
      const current = theBrowser(context).session
      const Sessions = (await sessions.list(account, holder, now)).map(each => ({
        SessionId: each.sessionId,
        IsCurrent: each.sessionId === current.sessionId,
        SignedInAt: new Date(each.createDate),
        LastSeenAt: new Date(each.lastSeenDate),
        ExpiresAt: new Date(each.expireDate),
        SourceIp: each.sourceIp,
        UserAgent: each.userAgent,
        ...(each.session.mfa !== undefined && { MfaMethod: each.session.mfa.method ?? 'totp' }),
      }))
      return { Sessions }
    },
  })

export const EndSessions = consoleOperation('EndSessions', {
  changes: true,
  permissions: async ({ UserName }, context) =>
    permissionOn('twinlock:EndSessions', context, UserName),
  async perform({ UserName, SessionId }, context) {
    const { account, db } = context
    const of = { account, holder: await holderOf(context, UserName) }
    if (SessionId === undefined) return { Ended: await endAllSessionsOf(db, of) }
    const ended = await endSessionOf(db, of, SessionId)
    if (ended === 0) throw new AwsError('NoSuchEntity', 'There is no such session.')
    return { Ended: ended }
  },
})

/** One's own sessions are one's own business. */
async function permissionOn(
  action: string,
  context: Context,
  UserName: string | undefined,
): Promise<readonly Permission[]> {
  if (UserName === undefined) return []
  return [await onHolder(action, context, UserName)]
}

/** Whose sessions are meant; without a name those of whoever signed in, whatever role is worn. */
async function holderOf(context: Context, UserName: string | undefined): Promise<string> {
  if (UserName === undefined) return theBrowser(context).session.holder
  return (await theHolder(context, UserName)).holder.principalId
}

export function theBrowser({ browser }: Context): Browser {
  if (browser === undefined) throw new Error('an operation of the console without a browser')
  return browser
}

/** Who is signed in, and as what. */
export async function sessionMembers(
  context: Context,
  { session, name, switchedRole, createDate, expireDate }: BrowserSession,
) {
  const { account, caller, db } = context
  const { alias } = await db
    .selectFrom('account')
    .select('alias')
    .where('accountId', '=', account)
    .executeTakeFirstOrThrow()
  const { mfa } = session
  const method = mfa?.method ?? 'totp'
  return {
    SessionName: name,
    Account: account,
    AccountAlias: alias ?? undefined,
    Arn: callerArn(caller),
    Kind: caller.kind,
    UserName:
      caller.kind === 'user'
        ? caller.userName
        : 'sessionName' in caller
          ? caller.sessionName
          : undefined,
    SignedInAt: new Date(createDate),
    ExpiresAt: new Date(expireDate),
    ...(mfa && {
      Mfa: {
        Method: method,
        SerialNumber: mfa.serialNumber,
        AuthenticatedAt: new Date(mfa.authenticatedAt * 1000),
        PhishingResistant: isPhishingResistant(method),
      },
    }),
    ...(switchedRole && {
      SwitchedRole: {
        RoleArn: caller.arn,
        DisplayName: switchedRole.displayName,
        Color: switchedRole.color,
        ExpiresAt: new Date(switchedRole.session.expiresAt * 1000),
        SignedInAs: callerArn(theBrowser(context).signedInAs),
      },
    }),
  }
}
