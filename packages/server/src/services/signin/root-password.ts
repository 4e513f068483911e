// Root's own password. The account's policy speaks of users alone; AWS's default policy holds for root
// (https://docs.aws.amazon.com/IAM/latest/UserGuide/root-user-password.html).
import { checkPasswordPolicy, passwordPolicyViolation } from '@twinlock/factors'
import { AwsError } from '@twinlock/protocol'
import { followPassword } from '../../authentication/browser-session-changes.ts'
import { admitChange } from '../../authentication/password-changes.ts'
import { rootArn } from '../../identifiers/arns.ts'
import { beforehand } from '../../store/beforehand.ts'
import { admitGuess, countWrongGuess, forgetGuesses } from '../iam/password-guesses.ts'
import { hashForCaller, isOldPassword } from '../iam/passwords.ts'
import { consoleOperation } from './console-operation.ts'
import { theBrowser } from './sessions.ts'

export const ChangeRootPassword = consoleOperation('ChangeRootPassword', {
  changes: true,

  permissions: (_, { account, caller }) => {
    if (caller.kind !== 'root') {
      throw new AwsError('InvalidUserType', 'Only the root user can change its password.')
    }
    return [{ action: 'iam:ChangePassword', resource: rootArn(account) }]
  },

  async perform({ OldPassword, NewPassword }, context) {
    const { account, db } = context
    const { rootPasswordHash, email, alias } = await db
      .selectFrom('account')
      .select(['rootPasswordHash', 'email', 'alias'])
      .where('accountId', '=', account)
      .executeTakeFirstOrThrow()
    const facts = alias === null ? { email } : { email, accountName: alias }
    const unmet = checkPasswordPolicy(NewPassword, undefined, facts)
    if (unmet.length > 0) throw violation(passwordPolicyViolation(unmet))
    if (NewPassword === OldPassword) {
      throw violation('Your new password must differ from the old one.')
    }
    await admitChange(context, account)
    await admitGuess(context, account)
    if (!(await isOldPassword(context, rootPasswordHash ?? undefined, OldPassword))) {
      await countWrongGuess(context, account)
      return new AwsError('AccessDenied', 'The old password was incorrect.')
    }
    await forgetGuesses(context, account)
    const newHash = await beforehand(db, ['new password'], () =>
      hashForCaller(context, ({ hash }) => hash(NewPassword)),
    )
    await db
      .updateTable('account')
      .set({ rootPasswordHash: newHash })
      .where('accountId', '=', account)
      .execute()
    await followPassword(db, theBrowser(context).session)
    return {}
  },
})

const violation = (message: string) => new AwsError('PasswordPolicyViolation', message)
