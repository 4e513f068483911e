// Who is signed in, and to which account.
import type { ConsoleSession } from '@twinlock/server/console-api'
import type { UseQueryResult } from '@tanstack/react-query'
import { useQuery } from '@tanstack/react-query'
import { getSession } from '../../api/page-session.ts'
import { ACCOUNT } from '../../api/queries.ts'
import type { Reading } from '../../api/reading.ts'

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

export const SESSION = { queryKey: [ACCOUNT, 'GetSession'], queryFn: getSession } as const

/** Undefined until it is known. */
export const useSession = (): Session | undefined => useSessionReading().data

export function useSessionReading(): Reading<Session> & Pick<UseQueryResult, 'refetch'> {
  const { data, ...reading } = useQuery(SESSION)
  return { ...reading, data: data && sessionOf(data) }
}

/** As whom, and where: `alice @ acme`, or what a switched role is called. */
export const actorOf = ({ account, alias, name, switchedRole }: Session): string =>
  switchedRole?.DisplayName ?? `${name} @ ${alias ?? account}`

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
