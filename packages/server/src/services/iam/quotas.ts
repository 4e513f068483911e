// IAM's default quotas under the names that GetAccountSummary gives them.
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
import { AwsError } from '@twinlock/protocol'
import type { Context } from '../context.ts'

/** Sizes of policies are in characters, without white space. */
export const QUOTAS = {
  AccessKeysPerUserQuota: 2,
  AssumeRolePolicySizeQuota: 2048,
  AttachedPoliciesPerGroupQuota: 10,
  AttachedPoliciesPerRoleQuota: 10,
  AttachedPoliciesPerUserQuota: 10,
  GroupPolicySizeQuota: 5120,
  GroupsPerUserQuota: 10,
  GroupsQuota: 300,
  InstanceProfilesQuota: 1000,
  PoliciesQuota: 1500,
  PolicySizeQuota: 6144,
  PolicyVersionsInUseQuota: 10_000,
  RolePolicySizeQuota: 10_240,
  RolesQuota: 1000,
  ServerCertificatesQuota: 20,
  SigningCertificatesPerUserQuota: 2,
  UserPolicySizeQuota: 2048,
  UsersQuota: 5000,
  VersionsPerPolicyQuota: 5,
} as const

/**
 * Whether there may be one more.
 * @param quota as LimitExceeded calls it, which is not as GetAccountSummary does
 * @throws AwsError LimitExceeded
 */
export function checkQuota(quota: string, count: number, most: number): void {
  if (count >= most) throw quotaExceeded(quota, most)
}

/** @throws AwsError LimitExceeded when the account has no room for one more row of a table */
export async function checkAccountQuota(
  { account, db }: Context,
  table: 'group' | 'policy' | 'role' | 'user',
  quota: string,
  most: number,
): Promise<void> {
  const { count } = await db
    .selectFrom(table)
    .select(eb => eb.fn.countAll<number>().as('count'))
    .where('accountId', '=', account)
    .executeTakeFirstOrThrow()
  checkQuota(quota, count, most)
}

export const quotaExceeded = (quota: string, most: number) =>
  new AwsError('LimitExceeded', `Cannot exceed quota for ${quota}: ${most}`)
