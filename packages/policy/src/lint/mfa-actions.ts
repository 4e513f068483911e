// The actions that an MFA policy is about: what a person without MFA needs in order to get it, and
// what nobody may do without.
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_examples_aws_my-sec-creds-self-manage-mfa-only.html
import { compilePattern } from '../wildcard.ts'

/** Without both nobody gets a first device. */
export const ENROL = ['iam:CreateVirtualMFADevice', 'iam:EnableMFADevice'] as const

/** How the console and the `aws` command find a person's devices. */
export const SEE_DEVICES = ['iam:ListMFADevices', 'iam:ListVirtualMFADevices'] as const

export const RESYNCHRONIZE = 'iam:ResyncMFADevice'

/** The sign-in pages show them; GetSessionToken can't be denied at all. */
export const SIGN_IN_PAGES = ['iam:GetUser', 'iam:GetMFADevice', 'sts:GetSessionToken'] as const

export const FIRST_PASSWORD = ['iam:ChangePassword', 'iam:GetAccountPasswordPolicy'] as const

/** AWS's own list, with what a first sign-in needs. */
export const ENROLMENT: readonly string[] = [
  ...ENROL,
  ...SIGN_IN_PAGES.slice(0, 2),
  ...SEE_DEVICES,
  RESYNCHRONIZE,
  'sts:GetSessionToken',
]

const HARMLESS = new Set([...ENROLMENT, ...FIRST_PASSWORD].map(action => action.toLowerCase()))

export const REMOVE_DEVICES = ['iam:DeactivateMFADevice', 'iam:DeleteVirtualMFADevice'] as const

/** What leaves the caller with something to sign in with that outlives the stolen key. */
export const MAKE_CREDENTIALS = [
  'iam:CreateAccessKey',
  'iam:UpdateAccessKey',
  'iam:CreateLoginProfile',
  'iam:UpdateLoginProfile',
  'iam:CreateServiceSpecificCredential',
  'iam:ResetServiceSpecificCredential',
  'iam:UploadSigningCertificate',
  'iam:UploadSSHPublicKey',
  'iam:CreateUser',
] as const

/** What gives the caller, or somebody whom the caller can be, other permissions. */
export const CHANGE_PERMISSIONS = [
  'iam:AddUserToGroup',
  'iam:RemoveUserFromGroup',
  'iam:AttachGroupPolicy',
  'iam:AttachRolePolicy',
  'iam:AttachUserPolicy',
  'iam:CreatePolicy',
  'iam:CreatePolicyVersion',
  'iam:CreateRole',
  'iam:DeleteGroupPolicy',
  'iam:DeletePolicy',
  'iam:DeletePolicyVersion',
  'iam:DeleteUserPermissionsBoundary',
  'iam:DeleteUserPolicy',
  'iam:DetachGroupPolicy',
  'iam:DetachUserPolicy',
  'iam:PassRole',
  'iam:PutGroupPolicy',
  'iam:PutRolePolicy',
  'iam:PutUserPermissionsBoundary',
  'iam:PutUserPolicy',
  'iam:SetDefaultPolicyVersion',
  'iam:TagUser',
  'iam:UpdateAssumeRolePolicy',
  'iam:UpdateUser',
] as const

/** By which anybody gets any permission, with the ARN of what each happens to. */
export const GIVE_PERMISSIONS = [
  ...['AttachUserPolicy', 'PutUserPolicy'].map(name => actionOn('user/${UserNameWithPath}', name)),
  ...['AddUserToGroup', 'AttachGroupPolicy', 'PutGroupPolicy'].map(name =>
    actionOn('group/${GroupNameWithPath}', name),
  ),
  ...['AttachRolePolicy', 'PutRolePolicy', 'UpdateAssumeRolePolicy'].map(name =>
    actionOn('role/${RoleNameWithPath}', name),
  ),
  ...['CreatePolicyVersion', 'SetDefaultPolicyVersion'].map(name =>
    actionOn('policy/${PolicyNameWithPath}', name),
  ),
]

function actionOn(resource: string, name: string) {
  const arnPattern = `arn:\${Partition}:iam::\${Account}:${resource}`
  return { name: `iam:${name}`, resourceTypes: [{ type: { arnPattern }, required: true }] }
}

export const ASSUME_ROLES = ['sts:AssumeRole'] as const

/** Whether the entry is one action and part of enrolling. */
export function isEnrolment(action: string): boolean {
  return HARMLESS.has(action.toLowerCase())
}

/** Which of the actions an entry of Action or NotAction means. */
export function meant(entry: string, actions: readonly string[]): readonly string[] {
  const matches = compilePattern(entry.toLowerCase())
  return actions.filter(action => matches(action.toLowerCase()))
}

/** The actions on oneself, whose resource is the user. */
const ON_USERS = [
  'iam:ChangePassword',
  'iam:CreateAccessKey',
  'iam:DeactivateMFADevice',
  'iam:DeleteAccessKey',
  'iam:EnableMFADevice',
  'iam:GetLoginProfile',
  'iam:GetMFADevice',
  'iam:GetUser',
  'iam:ListAccessKeys',
  'iam:ListMFADevices',
  'iam:ResyncMFADevice',
  'iam:UpdateAccessKey',
  'iam:UpdateLoginProfile',
]

const ON_DEVICES = ['iam:CreateVirtualMFADevice', 'iam:DeleteVirtualMFADevice']

const ON_NOTHING = [
  'iam:GetAccountPasswordPolicy',
  'iam:GetAccountSummary',
  'iam:ListAccountAliases',
  'iam:ListUsers',
  'iam:ListVirtualMFADevices',
  'sts:GetCallerIdentity',
  'sts:GetSessionToken',
]

const USER_ARN = 'arn:${Partition}:iam::${Account}:user/${UserNameWithPath}'
const DEVICE_ARN = 'arn:${Partition}:iam::${Account}:mfa/${MfaTokenIdWithPath}'

const RESOURCES = new Map<string, readonly string[]>([
  ...ON_USERS.map(action => [action.toLowerCase(), [USER_ARN]] as const),
  ...ON_DEVICES.map(action => [action.toLowerCase(), [DEVICE_ARN]] as const),
  ...ON_NOTHING.map(action => [action.toLowerCase(), []] as const),
])

/**
 * The ARN patterns of an action's resources, none for one that has only `*`; undefined for an
 * action that is not known here.
 */
export function resourcesOfMfaAction(action: string): readonly string[] | undefined {
  return RESOURCES.get(action.toLowerCase())
}
