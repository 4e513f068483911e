// The order in which a role is taken apart: https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_manage_delete.html
import { iam } from '../../api/iam.ts'
import { readPages } from '../../api/pages.ts'

/** Its policies go first. */
export async function deleteRole(RoleName: string): Promise<void> {
  const of = { RoleName }
  for (const { PolicyArn } of await readPages('ListAttachedRolePolicies', 'AttachedPolicies', of)) {
    await iam('DetachRolePolicy', { RoleName, PolicyArn })
  }
  for (const PolicyName of await readPages('ListRolePolicies', 'PolicyNames', of)) {
    await iam('DeleteRolePolicy', { RoleName, PolicyName })
  }
  await iam('DeleteRole', of)
}
