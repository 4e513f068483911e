// The texts of the policies that a user, group or role has, by itself and by its groups.
import { findAwsManagedPolicy } from '../../../authorization/aws-managed-policies.ts'
import { parseIamArn } from '../../../identifiers/arns.ts'
import type { Context } from '../../context.ts'
import type { IamEntityArn } from './iam-entity-arn.ts'

/** A policy of the source, or of one of its groups. */
export type SourcePolicy = (
  | { readonly type: 'inline'; readonly holder: Named }
  | { readonly type: 'aws-managed' | 'user-managed'; readonly arn: string }
) & { readonly name: string; readonly document: string }

type Named = { readonly kind: IamEntityArn['kind']; readonly name: string }

/** Who has policies: a user, group or role by its unique id. */
export type Holder = Named & { readonly id: string }

/** The groups of a user; nothing else has any. */
export async function groupsOf({ db, account }: Context, { kind, id }: Holder): Promise<Holder[]> {
  if (kind !== 'user') return []
  const rows = await db
    .selectFrom('membership')
    .innerJoin('group', join =>
      join
        .onRef('group.accountId', '=', 'membership.accountId')
        .onRef('group.groupId', '=', 'membership.groupId'),
    )
    .select(['group.groupId', 'group.groupName'])
    .where('membership.accountId', '=', account)
    .where('membership.userId', '=', id)
    .orderBy('group.groupNameKey')
    .execute()
  return rows.map(({ groupId, groupName }) => ({ kind: 'group', id: groupId, name: groupName }))
}

/** The policies that are embedded in the holders, in the order of these. */
export async function inlineOf(
  { db, account }: Context,
  holders: readonly Holder[],
): Promise<SourcePolicy[]> {
  const rows = await db
    .selectFrom('inlinePolicy')
    .select(['principalId', 'policyName', 'document'])
    .where('accountId', '=', account)
    .where(
      'principalId',
      'in',
      holders.map(({ id }) => id),
    )
    .orderBy('policyNameKey')
    .execute()
  const byHolder = Map.groupBy(rows, ({ principalId }) => principalId)
  return holders.flatMap(({ id, kind, name }) =>
    (byHolder.get(id) ?? []).map(({ policyName, document }): SourcePolicy => ({
      type: 'inline',
      holder: { kind, name },
      name: policyName,
      document,
    })),
  )
}

/** The ARNs of what is attached to the holders; what is attached to several of them is one policy. */
export async function attachedTo(
  { db, account }: Context,
  holders: readonly Holder[],
): Promise<string[]> {
  const rows = await db
    .selectFrom('attachment')
    .select('policyArn')
    .distinct()
    .where('accountId', '=', account)
    .where(
      'principalId',
      'in',
      holders.map(({ id }) => id),
    )
    .orderBy('policyArn')
    .execute()
  return rows.map(({ policyArn }) => policyArn)
}

/** The default versions of managed policies, by ARN. */
export async function documentsOf(
  { db, account }: Context,
  arns: readonly string[],
): Promise<(arn: string) => SourcePolicy> {
  const own = arns.filter(arn => findAwsManagedPolicy(arn) === undefined)
  const rows =
    own.length === 0
      ? []
      : await db
          .selectFrom('policy')
          .innerJoin('policyVersion', join =>
            join
              .onRef('policyVersion.accountId', '=', 'policy.accountId')
              .onRef('policyVersion.policyId', '=', 'policy.policyId')
              .onRef('policyVersion.version', '=', 'policy.defaultVersion'),
          )
          .select(['policy.arn', 'policyVersion.document'])
          .where('policy.accountId', '=', account)
          .where('policy.arn', 'in', own)
          .execute()
  const documents = new Map(rows.map(({ arn, document }) => [arn, document]))
  return arn => {
    const ofAws = findAwsManagedPolicy(arn)
    const document = ofAws?.document ?? documents.get(arn)
    // INVARIANT: an attached policy exists.
    if (document === undefined) throw new Error(`attached policy ${arn} is gone`)
    const type = ofAws === undefined ? 'user-managed' : 'aws-managed'
    return { type, arn, name: parseIamArn(arn).name, document }
  }
}

/** SourcePolicyId of one of the source's policies. */
export function sourcePolicyId(policy: SourcePolicy): string {
  if (policy.type !== 'inline') return policy.name
  return `${policy.holder.kind}_${policy.holder.name}_${policy.name}`
}
