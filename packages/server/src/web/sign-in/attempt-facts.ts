// What a sign-in under way depends on, read anew at each step: devices, the password's state, what the account asks for.
import type { EnrolmentDemand, OwnDevice, SignInFacts } from '../../authentication/sign-in-state.ts'
import {
  enrolmentOfRoot,
  enrolmentOfUsers,
  passwordState,
} from '../../authentication/sign-in-state.ts'
import { parseMfaRequirement } from '../../authentication/mfa-requirement.ts'
import { passwordMark } from '../../authentication/password-mark.ts'
import type { SignInPrincipal } from '../../authentication/sign-in-password.ts'
import type { AccountPasswordPolicy } from '../../services/iam/password-policy.ts'
import type { Queries } from '../../store/store.ts'

export type AttemptFacts = SignInFacts & {
  /** Of the password that the principal has now; undefined of one that has none any more. */
  readonly passwordMark: string | undefined
  readonly passwordPolicy: AccountPasswordPolicy | undefined
}

export async function readFacts(
  db: Queries,
  principal: SignInPrincipal,
  rootMfaGraceDays: number,
  now: Date,
): Promise<AttemptFacts> {
  const { account, principalId } = principal
  const row = await db
    .selectFrom('account')
    .leftJoin('loginProfile', join =>
      join
        .onRef('loginProfile.accountId', '=', 'account.accountId')
        .on('loginProfile.userId', '=', principalId),
    )
    .leftJoin('user', join =>
      join.onRef('user.accountId', '=', 'account.accountId').on('user.userId', '=', principalId),
    )
    .select([
      'account.rootPasswordHash',
      'account.rootFirstSignInWithoutMfa',
      'account.mfaRequirement',
      'account.passwordPolicy',
      'loginProfile.passwordHash',
      'loginProfile.passwordResetRequired',
      'loginProfile.passwordChangedDate',
      'user.passwordLastUsed',
    ])
    .where('account.accountId', '=', account)
    .executeTakeFirstOrThrow()
  // Only the operations of these settings write the columns.
  const passwordPolicy =
    row.passwordPolicy === null
      ? undefined
      : (JSON.parse(row.passwordPolicy) as AccountPasswordPolicy)
  const requirement = parseMfaRequirement(row.mfaRequirement)
  const devices = await devicesOf(db, principal)
  if (principal.kind === 'root') {
    return {
      devices,
      // The account's policy speaks of its users' passwords.
      password: { kind: 'good' },
      enrolment: enrolmentOfRoot(row.rootFirstSignInWithoutMfa, rootMfaGraceDays, now),
      passwordMark: row.rootPasswordHash === null ? undefined : passwordMark(row.rootPasswordHash),
      passwordPolicy,
    }
  }
  const profile = {
    resetRequired: row.passwordResetRequired === 1,
    changedDate: row.passwordChangedDate ?? 0,
    hasSignedIn: row.passwordLastUsed !== null,
  }
  const enrolment: EnrolmentDemand = enrolmentOfUsers(requirement, now)
  return {
    devices,
    password: passwordState(profile, passwordPolicy ?? {}, now),
    enrolment,
    passwordMark: row.passwordHash === null ? undefined : passwordMark(row.passwordHash),
    passwordPolicy,
  }
}

export function devicesOf(
  db: Queries,
  { account, principalId }: SignInPrincipal,
): Promise<readonly OwnDevice[]> {
  return db
    .selectFrom('mfaDevice')
    .select(['serialNumber', 'deviceName', 'kind'])
    .where('accountId', '=', account)
    .where('principalId', '=', principalId)
    .orderBy('serialNumber')
    .execute()
}
