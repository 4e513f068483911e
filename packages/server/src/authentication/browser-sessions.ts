// Sessions of browsers in the console. A session is a row: signing out deletes it, and it is dead at once on every node. It is
// dead, too, when its time is over, when nobody used it for a while, and when the password that opened it is no longer its
// user's.
import type { AccountId } from '../identifiers/account-id.ts'
import type { Store } from '../store/store.ts'
import type { SessionRow } from './browser-session-rows.ts'
import { currentMark, findRow, selectRows, sessionOf } from './browser-session-rows.ts'
import { readBrowserToken } from './browser-token.ts'
import type { Session } from './session-tokens.ts'

export type BrowserSession = {
  readonly account: AccountId
  readonly tokenHash: string
  readonly sessionId: string
  /** Under which its pages ask. */
  readonly name: string
  readonly principalId: string
  /** Whose it is. */
  readonly holder: string
  /** Of who signed in. */
  readonly session: Session
  readonly switchedRole: SwitchedRole | undefined
  readonly passwordMark: string | null
  readonly createDate: number
  readonly expireDate: number
  readonly lastSeenDate: number
  readonly sourceIp: string
  readonly userAgent: string
}

/** The role that somebody switched to (https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_switch-role-console.html). */
export type SwitchedRole = {
  readonly session: Session
  readonly displayName: string
  readonly color: string | undefined
}

export type BrowserSessions = {
  /** The live session of a cookie's token. */
  readonly find: (token: string, now: Date) => Promise<BrowserSession | undefined>
  /** The live sessions of a holder, the newest first. */
  readonly list: (
    account: AccountId,
    holder: string,
    now: Date,
  ) => Promise<readonly BrowserSession[]>
  /** Notes that the session is in use, once a minute. */
  readonly touch: (session: BrowserSession, now: Date) => Promise<void>
}

const TOUCH_EVERY_MS = 60_000

/** @param idleMinutes after which an unused session is dead */
export function browserSessions(store: Store, idleMinutes: number): BrowserSessions {
  const idleMs = idleMinutes * 60_000

  const isLive = (row: SessionRow, at: number) =>
    at < row.expireDate &&
    at - row.lastSeenDate < idleMs &&
    (row.passwordMark === null || row.passwordMark === currentMark(row))

  return {
    async find(token, now) {
      const presented = readBrowserToken(token)
      if (presented === undefined) return undefined
      const row = await findRow(store.db, presented)
      if (row === undefined || !isLive(row, now.getTime())) return undefined
      return sessionOf(presented.account, row)
    },

    async list(account, holder, now) {
      const rows = await selectRows(store.db, account)
        .where('browserSession.holder', '=', holder)
        .orderBy('browserSession.createDate', 'desc')
        .execute()
      return rows.filter(row => isLive(row, now.getTime())).map(row => sessionOf(account, row))
    },

    async touch({ account, tokenHash, lastSeenDate }, now) {
      const at = now.getTime()
      if (at - lastSeenDate < TOUCH_EVERY_MS) return
      await store.unhurried(tx =>
        tx
          .updateTable('browserSession')
          .set({ lastSeenDate: at })
          .where('accountId', '=', account)
          .where('tokenHash', '=', tokenHash)
          .where('lastSeenDate', '<', at)
          .execute(),
      )
    },
  }
}

/**
 * Whose a session is: a user's or root's by their ids, and beside the id the name of who came by a role or a federation. That one is
 * somebody else than the user whose key made the session, and than the others of the role.
 */
export function holderOfSession({ principalId, role, federatedUser }: Session): string {
  const name = role?.sessionName ?? federatedUser?.name
  return name === undefined ? principalId : `${principalId}:${name}`
}
