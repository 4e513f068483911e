// How a user comes by a password for the console.
import { unlessMissing } from '../../api/api-error.ts'
import { iam } from '../../api/iam.ts'
import { generatedPassword } from './generated-password.ts'
import type { ChosenPassword } from './new-console-password.tsx'

/** Sets a user's console password. Answers the password, to be shown this once. */
export async function setConsolePassword(
  UserName: string,
  { kind, custom, mustChange }: ChosenPassword,
  hasPassword: boolean,
): Promise<string> {
  const Password = kind === 'custom' ? custom : generatedPassword(await minimumLength())
  const input = { UserName, Password, PasswordResetRequired: mustChange }
  await iam(hasPassword ? 'UpdateLoginProfile' : 'CreateLoginProfile', input)
  return Password
}

async function minimumLength(): Promise<number | undefined> {
  const policy = await unlessMissing(iam('GetAccountPasswordPolicy', {}))
  return policy?.PasswordPolicy?.MinimumPasswordLength
}
