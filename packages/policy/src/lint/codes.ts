// Every finding by its code: the one table of severities and titles. Codes are never used again for
// something else, because people write them into their configurations.
import type { Severity } from './finding.ts'

export type FindingKind = {
  readonly slug: string
  /** As a rule; a finding can be milder where the document itself takes the edge off. */
  readonly severity: Severity
  readonly title: string
  /** A page of AWS's IAM User Guide. */
  readonly page: string
}

const GRAMMAR = 'reference_policies_grammar.html'
const OPERATORS = 'reference_policies_elements_condition_operators.html'
const KEYS = 'reference_policies_condition-keys.html'
const SETS = 'reference_policies_condition-single-vs-multi-valued-context-keys.html'
const PROTECTED_API = 'id_credentials_mfa_configure-api-require.html'
const SELF_MANAGEMENT = 'reference_policies_examples_aws_my-sec-creds-self-manage-mfa-only.html'
const VARIABLES = 'reference_policies_variables.html'
const ACTION = 'reference_policies_elements_action.html'
const RESOURCE = 'reference_policies_elements_resource.html'
const PRINCIPAL = 'reference_policies_elements_principal.html'
const BY_ADDRESS = 'reference_policies_examples_aws_deny-ip.html'
const ROLES = 'id_roles_create_for-user.html'
const ROOT = 'root-user-best-practices.html'

/** In the order of the guide. */
export const CODES = {
  DOC001: { slug: 'refused', severity: 'error', title: 'AWS refuses this document', page: GRAMMAR },
  DOC002: {
    slug: 'unknown-operator',
    severity: 'error',
    title: 'There is no condition operator of this name',
    page: OPERATORS,
  },
  DOC003: {
    slug: 'effect-in-the-wrong-case',
    severity: 'error',
    title: 'Effect is "Allow" or "Deny", in this spelling',
    page: GRAMMAR,
  },
  MFA001: {
    slug: 'deny-misses-access-keys',
    severity: 'error',
    title: 'This Deny does not stop a long-term access key',
    page: PROTECTED_API,
  },
  MFA002: {
    slug: 'deny-misses-sessions',
    severity: 'error',
    title: 'This Deny does not stop a session that was made without MFA',
    page: PROTECTED_API,
  },
  MFA003: {
    slug: 'deny-misses-everybody-without-mfa',
    severity: 'error',
    title: 'This Deny stops nobody who has no MFA at all',
    page: PROTECTED_API,
  },
  MFA004: {
    slug: 'deny-turned-round',
    severity: 'error',
    title: 'This Deny stops those who have MFA',
    page: PROTECTED_API,
  },
  MFA005: {
    slug: 'deny-whatever-mfa',
    severity: 'error',
    title: 'This Deny stops everybody, with MFA or without',
    page: PROTECTED_API,
  },
  MFA010: {
    slug: 'allow-open-to-access-keys',
    severity: 'error',
    title: 'This Allow lets a long-term access key pass without MFA',
    page: PROTECTED_API,
  },
  MFA011: {
    slug: 'allow-open-to-sessions',
    severity: 'error',
    title: 'This Allow lets any session pass, MFA or not',
    page: PROTECTED_API,
  },
  MFA012: {
    slug: 'allow-needs-no-mfa',
    severity: 'error',
    title: 'This Allow asks about MFA and lets everybody pass who has none',
    page: PROTECTED_API,
  },
  MFA013: {
    slug: 'allow-turned-round',
    severity: 'error',
    title: 'This Allow is for those who have no MFA, and only for them',
    page: PROTECTED_API,
  },
  MFA014: {
    slug: 'allow-only-old-mfa',
    severity: 'error',
    title: 'This Allow needs an MFA that is old',
    page: PROTECTED_API,
  },
  MFA020: {
    slug: 'mfa-condition-never-holds',
    severity: 'error',
    title: 'This condition on MFA never holds',
    page: PROTECTED_API,
  },
  MFA021: {
    slug: 'neither-true-nor-false',
    severity: 'warning',
    title: 'This value is neither true nor false, and means false',
    page: OPERATORS,
  },
  MFA022: {
    slug: 'age-out-of-reach',
    severity: 'warning',
    title: 'No MFA ever gets that old',
    page: PROTECTED_API,
  },
  MFA030: {
    slug: 'exempt-device-removal',
    severity: 'error',
    title: 'Without MFA, devices can be taken away',
    page: SELF_MANAGEMENT,
  },
  MFA031: {
    slug: 'exempt-new-credentials',
    severity: 'error',
    title: 'Without MFA, new credentials can be made',
    page: SELF_MANAGEMENT,
  },
  MFA032: {
    slug: 'exempt-permissions',
    severity: 'error',
    title: 'Without MFA, permissions can be changed, this policy included',
    page: SELF_MANAGEMENT,
  },
  MFA033: {
    slug: 'exempt-role-assumption',
    severity: 'warning',
    title: 'Without MFA, roles can be assumed',
    page: SELF_MANAGEMENT,
  },
  MFA034: {
    slug: 'exempt-more-than-enrolment',
    severity: 'info',
    title: 'More than enrolment is exempt from MFA',
    page: SELF_MANAGEMENT,
  },
  MFA035: {
    slug: 'first-device-by-anyone',
    severity: 'info',
    title: 'A stolen key of a person without a device can enrol one',
    page: SELF_MANAGEMENT,
  },
  MFA036: {
    slug: 'locked-out-of-enrolling',
    severity: 'error',
    title: 'Who has no device can enrol none',
    page: SELF_MANAGEMENT,
  },
  MFA037: {
    slug: 'devices-out-of-sight',
    severity: 'warning',
    title: 'Without MFA, nobody can see which devices there are',
    page: SELF_MANAGEMENT,
  },
  MFA038: {
    slug: 'no-resynchronization',
    severity: 'warning',
    title: 'A device whose clock has drifted cannot be brought back',
    page: SELF_MANAGEMENT,
  },
  MFA039: {
    slug: 'harmless-calls-denied',
    severity: 'info',
    title: 'Calls that sign-in pages make are not exempt',
    page: SELF_MANAGEMENT,
  },
  MFA040: {
    slug: 'first-password-blocked',
    severity: 'info',
    title: 'A first password cannot be changed before MFA',
    page: SELF_MANAGEMENT,
  },
  ROLE001: {
    slug: 'role-denied-for-want-of-mfa',
    severity: 'error',
    title: 'Sessions of a role have no MFA: this Deny stops them',
    page: PROTECTED_API,
  },
  ROLE002: {
    slug: 'role-never-allowed',
    severity: 'error',
    title: 'Sessions of a role have no MFA: this Allow gives them nothing',
    page: PROTECTED_API,
  },
  ROLE003: {
    slug: 'role-has-no-user-name',
    severity: 'warning',
    title: 'Sessions of a role have no ${aws:username}',
    page: VARIABLES,
  },
  ORG001: {
    slug: 'roles-not-exempt',
    severity: 'warning',
    title: 'This Deny stops every role, for none has MFA',
    page: PROTECTED_API,
  },
  TRUST001: {
    slug: 'open-to-every-account',
    severity: 'error',
    title: 'Whoever has an AWS account can assume this role',
    page: PRINCIPAL,
  },
  TRUST002: {
    slug: 'assumed-without-mfa',
    severity: 'warning',
    title: 'This role is assumed without MFA',
    page: ROLES,
  },
  TRUST003: {
    slug: 'mfa-of-who-has-none',
    severity: 'error',
    title: 'MFA is asked of a principal that never has it',
    page: PROTECTED_API,
  },
  TRUST004: {
    slug: 'mfa-of-another-account',
    severity: 'info',
    title: 'The MFA is that of another account',
    page: ROLES,
  },
  TRUST005: {
    slug: 'no-maximum-age',
    severity: 'info',
    title: 'An MFA of any age will do',
    page: PROTECTED_API,
  },
  VAR001: {
    slug: 'variable-in-2008',
    severity: 'error',
    title: 'In a document without Version 2012-10-17 a variable is text',
    page: VARIABLES,
  },
  VAR002: {
    slug: 'variable-before-the-fifth-colon',
    severity: 'warning',
    title: 'A variable has no meaning before the fifth colon',
    page: VARIABLES,
  },
  VAR003: {
    slug: 'other-users-too',
    severity: 'error',
    title: 'This name means other users too',
    page: VARIABLES,
  },
  VAR004: {
    slug: 'device-named-after-user',
    severity: 'warning',
    title: 'A device may have any name',
    page: SELF_MANAGEMENT,
  },
  VAR005: {
    slug: 'users-without-a-path',
    severity: 'info',
    title: 'This ARN means only users with a path',
    page: VARIABLES,
  },
  VAR006: {
    slug: 'escaped-variable',
    severity: 'error',
    title: "This is Terraform's spelling of a variable, not AWS's",
    page: VARIABLES,
  },
  VAR007: {
    slug: 'id-in-place-of-name',
    severity: 'error',
    title: "No user's ARN has the unique id",
    page: VARIABLES,
  },
  RES001: {
    slug: 'resource-of-another-type',
    severity: 'warning',
    title: 'This action never happens to these resources',
    page: RESOURCE,
  },
  RES002: {
    slug: 'action-without-resource',
    severity: 'warning',
    title: 'This action has no resource but "*"',
    page: RESOURCE,
  },
  RES003: {
    slug: 'no-such-account',
    severity: 'warning',
    title: 'This ARN is of no account',
    page: RESOURCE,
  },
  RES004: {
    slug: 'deny-with-narrow-resource',
    severity: 'warning',
    title: 'This Deny leaves out all actions that have no resource',
    page: RESOURCE,
  },
  IP001: {
    slug: 'private-address',
    severity: 'warning',
    title: 'AWS never sees this address as aws:SourceIp',
    page: KEYS,
  },
  IP002: {
    slug: 'ipv6-host-bits',
    severity: 'error',
    title: 'An IPv6 block with host bits matches nothing',
    page: OPERATORS,
  },
  IP003: {
    slug: 'services-denied-by-address',
    severity: 'warning',
    title: "This Deny stops AWS's services that act for you",
    page: BY_ADDRESS,
  },
  KEY001: {
    slug: 'unknown-key',
    severity: 'warning',
    title: 'There is no condition key of this name',
    page: KEYS,
  },
  KEY002: {
    slug: 'key-of-twinlock',
    severity: 'info',
    title: 'AWS does not know this key',
    page: KEYS,
  },
  KEY003: {
    slug: 'one-value-of-many',
    severity: 'warning',
    title: 'A key with several values needs ForAnyValue or ForAllValues',
    page: SETS,
  },
  KEY004: {
    slug: 'holds-for-no-value',
    severity: 'warning',
    title: 'ForAllValues holds when the key is absent',
    page: SETS,
  },
  KEY005: {
    slug: 'operator-of-another-type',
    severity: 'warning',
    title: 'This operator is not for keys of this type',
    page: OPERATORS,
  },
  ACT001: {
    slug: 'unknown-action',
    severity: 'warning',
    title: 'There is no action of this name',
    page: ACTION,
  },
  ACT002: {
    slug: 'misspelt-action',
    severity: 'warning',
    title: 'No action can have this name',
    page: ACTION,
  },
  ACT003: {
    slug: 'pattern-of-no-action',
    severity: 'warning',
    title: 'This pattern matches no action',
    page: ACTION,
  },
  ACC001: {
    slug: 'nothing-lets-them-enrol',
    severity: 'error',
    title: 'MFA is demanded, and nothing allows to enrol',
    page: SELF_MANAGEMENT,
  },
  ACC002: {
    slug: 'own-arn-not-matched',
    severity: 'error',
    title: 'This ARN is not that of the users who have the policy',
    page: VARIABLES,
  },
  ACC003: {
    slug: 'role-within-reach',
    severity: 'warning',
    title: 'Users get into this role without MFA',
    page: ROLES,
  },
  ACC004: {
    slug: 'administrator-without-mfa',
    severity: 'error',
    title: 'Nothing asks for MFA before permissions are changed',
    page: PROTECTED_API,
  },
  ACC005: {
    slug: 'user-without-mfa-policy',
    severity: 'warning',
    title: 'Nothing asks these users for MFA',
    page: PROTECTED_API,
  },
  ACC006: {
    slug: 'root-access-key',
    severity: 'error',
    title: 'The root user has an access key',
    page: ROOT,
  },
  ACC007: {
    slug: 'root-without-mfa',
    severity: 'error',
    title: 'The root user signs in without MFA',
    page: ROOT,
  },
} as const satisfies Record<string, FindingKind>

/** `MFA001`, … */
export type FindingCode = keyof typeof CODES

const USER_GUIDE = 'https://docs.aws.amazon.com/IAM/latest/UserGuide/'

/** The address of AWS's page about a finding. */
export function documentationOf(code: FindingCode): string {
  return USER_GUIDE + CODES[code].page
}
