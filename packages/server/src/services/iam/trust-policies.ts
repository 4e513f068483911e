// Trust policies: who may assume a role. Saving one binds each user and role that it names to that entity's unique id, so
// that whoever takes a deleted one's name inherits nothing
// (https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html).
import type { UpdateAssumeRolePolicyRequest } from '@aws-sdk/client-iam'
import { policySize, principalsOf } from '@twinlock/policy'
import { AwsError } from '@twinlock/protocol'
import { findArn, findIamArn, roleArn, userArn } from '../../identifiers/arns.ts'
import type { Context } from '../context.ts'
import type { Operations } from '../operation.ts'
import { operation } from '../operation.ts'
import { nameKey } from './names.ts'
import { encodeDocument, parsePolicyDocument } from './policy-documents.ts'
import { QUOTAS, quotaExceeded } from './quotas.ts'
import type { RoleRow } from './role-lookup.ts'
import { onBoundedRole, theRole } from './role-lookup.ts'

// https://docs.aws.amazon.com/IAM/latest/APIReference/API_UpdateAssumeRolePolicy.html
export const UpdateAssumeRolePolicy = operation<UpdateAssumeRolePolicyRequest>({
  changes: true,
  permissions: async ({ RoleName }, context) => [
    await onBoundedRole('iam:UpdateAssumeRolePolicy', context, RoleName),
  ],
  async perform({ RoleName, PolicyDocument }, context) {
    const { roleId } = await theRole(context, RoleName)
    const trust = await bindTrustPolicy(context, PolicyDocument)
    await context.db
      .updateTable('role')
      .set(trust)
      .where('accountId', '=', context.account)
      .where('roleId', '=', roleId)
      .execute()
  },
})

export const trustPolicyOperations = { UpdateAssumeRolePolicy } satisfies Operations

/** Each user or role that a trust policy names, as it is written there, and its unique id. */
type Bindings = Readonly<Record<string, string>>

type TrustColumns = Pick<RoleRow, 'assumeRolePolicyDocument' | 'trustBindings'>

/**
 * The columns that keep a trust policy.
 * @throws AwsError MalformedPolicyDocument when IAM would not take it, or when it names a user or role that is not there;
 * LimitExceeded
 */
export async function bindTrustPolicy(context: Context, document: string): Promise<TrustColumns> {
  const policy = parsePolicyDocument(document, 'trust')
  if (policySize(document) > QUOTAS.AssumeRolePolicySizeQuota) {
    throw quotaExceeded('ACLSizePerRole', QUOTAS.AssumeRolePolicySizeQuota)
  }
  const bindings = await bind(context, principalsOf(policy).filter(mustExist))
  return { assumeRolePolicyDocument: document, trustBindings: JSON.stringify(bindings) }
}

/**
 * Answers how a role's trust policy shows itself, percent-encoded: a bound principal by its ARN of today (a rename moves
 * it), or by its id once it is gone. Looks up the principals of all `roles` together.
 */
export async function shownTrustPolicies(
  context: Context,
  roles: readonly TrustColumns[],
): Promise<(role: TrustColumns) => string> {
  const ids = new Set(roles.flatMap(role => Object.values(bindingsOf(role))))
  const arns = new Map(
    (await principalsBy('id', [...ids], context)).map(({ id, arn }) => [id, arn]),
  )

  return role => {
    const bindings = bindingsOf(role)
    const shownAs = (principal: string) => {
      const id = bindings[principal]
      return id === undefined ? principal : (arns.get(id) ?? id)
    }
    const isAsSaved = Object.keys(bindings).every(principal => shownAs(principal) === principal)
    const document = role.assumeRolePolicyDocument
    return encodeDocument(isAsSaved ? document : renamePrincipals(document, shownAs))
  }
}

// Only bindTrustPolicy writes the column.
const bindingsOf = ({ trustBindings }: TrustColumns): Bindings => JSON.parse(trustBindings)

/**
 * Users and roles are looked up; everyone, an account or a session is taken as it stands. So are other accounts: which
 * ones AWS has cannot be known here, and none of them calls.
 */
function mustExist(principal: string): boolean {
  return (
    /^(?:AIDA|AROA)/.test(principal) || /^(?:user|role)\//.test(findArn(principal)?.resource ?? '')
  )
}

/** @throws AwsError MalformedPolicyDocument naming the first that is not there; ARNs are compared exactly, as AWS does */
async function bind(context: Context, principals: readonly string[]): Promise<Bindings> {
  const names = principals.flatMap(principal => {
    const named = findIamArn(principal)
    return named === undefined ? [] : [nameKey(named.name)]
  })
  const found = [
    ...(await principalsBy('name', names, context)),
    ...(await principalsBy('id', principals, context)),
  ]
  const ids = new Map(found.flatMap(({ id, arn }) => [[id, id] as const, [arn, id] as const]))
  return Object.fromEntries(
    principals.map(principal => {
      const id = ids.get(principal)
      if (id !== undefined) return [principal, id]
      throw new AwsError(
        'MalformedPolicyDocument',
        `Invalid principal in policy: "AWS":"${principal}"`,
      )
    }),
  )
}

/** The account's users and roles of these unique ids, or of these names. */
async function principalsBy(
  by: 'id' | 'name',
  keys: readonly string[],
  { db, account }: Context,
): Promise<readonly { readonly id: string; readonly arn: string }[]> {
  if (keys.length === 0) return []
  const users = await db
    .selectFrom('user')
    .select(['userId', 'userName', 'path'])
    .where('accountId', '=', account)
    .where(by === 'id' ? 'userId' : 'userNameKey', 'in', keys)
    .execute()
  const roles = await db
    .selectFrom('role')
    .select(['roleId', 'roleName', 'path'])
    .where('accountId', '=', account)
    .where(by === 'id' ? 'roleId' : 'roleNameKey', 'in', keys)
    .execute()
  return [
    ...users.map(({ userId, userName, path }) => ({
      id: userId,
      arn: userArn(account, path, userName),
    })),
    ...roles.map(({ roleId, roleName, path }) => ({
      id: roleId,
      arn: roleArn(account, path, roleName),
    })),
  ]
}

/** The parts of a parsed trust policy that hold its AWS principals. */
type TrustDocument = { Statement: TrustStatement | TrustStatement[] }
type TrustStatement = { Principal?: { AWS?: string | string[] } }

/** The document with other texts for its AWS principals; white space between its tokens goes. */
function renamePrincipals(document: string, rename: (principal: string) => string): string {
  const trust: TrustDocument = JSON.parse(document)
  for (const { Principal } of [trust.Statement].flat()) {
    if (Principal?.AWS === undefined) continue
    Principal.AWS = Array.isArray(Principal.AWS) ? Principal.AWS.map(rename) : rename(Principal.AWS)
  }
  return JSON.stringify(trust)
}
