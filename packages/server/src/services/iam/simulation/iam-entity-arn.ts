// ARNs of the users, groups and roles that a simulation is about.
import type { AccountId } from '../../../identifiers/account-id.ts'
import { parseAccountId } from '../../../identifiers/account-id.ts'

/** A user, group or role as its ARN names it. */
export type IamEntityArn = {
  readonly arn: string
  readonly account: AccountId
  readonly kind: 'user' | 'group' | 'role'
  /** The last part: the simulator finds entities by it, whatever the path. */
  readonly name: string
}

const ENTITY = /^arn:aws:iam::(\d{12}):(user|group|role)\/(?:.*\/)?([\w+=,.@-]+)$/

/** What an ARN names, or undefined: sessions, federated users, services and the root user are none of these. */
export function findIamEntityArn(arn: string): IamEntityArn | undefined {
  const [, account, kind, name] = ENTITY.exec(arn) ?? []
  if (account === undefined || name === undefined) return undefined
  if (kind !== 'user' && kind !== 'group' && kind !== 'role') return undefined
  return { arn, account: parseAccountId(account), kind, name }
}
