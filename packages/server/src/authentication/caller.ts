// Who is asking, once the signature is verified.
import type { AccountId } from '../identifiers/account-id.ts'
import type { Session } from './session-tokens.ts'

export type Caller = RootCaller | UserCaller | RoleCaller | FederatedUserCaller

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

/** A session of GetFederationToken: somebody who has, at most, the permissions of the user or root user that asked for it. */
export type FederatedUserCaller = Credentials & {
  readonly kind: 'federatedUser'
  readonly session: Session
  /** AIDA… of that user, or the account id. */
  readonly id: string
  /** ARN of that user. */
  readonly arn: string
  /** Undefined where the root user asked. */
  readonly userName: string | undefined
  /** As GetFederationToken was told. */
  readonly sessionName: string
  /** `arn:aws:sts::ACCOUNT:federated-user/NAME` */
  readonly sessionArn: string
}

/** The ARN that GetCallerIdentity answers and that denials name: a session's of its own, where it has one. */
export function callerArn(caller: Caller): string {
  return 'sessionArn' in caller ? caller.sessionArn : caller.arn
}

/** The tags of a session that has tags of its own. */
export const sessionTagsOf = ({ session }: Caller) =>
  (session?.role ?? session?.federatedUser)?.tags

/** The id that GetCallerIdentity answers and `aws:userid` holds. */
export function callerUserId(caller: Caller): string {
  switch (caller.kind) {
    case 'root':
    case 'user':
      return caller.id
    case 'role':
      return `${caller.id}:${caller.sessionName}`
    case 'federatedUser':
      return `${caller.account}:${caller.sessionName}`
    default:
      return caller satisfies never
  }
}
