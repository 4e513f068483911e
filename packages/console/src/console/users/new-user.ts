// What the wizard asks about a new user, and the calls that make it.
import { iam } from '../../api/iam.ts'
import { orTakenBack } from '../../api/or-taken-back.ts'
import { deleteUser } from './delete-user.ts'
import type { ChosenPassword } from './new-console-password.tsx'
import { GENERATED_PASSWORD } from './new-console-password.tsx'
import { setConsolePassword } from './set-console-password.ts'

export type NewUser = {
  readonly userName: string
  readonly path: string
  readonly hasConsoleAccess: boolean
  readonly password: ChosenPassword
  readonly groupNames: readonly string[]
  readonly policyArns: readonly string[]
}

export const NEW_USER: NewUser = {
  userName: '',
  path: '',
  hasConsoleAccess: true,
  password: GENERATED_PASSWORD,
  groupNames: [],
  policyArns: [],
}

/**
 * Makes the user, or nothing: where a step is refused, what was made is taken back. The password comes last, so that nobody signs in
 * before all that restricts them is there.
 * @returns the console password, to be shown this once; undefined without console access
 */
export async function createUser(user: NewUser): Promise<string | undefined> {
  const { userName: UserName, path } = user
  await iam('CreateUser', { UserName, ...(path !== '' && { Path: path }) })
  return orTakenBack(
    () => equip(user),
    () => deleteUser(UserName),
  )
}

async function equip(user: NewUser): Promise<string | undefined> {
  const { userName: UserName, groupNames, policyArns, hasConsoleAccess, password } = user
  for (const GroupName of groupNames) await iam('AddUserToGroup', { UserName, GroupName })
  for (const PolicyArn of policyArns) await iam('AttachUserPolicy', { UserName, PolicyArn })
  return hasConsoleAccess ? setConsolePassword(UserName, password, false) : undefined
}
