// What the form asks about a new group, and the calls that make it.
import { iam } from '../../api/iam.ts'
import { orTakenBack } from '../../api/or-taken-back.ts'
import { deleteGroup } from './group-deletion.ts'

export type NewGroup = {
  readonly groupName: string
  readonly userNames: readonly string[]
  readonly policyArns: readonly string[]
}

/** Makes the group, or nothing. */
export async function createGroup(group: NewGroup): Promise<void> {
  const { groupName: GroupName } = group
  await iam('CreateGroup', { GroupName })
  await orTakenBack(
    () => fill(group),
    () => deleteGroup(GroupName),
  )
}

/** Denies before members: nobody is in it unbound. */
async function fill({ groupName: GroupName, userNames, policyArns }: NewGroup): Promise<void> {
  for (const PolicyArn of policyArns) await iam('AttachGroupPolicy', { GroupName, PolicyArn })
  for (const UserName of userNames) await iam('AddUserToGroup', { GroupName, UserName })
}
