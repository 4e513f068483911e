// Who is signed in, and to which account.
import type { ConsoleSession } from '@twinlock/server/console-api'
import type { Reading } from '../../api/reading.ts'
import { useSignin } from '../../api/signin.ts'

export type Session = {
  readonly account: string
  /** What the account calls itself. */
  readonly alias: string | undefined
  readonly arn: string
  /** `alice`, `Root user`, `Deployer/alice` */
  readonly name: string
  readonly isRoot: boolean
  /** Whose it is; undefined for root, roles and federated users. */
  readonly userName: string | undefined
  /** While somebody acts as a role that they switched to. */
  readonly switchedRole: ConsoleSession['SwitchedRole']
}

/** Undefined until it is known. */
export const useSession = (): Session | undefined => useSessionReading().data

export function useSessionReading(): Reading<Session> {
  const { data, ...reading } = useSignin('GetSession', {})
  return { ...reading, data: data && sessionOf(data) }
}

function sessionOf(session: ConsoleSession): Session {
  const { Account, AccountAlias, Arn, Kind, UserName, SwitchedRole } = session
  return {
    account: Account,
    alias: AccountAlias,
    arn: Arn,
    name: nameOf(session),
    isRoot: Kind === 'root',
    userName: Kind === 'user' ? UserName : undefined,
    switchedRole: SwitchedRole,
  }
}

function nameOf({ Kind, Arn, UserName }: ConsoleSession): string {
  if (Kind === 'root') return 'Root user'
  if (Kind === 'user') return UserName ?? ''
  return Arn.split(':').slice(5).join(':').split('/').slice(1).join('/')
}
