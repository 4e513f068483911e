// ARNs of the users, groups and roles that a simulation is about.
import type { AccountId } from '../../../identifiers/account-id.ts'
import { findIamArn } from '../../../identifiers/arns.ts'

/** A user, group or role as its ARN names it. */
export type IamEntityArn = {
  readonly arn: string
  readonly account: AccountId
  readonly kind: 'user' | 'group' | 'role'
  /** The last part: the simulator finds entities by it, whatever the path. */
  readonly name: string
}

/** What an ARN names, or undefined: sessions, federated users, services and the root user are none of these. */
export function findIamEntityArn(arn: string): IamEntityArn | undefined {
  const { account, type: kind, name } = findIamArn(arn) ?? {}
  if (account === undefined || account === 'aws' || name === undefined) return undefined
  if (kind !== 'user' && kind !== 'group' && kind !== 'role') return undefined
  return { arn, account, kind, name }
}
