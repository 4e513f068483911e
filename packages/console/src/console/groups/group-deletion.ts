// The order in which a group is taken apart: https://docs.aws.amazon.com/IAM/latest/UserGuide/id_groups_manage_delete.html
import { iam } from '../../api/iam.ts'
import { readPages } from '../../api/pages.ts'
import type { TellProgress } from '../change-modal.tsx'

/** Its users leave it, its policies go. */
export async function deleteGroup(
  GroupName: string,
  tell: TellProgress = () => undefined,
): Promise<void> {
  const of = { GroupName }
  const users = await readPages('GetGroup', 'Users', of)
  for (const [index, { UserName }] of users.entries()) {
    tell(`Removing users, ${index + 1} of ${users.length}`)
    await iam('RemoveUserFromGroup', { ...of, UserName })
  }
  for (const { PolicyArn } of await readPages(
    'ListAttachedGroupPolicies',
    'AttachedPolicies',
    of,
  )) {
    await iam('DetachGroupPolicy', { ...of, PolicyArn })
  }
  for (const PolicyName of await readPages('ListGroupPolicies', 'PolicyNames', of)) {
    await iam('DeleteGroupPolicy', { ...of, PolicyName })
  }
  await iam('DeleteGroup', of)
}
