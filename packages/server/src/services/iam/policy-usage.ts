// What managed policies are used for: attached as permissions policies, or set as permissions boundaries.
import type { PolicyUsageType } from '@aws-sdk/client-iam'
import { sql } from 'kysely'
import type { Context } from '../context.ts'

/** How often a policy is used, as IAM's answers say it. */
export type PolicyUsage = {
  readonly AttachmentCount: number
  readonly PermissionsBoundaryUsageCount: number
}

/** Counts the uses of these policies; the answer tells each one's by its ARN. */
export async function countUsage(
  { account, db }: Context,
  arns: readonly string[],
): Promise<(arn: string) => PolicyUsage> {
  if (arns.length === 0) return () => UNUSED
  const boundariesOf = (table: 'user' | 'role') =>
    db
      .selectFrom(table)
      .select(eb => [
        eb.ref('permissionsBoundary').$notNull().as('arn'),
        sql<PolicyUsageType>`'PermissionsBoundary'`.as('usage'),
        eb.fn.countAll<number>().as('count'),
      ])
      .where('accountId', '=', account)
      .where('permissionsBoundary', 'in', arns)
      .groupBy('permissionsBoundary')

  const rows = await db
    .selectFrom('attachment')
    .select(eb => [
      'policyArn as arn',
      sql<PolicyUsageType>`'PermissionsPolicy'`.as('usage'),
      eb.fn.countAll<number>().as('count'),
    ])
    .where('accountId', '=', account)
    .where('policyArn', 'in', arns)
    .groupBy('policyArn')
    .unionAll(boundariesOf('user'))
    .unionAll(boundariesOf('role'))
    .execute()

  const uses = Map.groupBy(rows, ({ arn }) => arn)
  const total = (arn: string, usage: PolicyUsageType) =>
    (uses.get(arn) ?? [])
      .filter(row => row.usage === usage)
      .reduce((sum, { count }) => sum + count, 0)
  return arn => ({
    AttachmentCount: total(arn, 'PermissionsPolicy'),
    PermissionsBoundaryUsageCount: total(arn, 'PermissionsBoundary'),
  })
}

const UNUSED: PolicyUsage = { AttachmentCount: 0, PermissionsBoundaryUsageCount: 0 }

export const isUsed = (usage: PolicyUsage) =>
  usage.AttachmentCount + usage.PermissionsBoundaryUsageCount > 0

/** A query of the ARNs of all policies that the account uses, in the one way that is asked for or in any. */
export function usedPolicies({ account, db }: Context, usage: PolicyUsageType | undefined) {
  const attached = db
    .selectFrom('attachment')
    .select('policyArn as arn')
    .where('accountId', '=', account)
  const boundariesOf = (table: 'user' | 'role') =>
    db
      .selectFrom(table)
      .select(eb => eb.ref('permissionsBoundary').$notNull().as('arn'))
      .where('accountId', '=', account)
      .where('permissionsBoundary', 'is not', null)
  const boundaries = boundariesOf('user').unionAll(boundariesOf('role'))

  switch (usage) {
    case 'PermissionsPolicy':
      return attached
    case 'PermissionsBoundary':
      return boundaries
    case undefined:
      return attached.unionAll(boundaries)
    default:
      return usage satisfies never
  }
}
