// Managed policies: documents with a name and an ARN of their own, which speak wherever they are attached.
// https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_managed-vs-inline.html
import type {
  CreatePolicyRequest,
  CreatePolicyResponse,
  DeletePolicyRequest,
  GetPolicyRequest,
  GetPolicyResponse,
  ListPoliciesRequest,
  ListPoliciesResponse,
  Policy,
  PolicyUsageType,
} from '@aws-sdk/client-iam'
import { AwsError } from '@twinlock/protocol'
import { policyArn } from '../../identifiers/arns.ts'
import { newUniqueId } from '../../identifiers/unique-ids.ts'
import type { Context } from '../context.ts'
import type { Operations } from '../operation.ts'
import { operation } from '../operation.ts'
import { page } from '../paging.ts'
import { nameKey } from './names.ts'
import { endOfPrefix } from './paths.ts'
import type { ManagedPolicy } from './policies.ts'
import {
  AWS_POLICIES,
  POLICY_COLUMNS,
  checkOwn,
  onPolicy,
  policyKey,
  thePolicy,
  thePolicyToRead,
  versionIdOf,
} from './policies.ts'
import { checkManagedPolicy } from './policy-documents.ts'
import type { PolicyUsage } from './policy-usage.ts'
import { countUsage, isUsed, usedPolicies } from './policy-usage.ts'
import { QUOTAS, checkAccountQuota } from './quotas.ts'
import { addTags, checkTags, dropTags, tagsMember, tagsOf } from './tags.ts'

// https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreatePolicy.html
export const CreatePolicy = operation<CreatePolicyRequest, CreatePolicyResponse>({
  changes: true,

  permissions({ PolicyName, Path = '/', Tags = [] }, { account }) {
    const asked = {
      resource: policyArn(account, Path, PolicyName),
      shownAs: `policy ${PolicyName}`,
      requestTags: Tags,
    }
    const create = { action: 'iam:CreatePolicy', ...asked }
    return Tags.length === 0 ? [create] : [create, { action: 'iam:TagPolicy', ...asked }]
  },

  async perform({ PolicyName, Path = '/', PolicyDocument, Description, Tags = [] }, context) {
    const { account, db, house, now } = context
    checkTags(Tags, 'exact')
    checkManagedPolicy(PolicyDocument)
    await checkNameIsFree(context, PolicyName)
    await checkAccountQuota(context, 'policy', 'PoliciesPerAccount', QUOTAS.PoliciesQuota)

    const createDate = now.getTime()
    const policy = {
      policyId: newUniqueId('ANPA', account, house.random),
      policyName: PolicyName,
      path: Path,
      arn: policyArn(account, Path, PolicyName),
      description: Description ?? null,
      defaultVersion: 1,
      createDate,
      updateDate: createDate,
    }
    await db
      .insertInto('policy')
      .values({
        ...policy,
        accountId: account,
        policyNameKey: nameKey(PolicyName),
        latestVersion: 1,
      })
      .execute()
    await db
      .insertInto('policyVersion')
      .values({
        accountId: account,
        policyId: policy.policyId,
        version: 1,
        document: PolicyDocument,
        createDate,
      })
      .execute()
    await addTags(context, policy.policyId, Tags, 'exact')
    const usage = await countUsage(context, [policy.arn])
    return { Policy: { ...policyMembers(policy, usage(policy.arn)), ...tagsMember(Tags) } }
  },
})

// https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetPolicy.html
export const GetPolicy = operation<GetPolicyRequest, GetPolicyResponse>({
  permissions: async ({ PolicyArn }, context) => [
    await onPolicy('iam:GetPolicy', context, PolicyArn),
  ],

  async perform({ PolicyArn }, context) {
    const policy = await thePolicyToRead(context, 'iam:GetPolicy', PolicyArn)
    const usage = await countUsage(context, [policy.arn])
    return {
      Policy: {
        ...policyMembers(policy, usage(policy.arn)),
        ...(policy.description !== null && { Description: policy.description }),
        // Recorded: this answer alone has the element when there are no tags.
        Tags: await tagsOf(context, policy.policyId),
      },
    }
  },
})

// https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListPolicies.html
export const ListPolicies = operation<ListPoliciesRequest, ListPoliciesResponse>({
  permissions: ({ PathPrefix = '/' }) => [
    { action: 'iam:ListPolicies', resource: '*', shownAs: `policy path ${PathPrefix}` },
  ],

  async perform(
    { Scope = 'All', OnlyAttached, PathPrefix = '/', PolicyUsageFilter, ...input },
    context,
  ) {
    // Recorded: the usage is looked at only when attached policies are asked for.
    const uses = OnlyAttached === true ? (PolicyUsageFilter ?? 'any') : undefined
    const { items, paging } = await page(
      input,
      context,
      `policies under ${PathPrefix}, ${Scope}, ${uses ?? 'used or not'}`,
      async (after, limit) =>
        [
          ...(Scope === 'AWS'
            ? []
            : await ownPolicies(context, { PathPrefix, uses, after, limit })),
          ...(Scope === 'Local' ? [] : await awsPolicies(context, { PathPrefix, uses, after })),
        ].slice(0, limit),
      ({ arn }) => policyKey(arn),
    )
    const usage = await countUsage(
      context,
      items.map(({ arn }) => arn),
    )
    return { Policies: items.map(policy => policyMembers(policy, usage(policy.arn))), ...paging }
  },
})

// https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeletePolicy.html
export const DeletePolicy = operation<DeletePolicyRequest>({
  changes: true,

  permissions: async ({ PolicyArn }, context) => [
    await onPolicy('iam:DeletePolicy', context, PolicyArn),
  ],

  async perform({ PolicyArn }, context) {
    const { account, db } = context
    checkOwn(context, PolicyArn, 'delete policies')
    const { policyId } = await thePolicy(context, PolicyArn)
    const usage = await countUsage(context, [PolicyArn])
    if (isUsed(usage(PolicyArn))) {
      throw new AwsError('DeleteConflict', 'Cannot delete a policy attached to entities.')
    }
    const { versions } = await db
      .selectFrom('policyVersion')
      .select(eb => eb.fn.countAll<number>().as('versions'))
      .where('accountId', '=', account)
      .where('policyId', '=', policyId)
      .executeTakeFirstOrThrow()
    if (versions > 1) {
      throw new AwsError(
        'DeleteConflict',
        "This policy has more than one version. Before you delete a policy, you must delete the policy's versions. The default version is deleted with the policy.",
      )
    }
    await dropTags(context, policyId)
    for (const table of ['policyVersion', 'policy'] as const) {
      await db
        .deleteFrom(table)
        .where('accountId', '=', account)
        .where('policyId', '=', policyId)
        .execute()
    }
  },
})

export const managedPolicyOperations = {
  CreatePolicy,
  GetPolicy,
  ListPolicies,
  DeletePolicy,
} satisfies Operations

/** A policy as every answer shows it; only GetPolicy adds the description. */
export const policyMembers = (
  policy: Omit<ManagedPolicy, 'owner'>,
  usage: PolicyUsage,
): Policy => ({
  PolicyName: policy.policyName,
  PolicyId: policy.policyId,
  Arn: policy.arn,
  Path: policy.path,
  DefaultVersionId: versionIdOf(policy.defaultVersion),
  ...usage,
  IsAttachable: true,
  CreateDate: new Date(policy.createDate),
  UpdateDate: new Date(policy.updateDate),
})

/** Which policies a list is to show: those under a path, and of them all or the ones that are used. */
type Choice = {
  readonly PathPrefix: string
  readonly uses: PolicyUsageType | 'any' | undefined
  /** The key of the last policy that was shown. */
  readonly after: string | undefined
}

const usageOf = (uses: PolicyUsageType | 'any') => (uses === 'any' ? undefined : uses)

/** The account's own policies, sorted by name. */
export async function ownPolicies(
  context: Context,
  { PathPrefix, uses, after = '', limit }: Choice & { readonly limit: number },
): Promise<ManagedPolicy[]> {
  let query = context.db
    .selectFrom('policy')
    .select(POLICY_COLUMNS)
    .where('accountId', '=', context.account)
    .where('policyNameKey', '>', after)
    .where('path', '>=', PathPrefix)
    .where('path', '<', endOfPrefix(PathPrefix))
    .orderBy('policyNameKey')
    .limit(limit)
  if (uses !== undefined) query = query.where('arn', 'in', usedPolicies(context, usageOf(uses)))
  const rows = await query.execute()
  return rows.map(row => ({ owner: 'account', ...row }))
}

/** AWS's policies, sorted by name. */
export async function awsPolicies(
  context: Context,
  { PathPrefix, uses, after = '' }: Choice,
): Promise<ManagedPolicy[]> {
  const shown = AWS_POLICIES.filter(
    ({ arn, path }) => path.startsWith(PathPrefix) && policyKey(arn) > after,
  )
  if (uses === undefined || shown.length === 0) return shown
  const used = await usedPolicies(context, usageOf(uses)).execute()
  const arns = new Set(used.map(({ arn }) => arn))
  return shown.filter(({ arn }) => arns.has(arn))
}

async function checkNameIsFree({ account, db }: Context, policyName: string): Promise<void> {
  const holder = await db
    .selectFrom('policy')
    .select('policyId')
    .where('accountId', '=', account)
    .where('policyNameKey', '=', nameKey(policyName))
    .executeTakeFirst()
  if (holder === undefined) return
  throw new AwsError(
    'EntityAlreadyExists',
    `A policy called ${policyName} already exists. Duplicate names are not allowed.`,
  )
}
