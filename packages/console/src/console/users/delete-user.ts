// The order in which a user is taken apart: https://docs.aws.amazon.com/IAM/latest/UserGuide/id_users_remove.html
import { unlessMissing } from '../../api/api-error.ts'
import { iam } from '../../api/iam.ts'
import { readPages } from '../../api/pages.ts'
import { removeMfaDevice } from '../security-credentials/mfa-operations.ts'

/**
 * Ways in go first, so that a deletion that stops half-way leaves nobody with access. Who is gone already is deleted: a deletion that stopped
 * half-way can be tried again.
 */
export async function deleteUser(UserName: string): Promise<void> {
  const of = { UserName }
  await unlessMissing(iam('DeleteLoginProfile', of))
  const keys = await unlessMissing(readPages('ListAccessKeys', 'AccessKeyMetadata', of))
  if (keys === undefined) return
  for (const { AccessKeyId } of keys) {
    await iam('DeleteAccessKey', { ...of, AccessKeyId })
  }
  for (const { SerialNumber = '' } of await readPages('ListMFADevices', 'MFADevices', of)) {
    await removeMfaDevice({ userName: UserName }, SerialNumber)
  }
  for (const { GroupName } of await readPages('ListGroupsForUser', 'Groups', of)) {
    await iam('RemoveUserFromGroup', { ...of, GroupName })
  }
  for (const { PolicyArn } of await readPages('ListAttachedUserPolicies', 'AttachedPolicies', of)) {
    await iam('DetachUserPolicy', { ...of, PolicyArn })
  }
  for (const PolicyName of await readPages('ListUserPolicies', 'PolicyNames', of)) {
    await iam('DeleteUserPolicy', { ...of, PolicyName })
  }
  await iam('DeleteUser', of)
}
