// Permissions boundaries: a managed policy that limits what a user or role can be allowed, and grants nothing.
// https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_boundaries.html
import type {
  AttachedPermissionsBoundary,
  DeleteRolePermissionsBoundaryRequest,
  DeleteUserPermissionsBoundaryRequest,
  PutRolePermissionsBoundaryRequest,
  PutUserPermissionsBoundaryRequest,
} from '@aws-sdk/client-iam'
import { AwsError } from '@twinlock/protocol'
import type { Context } from '../context.ts'
import type { Operations } from '../operation.ts'
import { operation } from '../operation.ts'
import type { ManagedPolicy } from './policies.ts'
import { checkPolicyArn, findPolicy } from './policies.ts'
import { onBoundedRole, onRole, theRole } from './role-lookup.ts'
import { onBoundedUser, onUser, theUser } from './user-lookup.ts'

// https://docs.aws.amazon.com/IAM/latest/APIReference/API_PutUserPermissionsBoundary.html
export const PutUserPermissionsBoundary = operation<PutUserPermissionsBoundaryRequest>({
  changes: true,

  permissions: async ({ UserName, PermissionsBoundary }, context) => [
    await onUser('iam:PutUserPermissionsBoundary', context, UserName, {
      keys: { 'iam:PermissionsBoundary': PermissionsBoundary },
    }),
  ],

  async perform({ UserName, PermissionsBoundary }, context) {
    const { userId } = await theUser(context, UserName)
    const { arn } = await theBoundaryPolicy(context, PermissionsBoundary)
    await setUserBoundary(context, userId, arn)
  },
})

// https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeleteUserPermissionsBoundary.html
export const DeleteUserPermissionsBoundary = operation<DeleteUserPermissionsBoundaryRequest>({
  changes: true,

  permissions: async ({ UserName }, context) => [
    await onBoundedUser('iam:DeleteUserPermissionsBoundary', context, UserName),
  ],

  async perform({ UserName }, context) {
    const { userId, userName, permissionsBoundary } = await theUser(context, UserName)
    if (permissionsBoundary === null) throw noBoundary('user', userName)
    await setUserBoundary(context, userId, null)
  },
})

// https://docs.aws.amazon.com/IAM/latest/APIReference/API_PutRolePermissionsBoundary.html
export const PutRolePermissionsBoundary = operation<PutRolePermissionsBoundaryRequest>({
  changes: true,

  permissions: async ({ RoleName, PermissionsBoundary }, context) => [
    await onRole('iam:PutRolePermissionsBoundary', context, RoleName, {
      keys: { 'iam:PermissionsBoundary': PermissionsBoundary },
    }),
  ],

  async perform({ RoleName, PermissionsBoundary }, context) {
    const { roleId } = await theRole(context, RoleName)
    const { arn } = await theBoundaryPolicy(context, PermissionsBoundary)
    await setRoleBoundary(context, roleId, arn)
  },
})

// https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeleteRolePermissionsBoundary.html
export const DeleteRolePermissionsBoundary = operation<DeleteRolePermissionsBoundaryRequest>({
  changes: true,

  permissions: async ({ RoleName }, context) => [
    await onBoundedRole('iam:DeleteRolePermissionsBoundary', context, RoleName),
  ],

  async perform({ RoleName }, context) {
    const { roleId, roleName, permissionsBoundary } = await theRole(context, RoleName)
    if (permissionsBoundary === null) throw noBoundary('role', roleName)
    await setRoleBoundary(context, roleId, null)
  },
})

export const permissionsBoundaryOperations = {
  PutUserPermissionsBoundary,
  DeleteUserPermissionsBoundary,
  PutRolePermissionsBoundary,
  DeleteRolePermissionsBoundary,
} satisfies Operations

/**
 * The policy that is asked for as a boundary.
 * @throws AwsError ValidationError, InvalidInput as checkPolicyArn; NoSuchEntity when there is no such policy of this account or AWS
 */
export async function theBoundaryPolicy(context: Context, arn: string): Promise<ManagedPolicy> {
  checkPolicyArn(arn)
  const policy = await findPolicy(context, arn)
  if (policy !== undefined) return policy
  throw new AwsError('NoSuchEntity', `Scope ARN: ${arn} does not exist or is not attachable.`)
}

/** The member `PermissionsBoundary` of an answer, left out where there is none. */
export function boundaryMember(policyArn: string | null): {
  PermissionsBoundary?: AttachedPermissionsBoundary
} {
  if (policyArn === null) return {}
  return {
    PermissionsBoundary: {
      PermissionsBoundaryType: BOUNDARY_TYPE,
      PermissionsBoundaryArn: policyArn,
    },
  }
}

/** The wire says `Policy`, where the model's enum has `PermissionsBoundaryPolicy` (recorded). */
const BOUNDARY_TYPE = 'Policy' as string as 'PermissionsBoundaryPolicy'

/** The code is recorded; the text is not, and follows IAM's of other missing things. */
const noBoundary = (entity: 'user' | 'role', name: string) =>
  new AwsError('NoSuchEntity', `The permissions boundary of ${entity} ${name} cannot be found.`)

async function setUserBoundary({ account, db }: Context, userId: string, arn: string | null) {
  await db
    .updateTable('user')
    .set({ permissionsBoundary: arn })
    .where('accountId', '=', account)
    .where('userId', '=', userId)
    .execute()
}

async function setRoleBoundary({ account, db }: Context, roleId: string, arn: string | null) {
  await db
    .updateTable('role')
    .set({ permissionsBoundary: arn })
    .where('accountId', '=', account)
    .where('roleId', '=', roleId)
    .execute()
}
