// Tidewater Ferries, the company of `npm run demo`: its account, its rules, its groups and its roles. Days are days ago.

export const COMPANY = {
  name: 'Tidewater Ferries',
  accountId: '111122223333',
  alias: 'tidewater',
  rootEmail: 'root@tidewater.example',
  founded: 200,
} as const

/** One password is older than it allows. */
export const PASSWORD_POLICY = {
  MinimumPasswordLength: 12,
  RequireUppercaseCharacters: true,
  RequireLowercaseCharacters: true,
  RequireNumbers: true,
  RequireSymbols: true,
  AllowUsersToChangePassword: true,
  MaxPasswordAge: 180,
  PasswordReusePrevention: 5,
} as const

/** At sign-in the company first offered MFA, then announced that it would be required, and then it was. */
export const MFA_AT_SIGN_IN = { offered: 120, announced: 30, required: 7 } as const

/** Customer managed policies. Their documents are files: `policies/NAME.v1.json`. */
export const POLICIES = {
  AuditAccess: { description: 'What auditors read beside what AWS has.' },
  ContractorBoundary: { description: 'The most that a contractor may ever do.' },
  DeveloperAccess: { description: 'Timetables and the booking site.' },
  InvoiceAccess: { description: 'Invoices, and the role that reports on them.' },
  ManageOwnCredentials: { description: 'Everybody looks after their own password, keys and MFA.' },
  OperationsAccess: { description: 'Machines, and emergencies.' },
  // The first version has the famous hole: an access key alone passes it.
  RequireMfa: { description: 'Without MFA nothing but enrolling.', secondVersion: 100 },
  TicketDesk: { description: 'Tickets and refunds. Has the hole that RequireMfa had.' },
} as const satisfies Readonly<
  Record<string, { readonly description: string; readonly secondVersion?: number }>
>

const byAws = (name: string) => `arn:aws:iam::aws:policy/${name}`
const own = (name: keyof typeof POLICIES) => `arn:aws:iam::${COMPANY.accountId}:policy/${name}`

export const CONTRACTOR_BOUNDARY = own('ContractorBoundary')
export const REQUIRE_MFA = own('RequireMfa')

const OF_EVERYBODY = [own('ManageOwnCredentials'), REQUIRE_MFA]

/** The managed policies of each group. */
export const GROUPS = {
  administrators: [byAws('AdministratorAccess'), ...OF_EVERYBODY],
  auditors: [byAws('ReadOnlyAccess'), byAws('SecurityAudit'), own('AuditAccess'), ...OF_EVERYBODY],
  contractors: [own('DeveloperAccess'), ...OF_EVERYBODY],
  developers: [own('DeveloperAccess'), ...OF_EVERYBODY],
  finance: [own('InvoiceAccess'), ...OF_EVERYBODY],
  operations: [own('OperationsAccess'), ...OF_EVERYBODY],
  support: [own('TicketDesk'), own('ManageOwnCredentials')],
} as const satisfies Readonly<Record<string, readonly string[]>>

export type GroupName = keyof typeof GROUPS
