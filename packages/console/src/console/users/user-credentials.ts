// A user with what it can prove who it is with, as pages work with it: times are dates, and what is denied is told from what is not there.
import type {
  AccessKeyDetail,
  CredentialAction,
  UserMfaDevice,
  MfaMethod,
  PasswordDetail,
  UserCredentials as UserAnswer,
} from '@twinlock/server/console-api'

/** What there is, if who is signed in may see it. */
export type Part<Value> = 'denied' | { readonly value: Value }

export type AccessKey = {
  readonly accessKeyId: string
  readonly isActive: boolean
  readonly createDate: Date
}

export type Password = {
  readonly changeDate: Date
  readonly resetRequired: boolean
  readonly isExpired: boolean
}

export type UserCredentials = {
  readonly userName: string
  readonly path: string
  readonly arn: string
  readonly createDate: Date
  /** With the password. */
  readonly lastSignIn: Date | undefined
  readonly password: Part<Password | undefined>
  readonly devices: Part<readonly UserMfaDevice[]>
  readonly strongestMethod: MfaMethod | undefined
  /** Whether the next sign-in asks for a first device, and from when on it insists. */
  readonly enrolment: Part<{ readonly demand: Demand; readonly by: Date | undefined }>
  readonly accessKeys: Part<readonly AccessKey[]>
  /** With the password or an access key. */
  readonly lastActivity: Part<Date | undefined>
  readonly groupNames: Part<readonly string[]>
}

type Demand = NonNullable<UserAnswer['Enrolment']>['Demand']

export function userOf(user: UserAnswer): UserCredentials {
  const { Password, MFADevices, Enrolment, AccessKeys, GroupNames } = user
  const part = <Value>(value: Value, ...actions: readonly CredentialAction[]): Part<Value> =>
    actions.some(action => user.Denied.includes(action)) ? 'denied' : { value }
  return {
    userName: user.UserName,
    path: user.Path,
    arn: user.Arn,
    createDate: new Date(user.CreateDate),
    lastSignIn: dateOf(user.PasswordLastUsedDate),
    password: part(Password && passwordOf(Password), 'iam:GetLoginProfile'),
    devices: known(MFADevices),
    strongestMethod: user.StrongestMethod,
    enrolment: known(Enrolment && { demand: Enrolment.Demand, by: dateOf(Enrolment.By) }),
    accessKeys: known(AccessKeys?.map(keyOf)),
    lastActivity: part(
      dateOf(user.LastActivityDate),
      'iam:ListAccessKeys',
      'iam:GetAccessKeyLastUsed',
    ),
    groupNames: known(GroupNames),
  }
}

/** A part that is there unless it is denied. */
const known = <Value>(value: Value | undefined): Part<Value> =>
  value === undefined ? 'denied' : { value }

const passwordOf = ({ ChangeDate, ResetRequired, Expired }: PasswordDetail): Password => ({
  changeDate: new Date(ChangeDate),
  resetRequired: ResetRequired,
  isExpired: Expired,
})

const keyOf = ({ AccessKeyId, Status, CreateDate }: AccessKeyDetail): AccessKey => ({
  accessKeyId: AccessKeyId,
  isActive: Status === 'Active',
  createDate: new Date(CreateDate),
})

const dateOf = (time: string | undefined) => (time === undefined ? undefined : new Date(time))

/** What may be seen of a part; undefined where that is nothing. */
export const seen = <Value>(part: Part<Value>): Value | undefined =>
  part === 'denied' ? undefined : part.value
