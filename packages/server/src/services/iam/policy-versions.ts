// Versions of managed policies: documents never change, new versions take their place. At most five are kept, one of them
// the default, which is the one that speaks.
// https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_managed-versioning.html
import type {
  CreatePolicyVersionRequest,
  CreatePolicyVersionResponse,
  DeletePolicyVersionRequest,
  GetPolicyVersionRequest,
  GetPolicyVersionResponse,
  ListPolicyVersionsRequest,
  ListPolicyVersionsResponse,
  PolicyVersion,
  SetDefaultPolicyVersionRequest,
} from '@aws-sdk/client-iam'
import { AwsError } from '@twinlock/protocol'
import { findAwsManagedPolicy } from '../../authorization/aws-managed-policies.ts'
import type { Context } from '../context.ts'
import type { Operations } from '../operation.ts'
import { operation } from '../operation.ts'
import { pageOf } from '../paging.ts'
import type { ManagedPolicy } from './policies.ts'
import {
  checkOwn,
  checkReadable,
  findPolicy,
  onPolicy,
  thePolicy,
  thePolicyToRead,
  versionIdOf,
} from './policies.ts'
import { checkManagedPolicy, encodeDocument } from './policy-documents.ts'
import { QUOTAS } from './quotas.ts'

// https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreatePolicyVersion.html
export const CreatePolicyVersion = operation<
  CreatePolicyVersionRequest,
  CreatePolicyVersionResponse
>({
  changes: true,

  permissions: async ({ PolicyArn }, context) => [
    await onPolicy('iam:CreatePolicyVersion', context, PolicyArn),
  ],

  async perform({ PolicyArn, PolicyDocument, SetAsDefault = false }, context) {
    const { account, db, now } = context
    checkOwn(context, PolicyArn, 'create versions for policies')
    const policy = await thePolicy(context, PolicyArn)
    checkManagedPolicy(PolicyDocument)
    const versions = await versionsOf(context, [policy])
    if (versions.length >= QUOTAS.VersionsPerPolicyQuota) {
      throw new AwsError(
        'LimitExceeded',
        `A managed policy can have up to ${QUOTAS.VersionsPerPolicyQuota} versions. Before you create a new version, you must delete an existing version.`,
      )
    }
    const createDate = now.getTime()
    const { latestVersion: version } = await db
      .updateTable('policy')
      .set(eb => ({ latestVersion: eb('latestVersion', '+', 1), updateDate: createDate }))
      .where('accountId', '=', account)
      .where('policyId', '=', policy.policyId)
      .returning('latestVersion')
      .executeTakeFirstOrThrow()
    await db
      .insertInto('policyVersion')
      .values({
        accountId: account,
        policyId: policy.policyId,
        version,
        document: PolicyDocument,
        createDate,
      })
      .execute()
    if (SetAsDefault) await setDefault(context, policy, version)
    const defaultVersion = SetAsDefault ? version : policy.defaultVersion
    return { PolicyVersion: versionMembers({ version, createDate }, defaultVersion) }
  },
})

// https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetPolicyVersion.html
export const GetPolicyVersion = operation<GetPolicyVersionRequest, GetPolicyVersionResponse>({
  permissions: async ({ PolicyArn }, context) => [
    await onPolicy('iam:GetPolicyVersion', context, PolicyArn),
  ],

  async perform({ PolicyArn, VersionId }, context) {
    checkReadable(context, 'iam:GetPolicyVersion', PolicyArn)
    const { policy, version } = await theVersion(context, PolicyArn, VersionId)
    return { PolicyVersion: versionWithDocument(version, policy.defaultVersion) }
  },
})

// https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListPolicyVersions.html
export const ListPolicyVersions = operation<ListPolicyVersionsRequest, ListPolicyVersionsResponse>({
  permissions: async ({ PolicyArn }, context) => [
    await onPolicy('iam:ListPolicyVersions', context, PolicyArn),
  ],

  async perform({ PolicyArn, ...input }, context) {
    const policy = await thePolicyToRead(context, 'iam:ListPolicyVersions', PolicyArn)
    const { items, paging } = await pageOf(
      input,
      context,
      `versions of ${policy.policyId}`,
      await versionsOf(context, [policy]),
      newestFirst,
    )
    return {
      Versions: items.map(version => versionMembers(version, policy.defaultVersion)),
      ...paging,
    }
  },
})

// https://docs.aws.amazon.com/IAM/latest/APIReference/API_SetDefaultPolicyVersion.html
export const SetDefaultPolicyVersion = operation<SetDefaultPolicyVersionRequest>({
  changes: true,

  permissions: async ({ PolicyArn }, context) => [
    await onPolicy('iam:SetDefaultPolicyVersion', context, PolicyArn),
  ],

  async perform({ PolicyArn, VersionId }, context) {
    checkOwn(context, PolicyArn, 'update policies')
    const { policy, version } = await theVersion(context, PolicyArn, VersionId)
    await setDefault(context, policy, version.version)
  },
})

// https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeletePolicyVersion.html
export const DeletePolicyVersion = operation<DeletePolicyVersionRequest>({
  changes: true,

  permissions: async ({ PolicyArn }, context) => [
    await onPolicy('iam:DeletePolicyVersion', context, PolicyArn),
  ],

  async perform({ PolicyArn, VersionId }, context) {
    const { account, db } = context
    checkOwn(context, PolicyArn, 'delete policy versions for policies')
    const { policy, version } = await theVersion(context, PolicyArn, VersionId)
    if (version.version === policy.defaultVersion) {
      throw new AwsError('DeleteConflict', 'Cannot delete the default version of a policy.')
    }
    await db
      .deleteFrom('policyVersion')
      .where('accountId', '=', account)
      .where('policyId', '=', policy.policyId)
      .where('version', '=', version.version)
      .execute()
  },
})

export const policyVersionOperations = {
  CreatePolicyVersion,
  GetPolicyVersion,
  ListPolicyVersions,
  SetDefaultPolicyVersion,
  DeletePolicyVersion,
} satisfies Operations

/** One version of a policy. */
export type Version = {
  readonly policyId: string
  readonly version: number
  readonly document: string
  readonly createDate: number
}

/** All versions of these policies, each policy's newest first. */
export async function versionsOf(
  { account, db }: Context,
  policies: readonly ManagedPolicy[],
): Promise<readonly Version[]> {
  const own = policies.filter(({ owner }) => owner === 'account')
  const rows =
    own.length === 0
      ? []
      : await db
          .selectFrom('policyVersion')
          .select(['policyId', 'version', 'document', 'createDate'])
          .where('accountId', '=', account)
          .where(
            'policyId',
            'in',
            own.map(({ policyId }) => policyId),
          )
          .orderBy('version', 'desc')
          .execute()
  return [...rows, ...policies.flatMap(versionsOfAws)]
}

/** AWS's own policies have one version here. */
function versionsOfAws({ arn, policyId, createDate }: ManagedPolicy): Version[] {
  const policy = findAwsManagedPolicy(arn)
  return policy === undefined
    ? []
    : [{ policyId, version: 1, document: policy.document, createDate }]
}

/** A version as lists show it. */
const versionMembers = (
  { version, createDate }: Pick<Version, 'version' | 'createDate'>,
  defaultVersion: number,
): PolicyVersion => ({
  VersionId: versionIdOf(version),
  IsDefaultVersion: version === defaultVersion,
  CreateDate: new Date(createDate),
})

export const versionWithDocument = (version: Version, defaultVersion: number): PolicyVersion => ({
  Document: encodeDocument(version.document),
  ...versionMembers(version, defaultVersion),
})

/** Sorts a policy's versions, all of them of as many digits. */
const newestFirst = ({ version }: Version) => String(Number.MAX_SAFE_INTEGER - version)

/** @throws AwsError NoSuchEntity, in the same words when the policy itself is missing */
async function theVersion(context: Context, arn: string, versionId: string) {
  const policy = await findPolicy(context, arn)
  const versions = policy === undefined ? [] : await versionsOf(context, [policy])
  const version = versions.find(each => versionIdOf(each.version) === versionId)
  if (policy !== undefined && version !== undefined) return { policy, version }
  throw new AwsError(
    'NoSuchEntity',
    `Policy ${arn} version ${versionId} does not exist or is not attachable.`,
  )
}

async function setDefault(
  { account, db }: Context,
  { policyId }: ManagedPolicy,
  defaultVersion: number,
): Promise<void> {
  await db
    .updateTable('policy')
    .set({ defaultVersion })
    .where('accountId', '=', account)
    .where('policyId', '=', policyId)
    .execute()
}
