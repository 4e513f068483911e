// Who is asking, once the signature is verified.
import type { AccountId } from '../identifiers/account-id.ts'
import type { Session } from './session-tokens.ts'

export type Caller = RootCaller | UserCaller | RoleCaller

type Credentials = {
  readonly account: AccountId
  readonly accessKeyId: string
  /** The facts of temporary credentials; undefined for a long-term access key. */
  readonly session: Session | undefined
}

/** The account's root user. `id` is the account id. */
export type RootCaller = Credentials & {
  readonly kind: 'root'
  readonly id: string
  readonly arn: string
}

/** An IAM user, by its access key or a GetSessionToken session. */
export type UserCaller = Credentials & {
  readonly kind: 'user'
  /** AIDA… */
  readonly id: string
  readonly arn: string
  readonly userName: string
  readonly path: string
}

/** A session of a role. */
export type RoleCaller = Credentials & {
  readonly kind: 'role'
  readonly session: Session
  /** AROA… of the role. */
  readonly id: string
  /** ARN of the role, with its path. */
  readonly arn: string
  readonly roleName: string
  readonly sessionName: string
  /** `arn:aws:sts::ACCOUNT:assumed-role/ROLE/SESSION` */
  readonly sessionArn: string
}

/** The ARN that GetCallerIdentity answers and that denials name: a role's session, not the role. */
export function callerArn(caller: Caller): string {
  return caller.kind === 'role' ? caller.sessionArn : caller.arn
}

/** The id that GetCallerIdentity answers and `aws:userid` holds. */
export function callerUserId(caller: Caller): string {
  return caller.kind === 'role' ? `${caller.id}:${caller.sessionName}` : caller.id
}
