// The tables, once for both engines. `accountId` leads every primary key: an account is the unit of sharding.
// Times are milliseconds since the epoch; flags are 0 or 1; `…Key` columns hold a name in the form in which it is unique
// (lower case: IAM compares names ignoring case and keeps the spelling).
import type { Generated } from 'kysely'

type Flag = 0 | 1

export type Tables = {
  account: AccountTable
  user: UserTable
  loginProfile: LoginProfileTable
  formerPassword: FormerPasswordTable
  passwordGuess: PasswordGuessTable
  accessKey: AccessKeyTable
  group: GroupTable
  membership: MembershipTable
  role: RoleTable
  policy: PolicyTable
  policyVersion: PolicyVersionTable
  inlinePolicy: InlinePolicyTable
  attachment: AttachmentTable
  tag: TagTable
  mfaDevice: MfaDeviceTable
  totpState: TotpStateTable
  securityKey: SecurityKeyTable
  securityKeyCeremony: SecurityKeyCeremonyTable
  signInAttempt: SignInAttemptTable
  signInThrottle: SignInThrottleTable
  browserSession: BrowserSessionTable
  signinToken: SigninTokenTable
  auditEvent: AuditEventTable
  sealedKey: SealedKeyTable
}

/** An AWS account and its root user. */
type AccountTable = {
  accountId: string
  /** Grows by one with every change to the account: caches compare it. */
  revision: Generated<number>
  email: string
  alias: string | null
  rootPasswordHash: string | null
  rootPasswordLastUsed: number | null
  /** When root first signed in without a device: its grace begins there. */
  rootFirstSignInWithoutMfa: number | null
  /** JSON of `MfaRequirement`; null: nobody is asked to enrol. */
  mfaRequirement: string | null
  /** JSON of the account's own password policy; null: AWS's default one. */
  passwordPolicy: string | null
  createDate: number
}

type UserTable = {
  accountId: string
  userId: string
  userName: string
  userNameKey: string
  path: string
  createDate: number
  /** ARN of a managed policy. */
  permissionsBoundary: string | null
  passwordLastUsed: number | null
}

type LoginProfileTable = {
  accountId: string
  userId: string
  /** PHC string of argon2id. */
  passwordHash: string
  passwordResetRequired: Flag
  createDate: number
  /** When the password was last set. */
  passwordChangedDate: number
}

/** Hashes of replaced passwords, for PasswordReusePrevention. */
type FormerPasswordTable = {
  accountId: string
  userId: string
  replacedDate: number
  passwordHash: string
}

/** Wrong passwords in a row. */
type PasswordGuessTable = {
  accountId: string
  userId: string
  failures: number
  lastFailureDate: number
}

type AccessKeyTable = {
  accountId: string
  accessKeyId: string
  /** The user's id, or the account id for root's keys. */
  principalId: string
  /** The secret access key, sealed by the keyring. */
  sealedSecret: Uint8Array
  status: 'Active' | 'Inactive'
  createDate: number
  lastUsedDate: number | null
  lastUsedService: string | null
  lastUsedRegion: string | null
}

type GroupTable = {
  accountId: string
  groupId: string
  groupName: string
  groupNameKey: string
  path: string
  createDate: number
}

type MembershipTable = {
  accountId: string
  userId: string
  groupId: string
}

type RoleTable = {
  accountId: string
  roleId: string
  roleName: string
  roleNameKey: string
  path: string
  description: string | null
  maxSessionDuration: number
  /** The trust policy's text. */
  assumeRolePolicyDocument: string
  /** JSON object: each user or role ARN that the trust policy names, and the unique id it was bound to when saved. */
  trustBindings: string
  permissionsBoundary: string | null
  createDate: number
  lastUsedDate: number | null
  lastUsedRegion: string | null
}

/** A customer managed policy. AWS's own live in code. */
type PolicyTable = {
  accountId: string
  policyId: string
  policyName: string
  policyNameKey: string
  path: string
  arn: string
  description: string | null
  /** Number of the default version: 1 for `v1`. */
  defaultVersion: number
  /** The highest number ever given. */
  latestVersion: number
  createDate: number
  updateDate: number
}

type PolicyVersionTable = {
  accountId: string
  policyId: string
  version: number
  document: string
  createDate: number
}

/** A policy embedded in a user, group or role. */
type InlinePolicyTable = {
  accountId: string
  principalId: string
  policyName: string
  policyNameKey: string
  document: string
}

/** A managed policy attached to a user, group or role. */
type AttachmentTable = {
  accountId: string
  principalId: string
  policyArn: string
}

type TagTable = {
  accountId: string
  /** Unique id of a user, role or policy; serial number of an MFA device. */
  resourceId: string
  /** The key as it is unique: lower case, but exact for policies and MFA devices. */
  tagKey: string
  key: string
  value: string
}

type MfaDeviceTable = {
  accountId: string
  serialNumber: string
  kind: 'virtual' | 'hardware' | 'securityKey'
  path: string
  deviceName: string
  /** The seed's bytes, sealed by the keyring; null for a security key, whose public key is in a row of its own. */
  sealedSeed: Uint8Array | null
  /** JSON of `TotpFormat` of @twinlock/factors; null: AWS's own, six digits of SHA-1 every thirty seconds. */
  totpFormat: string | null
  /** Of a hardware token, as its vendor's file says; null: no limit. */
  validFrom: number | null
  validUntil: number | null
  createDate: number
  /** Who proves identity with it: a user's id, the account id for root, null while unassigned. */
  principalId: string | null
  enableDate: number | null
}

/** The credential of a security key or passkey (https://www.w3.org/TR/webauthn-3/#sctn-registering-a-new-credential). */
type SecurityKeyTable = {
  accountId: string
  serialNumber: string
  /** base64url. */
  credentialId: string
  /** COSE_Key. */
  publicKey: Uint8Array
  signCount: number
  /** JSON array. */
  transports: string
  aaguid: string
  attestationFormat: string
  /** How far the AAGUID can be relied on: `AttestationTrust` of @twinlock/factors. */
  attestation: string
  /** JSON object of FIDO certifications, as GetMFADevice answers them. */
  certifications: string
  backupEligible: Flag
  backupState: Flag
  /** When its counter last moved. */
  countedDate: number | null
  /** When its counter went back: two authenticators hold its private key, and neither is believed any more. */
  clonedDate: number | null
}

/** A challenge that waits for a security key. Whoever deletes the row may use the answer: it proves once. */
type SecurityKeyCeremonyTable = {
  accountId: string
  /** The browser session or sign-in attempt that it was given to. */
  boundTo: string
  purpose: 'registration' | 'authentication'
  challenge: string
  /** The name of the device to be; null in an authentication. */
  deviceName: string | null
  /** For whom: a user's id or the account id. */
  principalId: string
  expireDate: number
}

/** A sign-in that has proved a password and is not finished. */
type SignInAttemptTable = {
  accountId: string
  /** SHA-256 of the token in the browser's cookie. */
  tokenHash: string
  principalId: string
  /** Grows by one with each step, so that of two tabs one takes it. */
  version: number
  /** Apart from the steps: a wrong code in one tab does not undo the right one in another. */
  wrongCodes: number
  /** JSON of `Attempt`. */
  state: string
  expireDate: number
}

/** Wrong guesses in a row, of a user's password or from an address. */
type SignInThrottleTable = {
  accountId: string
  bucket: string
  failures: number
  lastFailureDate: number
}

/** Somebody signed in to the console with a browser. */
type BrowserSessionTable = {
  accountId: string
  /** SHA-256 of the token in the browser's cookie. */
  tokenHash: string
  /** By which lists name it. */
  sessionId: string
  principalId: string
  /** Whose it is: the principal's id, with the session's name where a role or a federated user has one. */
  holder: string
  /** JSON of `Session`: what the session's calls may claim. */
  session: string
  /** Of the password that it was opened with; null for federated sessions. */
  passwordMark: string | null
  /** JSON of `SwitchedRole`; null while nobody switched. */
  switchedRole: string | null
  createDate: number
  expireDate: number
  lastSeenDate: number
  sourceIp: string
  userAgent: string
}

/** A sign-in token of the federation endpoint; it opens one session. */
type SigninTokenTable = {
  accountId: string
  tokenHash: string
  /** JSON of `Session`. */
  session: string
  sessionSeconds: number | null
  expireDate: number
}

/**
 * What a TOTP device has proved so far: one row a device, locked, computed anew and written back by one transaction.
 * INVARIANT: it outlives its device, so that deleting and making a device again gives nobody fresh guesses.
 */
type TotpStateTable = {
  accountId: string
  serialNumber: string
  /** JSON of `TotpState` of @twinlock/factors. */
  state: string
}

type AuditEventTable = {
  accountId: string
  /** Milliseconds since the epoch. */
  eventTime: number
  eventId: string
  eventName: string
  eventSource: string
  userName: string | null
  accessKeyId: string | null
  readOnly: Flag
  /** The CloudTrail record as JSON. */
  record: string
}

/** Data keys, sealed under the master key. The newest one seals; older ones still open. Number 0 makes proofs, and seals nothing. */
type SealedKeyTable = {
  keyId: number
  sealedKey: Uint8Array
  /** When it begins to seal: every node has it by then. */
  createDate: number
}
