// Inline policies: documents embedded in one identity, which live and die with it. Their names are compared ignoring case;
// lists keep the first spelling, answers about one repeat the asked one.
// https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_managed-vs-inline.html
import type {
  DeleteGroupPolicyRequest,
  DeleteRolePolicyRequest,
  DeleteUserPolicyRequest,
  GetGroupPolicyRequest,
  GetGroupPolicyResponse,
  GetRolePolicyRequest,
  GetRolePolicyResponse,
  GetUserPolicyRequest,
  GetUserPolicyResponse,
  ListGroupPoliciesRequest,
  ListGroupPoliciesResponse,
  ListRolePoliciesRequest,
  ListRolePoliciesResponse,
  ListUserPoliciesRequest,
  ListUserPoliciesResponse,
  PutGroupPolicyRequest,
  PutRolePolicyRequest,
  PutUserPolicyRequest,
} from '@aws-sdk/client-iam'
import { policySize } from '@twinlock/policy'
import { AwsError } from '@twinlock/protocol'
import type { Context } from '../context.ts'
import type { Operation, Operations } from '../operation.ts'
import { operation } from '../operation.ts'
import type { PageInput } from '../paging.ts'
import { page } from '../paging.ts'
import type { Identity, IdentityKind, NamedGroup, NamedRole, NamedUser } from './identities.ts'
import { GROUP, ROLE, USER } from './identities.ts'
import { nameKey } from './names.ts'
import { encodeDocument, parsePolicyDocument } from './policy-documents.ts'

// https://docs.aws.amazon.com/IAM/latest/APIReference/API_PutUserPolicy.html
export const PutUserPolicy = operation<PutUserPolicyRequest>(putPolicy(USER))
export const PutGroupPolicy = operation<PutGroupPolicyRequest>(putPolicy(GROUP))
export const PutRolePolicy = operation<PutRolePolicyRequest>(putPolicy(ROLE))

// https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetUserPolicy.html
export const GetUserPolicy = operation<GetUserPolicyRequest, GetUserPolicyResponse>(
  getPolicy<NamedUser>(USER),
)
export const GetGroupPolicy = operation<GetGroupPolicyRequest, GetGroupPolicyResponse>(
  getPolicy<NamedGroup>(GROUP),
)
export const GetRolePolicy = operation<GetRolePolicyRequest, GetRolePolicyResponse>(
  getPolicy<NamedRole>(ROLE),
)

// https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListUserPolicies.html
export const ListUserPolicies = operation<ListUserPoliciesRequest, ListUserPoliciesResponse>(
  listPolicies(USER),
)
export const ListGroupPolicies = operation<ListGroupPoliciesRequest, ListGroupPoliciesResponse>(
  listPolicies(GROUP),
)
export const ListRolePolicies = operation<ListRolePoliciesRequest, ListRolePoliciesResponse>(
  listPolicies(ROLE),
)

// https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeleteUserPolicy.html
export const DeleteUserPolicy = operation<DeleteUserPolicyRequest>(deletePolicy(USER))
export const DeleteGroupPolicy = operation<DeleteGroupPolicyRequest>(deletePolicy(GROUP))
export const DeleteRolePolicy = operation<DeleteRolePolicyRequest>(deletePolicy(ROLE))

export const inlinePolicyOperations = {
  PutUserPolicy,
  PutGroupPolicy,
  PutRolePolicy,
  GetUserPolicy,
  GetGroupPolicy,
  GetRolePolicy,
  ListUserPolicies,
  ListGroupPolicies,
  ListRolePolicies,
  DeleteUserPolicy,
  DeleteGroupPolicy,
  DeleteRolePolicy,
} satisfies Operations

type OfPolicy = { readonly PolicyName: string }
type WithDocument = OfPolicy & { readonly PolicyDocument: string }

function putPolicy<Named>(identity: IdentityKind<Named>): Operation<Named & WithDocument, void> {
  return {
    changes: true,
    permissions: permissionToChange(identity, `iam:Put${identity.kind}Policy`),

    async perform(input, context) {
      const { PolicyName, PolicyDocument } = input
      const holder = await identity.find(context, identity.nameOf(input))
      parsePolicyDocument(PolicyDocument, 'identity')
      await checkSize(context, identity, holder, input)
      await context.db
        .insertInto('inlinePolicy')
        .values({
          accountId: context.account,
          principalId: holder.id,
          policyName: PolicyName,
          policyNameKey: nameKey(PolicyName),
          document: PolicyDocument,
        })
        .onConflict(conflict =>
          conflict
            .columns(['accountId', 'principalId', 'policyNameKey'])
            .doUpdateSet({ document: PolicyDocument }),
        )
        .execute()
    },
  }
}

function getPolicy<Named>(
  identity: IdentityKind<Named>,
): Operation<Named & OfPolicy, Named & WithDocument> {
  return {
    permissions: permissionToRead(identity, `iam:Get${identity.kind}Policy`),

    async perform(input, context) {
      const { PolicyName } = input
      const { id, name } = await identity.find(context, identity.nameOf(input))
      const policy = await context.db
        .selectFrom('inlinePolicy')
        .select('document')
        .where('accountId', '=', context.account)
        .where('principalId', '=', id)
        .where('policyNameKey', '=', nameKey(PolicyName))
        .executeTakeFirst()
      if (policy === undefined) throw notFound(identity, PolicyName)
      return {
        ...identity.named(name),
        PolicyName,
        PolicyDocument: encodeDocument(policy.document),
      }
    },
  }
}

function listPolicies<Named>(
  identity: IdentityKind<Named>,
): Operation<Named & PageInput, ListUserPoliciesResponse> {
  return {
    permissions: permissionToRead(identity, `iam:List${identity.kind}Policies`),

    async perform(input, context) {
      const { id } = await identity.find(context, identity.nameOf(input))
      const { items, paging } = await page(
        input,
        context,
        `embedded in ${id}`,
        (after = '', limit) =>
          context.db
            .selectFrom('inlinePolicy')
            .select(['policyName', 'policyNameKey'])
            .where('accountId', '=', context.account)
            .where('principalId', '=', id)
            .where('policyNameKey', '>', after)
            .orderBy('policyNameKey')
            .limit(limit)
            .execute(),
        policy => policy.policyNameKey,
      )
      return { PolicyNames: items.map(({ policyName }) => policyName), ...paging }
    },
  }
}

function deletePolicy<Named>(identity: IdentityKind<Named>): Operation<Named & OfPolicy, void> {
  return {
    changes: true,
    permissions: permissionToChange(identity, `iam:Delete${identity.kind}Policy`),

    async perform(input, context) {
      const { id } = await identity.find(context, identity.nameOf(input))
      const { numDeletedRows } = await context.db
        .deleteFrom('inlinePolicy')
        .where('accountId', '=', context.account)
        .where('principalId', '=', id)
        .where('policyNameKey', '=', nameKey(input.PolicyName))
        .executeTakeFirstOrThrow()
      if (numDeletedRows === 0n) throw notFound(identity, input.PolicyName)
    },
  }
}

function permissionToRead<Named>(identity: IdentityKind<Named>, action: string) {
  return async (input: Named, context: Context) => [
    await identity.permission(action, context, identity.nameOf(input)),
  ]
}

function permissionToChange<Named>(identity: IdentityKind<Named>, action: string) {
  return async (input: Named, context: Context) => [
    await identity.permissionToChange(action, context, identity.nameOf(input)),
  ]
}

const notFound = <Named>({ kind }: IdentityKind<Named>, policyName: string) =>
  new AwsError(
    'NoSuchEntity',
    `The ${kind.toLowerCase()} policy with name ${policyName} cannot be found.`,
  )

/**
 * All policies of an identity count together, without white space; a replaced one no longer does.
 * @throws AwsError LimitExceeded
 */
async function checkSize<Named>(
  { account, db }: Context,
  { kind, policySize: most }: IdentityKind<Named>,
  { id, name }: Identity,
  { PolicyName, PolicyDocument }: WithDocument,
): Promise<void> {
  const others = await db
    .selectFrom('inlinePolicy')
    .select('document')
    .where('accountId', '=', account)
    .where('principalId', '=', id)
    .where('policyNameKey', '<>', nameKey(PolicyName))
    .execute()
  const size = others.reduce(
    (sum, { document }) => sum + policySize(document),
    policySize(PolicyDocument),
  )
  if (size > most) {
    throw new AwsError(
      'LimitExceeded',
      `Maximum policy size of ${most} bytes exceeded for ${kind.toLowerCase()} ${name}`,
    )
  }
}
