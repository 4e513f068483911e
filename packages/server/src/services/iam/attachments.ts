// Attachments: which managed policies speak for which identities.
// https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_manage-attach-detach.html
import type {
  AttachGroupPolicyRequest,
  AttachRolePolicyRequest,
  AttachUserPolicyRequest,
  AttachedPolicy,
  DetachGroupPolicyRequest,
  DetachRolePolicyRequest,
  DetachUserPolicyRequest,
  ListAttachedGroupPoliciesRequest,
  ListAttachedGroupPoliciesResponse,
  ListAttachedRolePoliciesRequest,
  ListAttachedRolePoliciesResponse,
  ListAttachedUserPoliciesRequest,
  ListAttachedUserPoliciesResponse,
} from '@aws-sdk/client-iam'
import { AwsError } from '@twinlock/protocol'
import { findArn, parseIamArn } from '../../identifiers/arns.ts'
import type { Context } from '../context.ts'
import type { Operation, Operations } from '../operation.ts'
import { operation } from '../operation.ts'
import type { PageInput } from '../paging.ts'
import { pageOf } from '../paging.ts'
import type { Identity, IdentityKind } from './identities.ts'
import { GROUP, ROLE, USER } from './identities.ts'
import {
  checkPolicyArn,
  findPolicy,
  policyKey,
  policyNotAttachable,
  policyNotFound,
} from './policies.ts'
import { checkQuota } from './quotas.ts'

// https://docs.aws.amazon.com/IAM/latest/APIReference/API_AttachUserPolicy.html
export const AttachUserPolicy = operation<AttachUserPolicyRequest>(attachPolicy(USER))
export const AttachGroupPolicy = operation<AttachGroupPolicyRequest>(attachPolicy(GROUP))
export const AttachRolePolicy = operation<AttachRolePolicyRequest>(attachPolicy(ROLE))

// https://docs.aws.amazon.com/IAM/latest/APIReference/API_DetachUserPolicy.html
export const DetachUserPolicy = operation<DetachUserPolicyRequest>(detachPolicy(USER))
export const DetachGroupPolicy = operation<DetachGroupPolicyRequest>(detachPolicy(GROUP))
export const DetachRolePolicy = operation<DetachRolePolicyRequest>(detachPolicy(ROLE))

// https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListAttachedUserPolicies.html
export const ListAttachedUserPolicies = operation<
  ListAttachedUserPoliciesRequest,
  ListAttachedUserPoliciesResponse
>(listAttachedPolicies(USER))
export const ListAttachedGroupPolicies = operation<
  ListAttachedGroupPoliciesRequest,
  ListAttachedGroupPoliciesResponse
>(listAttachedPolicies(GROUP))
export const ListAttachedRolePolicies = operation<
  ListAttachedRolePoliciesRequest,
  ListAttachedRolePoliciesResponse
>(listAttachedPolicies(ROLE))

export const attachmentOperations = {
  AttachUserPolicy,
  AttachGroupPolicy,
  AttachRolePolicy,
  DetachUserPolicy,
  DetachGroupPolicy,
  DetachRolePolicy,
  ListAttachedUserPolicies,
  ListAttachedGroupPolicies,
  ListAttachedRolePolicies,
} satisfies Operations

/** A policy as lists of attached ones show it. */
export const attachedPolicy = (PolicyArn: string): AttachedPolicy => ({
  PolicyName: parseIamArn(PolicyArn).name,
  PolicyArn,
})

type OfPolicy = { readonly PolicyArn: string }

function attachPolicy<Named>(identity: IdentityKind<Named>): Operation<Named & OfPolicy, void> {
  return {
    changes: true,

    permissions: permissionToChange(identity, `iam:Attach${identity.kind}Policy`),

    async perform(input, context) {
      checkAttachable(input.PolicyArn)
      const { id } = await identity.find(context, identity.nameOf(input))
      const policy = await findPolicy(context, input.PolicyArn)
      if (policy === undefined) throw policyNotAttachable(input.PolicyArn)
      await attach(context, identity, id, policy.arn)
    },
  }
}

function detachPolicy<Named>(identity: IdentityKind<Named>): Operation<Named & OfPolicy, void> {
  return {
    changes: true,

    permissions: permissionToChange(identity, `iam:Detach${identity.kind}Policy`),

    async perform(input, context) {
      const { account, db } = context
      checkAttachable(input.PolicyArn)
      const { id } = await identity.find(context, identity.nameOf(input))
      const { numDeletedRows } = await db
        .deleteFrom('attachment')
        .where('accountId', '=', account)
        .where('principalId', '=', id)
        .where('policyArn', '=', input.PolicyArn)
        .executeTakeFirstOrThrow()
      if (numDeletedRows === 0n) throw policyNotFound(input.PolicyArn)
    },
  }
}

/**
 * What is no ARN is refused here in words of its own (recorded 2026-02 for attaching), and an ARN of something else as anywhere.
 * @throws AwsError ValidationError, InvalidInput
 */
function checkAttachable(arn: string): void {
  if (findArn(arn) === undefined) throw new AwsError('ValidationError', `ARN ${arn} is not valid.`)
  checkPolicyArn(arn)
}

function permissionToChange<Named>(identity: IdentityKind<Named>, action: string) {
  return async (input: Named & OfPolicy, context: Context) => {
    const keys = { 'iam:PolicyARN': input.PolicyArn }
    return [await identity.permissionToChange(action, context, identity.nameOf(input), { keys })]
  }
}

type ListInput = PageInput & { readonly PathPrefix?: string | undefined }

function listAttachedPolicies<Named>(
  identity: IdentityKind<Named>,
): Operation<Named & ListInput, ListAttachedUserPoliciesResponse> {
  return {
    permissions: async (input, context) => [
      await identity.permission(
        `iam:ListAttached${identity.kind}Policies`,
        context,
        identity.nameOf(input),
      ),
    ],

    async perform(input, context) {
      const { id } = await identity.find(context, identity.nameOf(input))
      const { PathPrefix = '/' } = input
      const arns = (await attachedTo(context, id)).filter(arn =>
        parseIamArn(arn).path.startsWith(PathPrefix),
      )
      const list = `attached to ${id} under ${PathPrefix}`
      const { items, paging } = await pageOf(input, context, list, arns, policyKey)
      return { AttachedPolicies: items.map(attachedPolicy), ...paging }
    },
  }
}

/** The ARNs of the policies attached to an identity, sorted. */
async function attachedTo({ account, db }: Context, id: Identity['id']): Promise<string[]> {
  const rows = await db
    .selectFrom('attachment')
    .select('policyArn')
    .where('accountId', '=', account)
    .where('principalId', '=', id)
    .execute()
  const byKey = rows.map(({ policyArn }) => ({ policyArn, key: policyKey(policyArn) }))
  return byKey.toSorted((a, b) => (a.key < b.key ? -1 : 1)).map(({ policyArn }) => policyArn)
}

/** Attaching once more changes nothing. @throws AwsError LimitExceeded */
async function attach<Named>(
  context: Context,
  { kind, mostAttachedPolicies }: IdentityKind<Named>,
  id: Identity['id'],
  policyArn: string,
): Promise<void> {
  const attached = await attachedTo(context, id)
  if (attached.includes(policyArn)) return
  checkQuota(`PoliciesPer${kind}`, attached.length, mostAttachedPolicies)
  await context.db
    .insertInto('attachment')
    .values({ accountId: context.account, principalId: id, policyArn })
    .execute()
}
