// Managed policies as an ARN finds them: the account's own in the store, AWS's in code. Nobody else's exist here.
import { AwsError } from '@twinlock/protocol'
import { callerArn } from '../../authentication/caller.ts'
import {
  AWS_MANAGED_POLICIES,
  findAwsManagedPolicy,
} from '../../authorization/aws-managed-policies.ts'
import { findArn, findIamArn, parseIamArn } from '../../identifiers/arns.ts'
import type { Context } from '../context.ts'
import type { Permission } from '../operation.ts'
import { nameKey } from './names.ts'
import { tagsOf } from './tags.ts'

/** A managed policy without its documents. */
export type ManagedPolicy = {
  readonly owner: 'account' | 'aws'
  readonly policyId: string
  readonly policyName: string
  readonly path: string
  readonly arn: string
  readonly description: string | null
  /** 1 for `v1`. */
  readonly defaultVersion: number
  readonly createDate: number
  readonly updateDate: number
}

/** The columns of an account's own policy. */
export const POLICY_COLUMNS = [
  'policyId',
  'policyName',
  'path',
  'arn',
  'description',
  'defaultVersion',
  'createDate',
  'updateDate',
] as const

/** AWS's own policies, sorted by name. */
export const AWS_POLICIES: readonly ManagedPolicy[] = AWS_MANAGED_POLICIES.map(policy => ({
  owner: 'aws',
  policyId: policy.policyId,
  policyName: policy.policyName,
  path: policy.path,
  arn: policy.arn,
  description: policy.description,
  defaultVersion: 1,
  createDate: policy.createDate.getTime(),
  updateDate: policy.createDate.getTime(),
}))

/** Sorts policies by name, AWS's own after the account's: `~` comes after every character of a name. */
export function policyKey(arn: string): string {
  const { account, name } = parseIamArn(arn)
  return (account === 'aws' ? '~' : '') + nameKey(name)
}

/** `v1` for 1. */
export const versionIdOf = (version: number) => `v${version}`

/** The managed policy of this ARN, spelled exactly. */
export async function findPolicy(
  { account, db }: Context,
  arn: string,
): Promise<ManagedPolicy | undefined> {
  if (findAwsManagedPolicy(arn) !== undefined)
    return AWS_POLICIES.find(policy => policy.arn === arn)
  const row = await db
    .selectFrom('policy')
    .select(POLICY_COLUMNS)
    .where('accountId', '=', account)
    .where('arn', '=', arn)
    .executeTakeFirst()
  return row && { owner: 'account', ...row }
}

/** @throws AwsError NoSuchEntity */
export async function thePolicy(context: Context, arn: string): Promise<ManagedPolicy> {
  const policy = await findPolicy(context, arn)
  if (policy === undefined) throw policyNotFound(arn)
  return policy
}

export const policyNotFound = (arn: string) =>
  new AwsError('NoSuchEntity', `Policy ${arn} was not found.`)

/** The answer where a policy would have to speak for somebody. */
export const policyNotAttachable = (arn: string) =>
  new AwsError('NoSuchEntity', `Policy ${arn} does not exist or is not attachable.`)

/**
 * Whose policy an ARN names. Since the end of 2024 IAM takes ARNs apart strictly, and what does not come apart is refused in
 * these words (public reports since) but where policies are attached. An ARN of something else is refused in the older ones
 * (recorded in 2023).
 * @throws AwsError ValidationError for what is no ARN, InvalidInput for one of something else
 */
export function checkPolicyArn(arn: string): string {
  const policy = findIamArn(arn)
  if (policy?.type === 'policy') return policy.account
  throw findArn(arn) === undefined
    ? new AwsError('ValidationError', 'Invalid ARN:  Could not be parsed!')
    : new AwsError('InvalidInput', `ARN ${arn} is not valid.`)
}

/**
 * The permission to do `action` to a managed policy.
 * @param more what the request says of tags
 */
export async function onPolicy(
  action: string,
  context: Context,
  arn: string,
  more: Pick<Permission, 'requestTags' | 'requestTagKeys'> = {},
): Promise<Permission> {
  const policy = await findPolicy(context, arn)
  return {
    action,
    resource: arn,
    shownAs: `policy ${arn}`,
    ...(policy?.owner === 'account' && { resourceTags: await tagsOf(context, policy.policyId) }),
    ...more,
  }
}

/**
 * The managed policy that an operation reads. Another account's would have to be shared by a policy of its own, which IAM
 * does not have.
 * @throws AwsError ValidationError, InvalidInput for what is no ARN of a policy; AccessDenied for another account's; NoSuchEntity
 */
export async function thePolicyToRead(
  context: Context,
  action: string,
  arn: string,
): Promise<ManagedPolicy> {
  checkReadable(context, action, arn)
  return thePolicy(context, arn)
}

/** @throws AwsError ValidationError, InvalidInput, AccessDenied */
export function checkReadable({ account, caller }: Context, action: string, arn: string): void {
  const owner = checkPolicyArn(arn)
  if (owner === account || owner === 'aws') return
  throw new AwsError(
    'AccessDenied',
    `User: ${callerArn(caller)} is not authorized to perform: ${action} on resource: policy ${arn} because no resource-based policy allows the ${action} action`,
  )
}

/**
 * Only the account's own policies change.
 * @param refused what AWS says may not be done to the others: `delete policies`
 * @throws AwsError ValidationError, InvalidInput for what is no ARN of a policy; AccessDenied
 */
export function checkOwn({ account }: Context, arn: string, refused: string): void {
  const owner = checkPolicyArn(arn)
  if (owner !== account) {
    throw new AwsError('AccessDenied', `Cannot ${refused} outside your own account.`)
  }
}
