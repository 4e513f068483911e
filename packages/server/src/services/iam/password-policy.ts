// The account's own password policy. Without one AWS's default holds.
// https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_passwords_account-policy.html
import type {
  GetAccountPasswordPolicyResponse,
  UpdateAccountPasswordPolicyRequest,
} from '@aws-sdk/client-iam'
import { AwsError } from '@twinlock/protocol'
import type { Context } from '../context.ts'
import type { Operations } from '../operation.ts'
import { operation } from '../operation.ts'

/** What UpdateAccountPasswordPolicy last said. */
export type AccountPasswordPolicy = {
  readonly MinimumPasswordLength: number
  readonly RequireSymbols: boolean
  readonly RequireNumbers: boolean
  readonly RequireUppercaseCharacters: boolean
  readonly RequireLowercaseCharacters: boolean
  readonly AllowUsersToChangePassword: boolean
  /** In days. */
  readonly MaxPasswordAge?: number | undefined
  readonly PasswordReusePrevention?: number | undefined
  readonly HardExpiry?: boolean | undefined
}

// https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetAccountPasswordPolicy.html
export const GetAccountPasswordPolicy = operation<object, GetAccountPasswordPolicyResponse>({
  permissions: async (_, context) => [
    {
      action: 'iam:GetAccountPasswordPolicy',
      resource: '*',
      grantedBySetting: await mayChangeOwnPassword(context),
    },
  ],

  async perform(_, context) {
    const policy = await findPasswordPolicy(context)
    if (policy === undefined) {
      throw new AwsError(
        'NoSuchEntity',
        `The Password Policy with domain name ${context.account} cannot be found.`,
      )
    }
    return { PasswordPolicy: { ...policy, ExpirePasswords: policy.MaxPasswordAge !== undefined } }
  },
})

// https://docs.aws.amazon.com/IAM/latest/APIReference/API_UpdateAccountPasswordPolicy.html
export const UpdateAccountPasswordPolicy = operation<UpdateAccountPasswordPolicyRequest>({
  changes: true,

  permissions: () => [{ action: 'iam:UpdateAccountPasswordPolicy', resource: '*' }],

  /** An update replaces the whole policy: what it leaves out goes back to its default. */
  async perform(
    {
      MinimumPasswordLength = 6,
      RequireSymbols = false,
      RequireNumbers = false,
      RequireUppercaseCharacters = false,
      RequireLowercaseCharacters = false,
      AllowUsersToChangePassword = false,
      MaxPasswordAge,
      PasswordReusePrevention,
      HardExpiry,
    },
    { account, db },
  ) {
    const policy: AccountPasswordPolicy = {
      MinimumPasswordLength,
      RequireSymbols,
      RequireNumbers,
      RequireUppercaseCharacters,
      RequireLowercaseCharacters,
      AllowUsersToChangePassword,
      MaxPasswordAge,
      PasswordReusePrevention,
      HardExpiry,
    }
    await db
      .updateTable('account')
      .set({ passwordPolicy: JSON.stringify(policy) })
      .where('accountId', '=', account)
      .execute()
  },
})

// https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeleteAccountPasswordPolicy.html
export const DeleteAccountPasswordPolicy = operation<object>({
  changes: true,

  permissions: () => [{ action: 'iam:DeleteAccountPasswordPolicy', resource: '*' }],

  async perform(_, { account, db }) {
    const { numUpdatedRows } = await db
      .updateTable('account')
      .set({ passwordPolicy: null })
      .where('accountId', '=', account)
      .where('passwordPolicy', 'is not', null)
      .executeTakeFirstOrThrow()
    if (numUpdatedRows === 0n) {
      throw new AwsError(
        'NoSuchEntity',
        'The account policy with name PasswordPolicy cannot be found.',
      )
    }
  },
})

export const passwordPolicyOperations = {
  DeleteAccountPasswordPolicy,
  GetAccountPasswordPolicy,
  UpdateAccountPasswordPolicy,
} satisfies Operations

/** The account's own policy, or undefined where AWS's default holds. */
export async function findPasswordPolicy({
  account,
  db,
}: Context): Promise<AccountPasswordPolicy | undefined> {
  const { passwordPolicy } = await db
    .selectFrom('account')
    .select('passwordPolicy')
    .where('accountId', '=', account)
    .executeTakeFirstOrThrow()
  // Only UpdateAccountPasswordPolicy writes the column.
  return passwordPolicy === null ? undefined : (JSON.parse(passwordPolicy) as AccountPasswordPolicy)
}

/**
 * Whether AllowUsersToChangePassword gives the caller iam:ChangePassword on itself and iam:GetAccountPasswordPolicy,
 * whatever its policies leave out.
 */
export async function mayChangeOwnPassword(context: Context): Promise<boolean> {
  if (context.caller.kind !== 'user') return false
  return (await findPasswordPolicy(context))?.AllowUsersToChangePassword === true
}
