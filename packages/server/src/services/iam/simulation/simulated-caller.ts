// Whom a simulation takes for the caller, what that tells of the request, and who owns the resources.
import type { ConditionKeys, PrincipalFacts } from '@twinlock/policy'
import type { AccountId } from '../../../identifiers/account-id.ts'
import { findAccountId } from '../../../identifiers/account-id.ts'
import { findArn } from '../../../identifiers/arns.ts'
import type { SuppliedKeys } from './context-entries.ts'
import type { IamEntityArn } from './iam-entity-arn.ts'
import { findIamEntityArn } from './iam-entity-arn.ts'
import { invalidInput } from './invalid-input.ts'

/** A caller who is somebody, or anybody of the account that asks. */
export type SimulatedCaller = Pick<IamEntityArn, 'account'> & { readonly entity?: IamEntityArn }

/** What `aws:userid` is where nobody is named. */
const STUB_PRINCIPAL = 'STUB_PRINCIPAL_FOR_POLICY_SIMULATOR'

/** The caller that CallerArn names. @throws AwsError InvalidInput */
export function namedCaller(arn: string): SimulatedCaller {
  const entity = findIamEntityArn(arn)
  if (entity !== undefined) return callerOf(entity)
  throw invalidInput('Invalid caller - Caller must be an IAM user, role or group in this context.')
}

export const callerOf = (entity: IamEntityArn): SimulatedCaller => ({
  account: entity.account,
  entity,
})

/** Nobody in particular. */
export const anybodyOf = (account: AccountId): SimulatedCaller => ({ account })

/** How a resource's own policy may name the caller. A group is no principal: only its account and everybody mean it. */
export function principalFactsOf({ account, entity }: SimulatedCaller): PrincipalFacts {
  return {
    account,
    arns: entity === undefined ? [] : [entity.arn],
    ids: [],
    isRoot: false,
    kind: entity?.kind === 'role' ? 'role' : 'user',
  }
}

/** What the keys of a request are, and the characters of the longest value among them. */
type RequestKeys = { readonly keys: ConditionKeys; readonly longestValue: number }

/** The condition keys of the request: what the simulation supplies, and what the caller tells where it supplies nothing. */
export function requestKeys(
  { account, entity }: SimulatedCaller,
  supplied: SuppliedKeys,
): RequestKeys {
  const told = new Map([
    ['aws:userid', entity?.arn ?? STUB_PRINCIPAL],
    ['aws:principalaccount', account],
  ])
  if (entity !== undefined) told.set('aws:principalarn', entity.arn)
  if (entity?.kind === 'user') told.set('aws:username', entity.name)
  const lengths = [...told.values(), ...supplied.values()].map(lengthOf)
  return {
    keys: { get: key => supplied.get(key) ?? told.get(key) },
    longestValue: lengths.reduce((longest, length) => Math.max(longest, length), 0),
  }
}

/** Of a list, all its values together. */
const lengthOf = (value: string | readonly string[]) =>
  typeof value === 'string' ? value.length : value.reduce((sum, one) => sum + one.length + 1, 0)

/** The account of ResourceOwner, any ARN of IAM in it. @throws AwsError InvalidInput */
export function accountOfOwner(arn: string): string {
  const { partition, service, region, account = '' } = findArn(arn) ?? {}
  const isOfIam = partition === 'aws' && service === 'iam' && region === ''
  if (isOfIam && findAccountId(account) !== undefined) return account
  throw invalidInput(`'${arn}' is not a valid as a Resource Owner.`)
}
