// What the pages and the server say to each other. The console imports these types; nothing here runs.
//
// Every request but those that only read is a POST of `application/json` from our own origin. Every refusal is a `Problem` with a
// fitting HTTP status. Sessions and sign-ins travel in cookies that no script sees.

/** The kind of device that proves MFA: an authenticator app, a hardware token, a passkey or security key. */
export type MfaMethod = 'totp' | 'hardware-token' | 'security-key'

export type ProblemCode =
  /** Something is wrong; which part, nobody is told. */
  | 'AuthenticationFailed'
  /** 429, with `retryAfterSeconds`. */
  | 'TooManyAttempts'
  /** The sign-in took more than ten minutes, or was finished in another tab: begin again. */
  | 'SignInExpired'
  /** The session is over: sign in again, and come back. */
  | 'SessionExpired'
  /** The page was loaded for another session than the cookie's: nothing was done, load it anew. */
  | 'SessionChanged'
  /** Only an administrator can set another password. */
  | 'PasswordExpired'
  /** The page was not opened at the server's public address. */
  | 'CrossOriginRequest'
  | 'NotFound'
  | 'MethodNotAllowed'
  | 'UnsupportedMediaType'
  | 'MisdirectedRequest'

export type Problem = {
  /** AWS's, or one of `ProblemCode`. */
  readonly code: string
  readonly message: string
  readonly requestId: string
  readonly retryAfterSeconds?: number
  /** Codes failed several times: offer resynchronisation. */
  readonly offerResync?: boolean
}

/**
 * Where a sign-in stands: what the page shows next.
 *
 * - `GET /signin/api/state` tells it after a reload.
 * - `POST /signin/api/password` begins, with `PasswordInput`.
 * - `POST /signin/api/federation/continue` and `…/stay` answer `federation`.
 * - Each step answers with the next one.
 */
export type SignInState =
  | { readonly state: 'password' }
  | {
      readonly state: 'mfa'
      /** Of the person's own; told after the password alone. */
      readonly devices: readonly SignInDevice[]
      /** The kinds among them, to choose from. */
      readonly methods: readonly MfaMethod[]
      /** After several wrong codes. */
      readonly offerResync: boolean
      /** After a resynchronisation: how far the device's clock was off; positive is ahead. */
      readonly resynced?: { readonly clockDriftSeconds: number; readonly inWords?: string }
    }
  | {
      readonly state: 'change-password'
      /** `reset`: an administrator wants it. */
      readonly reason: 'first-sign-in' | 'reset' | 'expired'
      /** In words, for the page: what the account asks of passwords. */
      readonly requirements: PasswordRequirements
    }
  | {
      readonly state: 'enrol'
      /** False: may be put off. */
      readonly required: boolean
      /** ISO 8601; from then on it is required. */
      readonly by?: string
    }
  | {
      /** A link of the federation endpoint was followed, and somebody else is signed in: nothing is done without a yes. */
      readonly state: 'federation'
      /** ARN; absent when that session has ended meanwhile. */
      readonly signedInAs?: string
      /** ARN. */
      readonly continueAs: string
    }
  | {
      readonly state: 'signed-in'
      /** A path of ours. */
      readonly returnTo: string
    }

export type SignInDevice = {
  readonly serialNumber: string
  readonly deviceName: string
  readonly method: MfaMethod
}

export type PasswordRequirements = {
  readonly minimumLength: number
  readonly uppercase: boolean
  readonly lowercase: boolean
  readonly numbers: boolean
  readonly symbols: boolean
  /** So many of the four classes, where none by itself is required. */
  readonly classes?: number
}

/** `POST /signin/api/password` */
export type PasswordInput = { readonly password: string; readonly returnTo?: string } & (
  | { readonly kind: 'root'; readonly email: string }
  | {
      readonly kind: 'user'
      /** Account id or alias. */
      readonly account: string
      readonly userName: string
    }
)

/** `POST /signin/api/federation/continue`; `POST /signin/api/federation/stay` has no input. */
export type ContinueInput = { readonly returnTo?: string }

/** `POST /signin/api/mfa/code`: a code of any device of this kind. */
export type CodeInput = { readonly method: 'totp' | 'hardware-token'; readonly code: string }

/** `POST /signin/api/mfa/resync`: two consecutive codes. */
export type ResyncInput = {
  readonly serialNumber: string
  readonly code1: string
  readonly code2: string
}

/**
 * `POST /signin/api/mfa/security-key/options` (no input) answers what `startAuthentication` of @simplewebauthn/browser takes as
 * `optionsJSON`; `POST /signin/api/mfa/security-key` takes what it returns.
 */
export type SecurityKeyOptions = { readonly options: object }
export type SecurityKeyInput = { readonly response: object }

/** `POST /signin/api/change-password` */
export type ChangePasswordInput = { readonly newPassword: string }

/** `POST /signin/api/enrol/authenticator-app` answers the new device's secret, this once. */
export type EnrolAppInput = { readonly deviceName: string }
export type EnrolAppAnswer = {
  readonly serialNumber: string
  /** Base32. */
  readonly secret: string
  /** A PNG in base64. */
  readonly qrCode: string
}

/** `POST /signin/api/enrol/authenticator-app/confirm` */
export type ConfirmAppInput = { readonly code1: string; readonly code2: string }

/** `POST /signin/api/enrol/hardware-token` */
export type EnrolTokenInput = {
  readonly serialNumber: string
  readonly code1: string
  readonly code2: string
}

/**
 * `POST /signin/api/enrol/security-key/options` answers `SecurityKeyOptions` for `startRegistration`;
 * `POST /signin/api/enrol/security-key` takes `SecurityKeyInput`. `POST /signin/api/enrol/later` puts it off.
 */
export type EnrolKeyInput = { readonly deviceName: string }

// ── The console ──
//
// `POST /console/api/{iam|sts|signin}/{Operation}`: the operations that every client calls, with the types of the AWS SDK; dates are
// ISO 8601, blobs base64. `signin` has those that AWS keeps to its console. 401 `SessionExpired`: sign in again.
// `POST /console/api/sign-out` (no input) ends the session.
//
// All tabs of a browser have one cookie. So every request names the session that its page was loaded for, as GetSession told; in any
// other nothing is done: 409 `SessionChanged`. A page that does not know who is signed in may ask GetSession, and sign out.

export type SessionHeader = 'x-twinlock-session'

/** Where `UserName` is left out, who is signed in is meant: a user, or root. */
export type OfUser = { readonly UserName?: string }

/** By name: what goes in, and what comes out. */
export type SigninOperations = {
  /** Who is signed in, and as what role. */
  readonly GetSession: { readonly input: object; readonly output: ConsoleSession }
  readonly SwitchRole: {
    readonly input: {
      /** Account id or alias. */
      readonly Account: string
      /** With its path, when it has one. */
      readonly RoleName: string
      readonly DisplayName?: string
      readonly Color?: string
    }
    readonly output: ConsoleSession
  }
  readonly ExitRole: { readonly input: object; readonly output: ConsoleSession }

  /** Options for `startRegistration` of @simplewebauthn/browser. */
  readonly BeginSecurityKeyRegistration: {
    readonly input: OfUser & { readonly DeviceName: string }
    readonly output: { readonly Options: object }
  }
  /** What `startRegistration` returned. */
  readonly RegisterSecurityKey: {
    readonly input: OfUser & { readonly Response: object }
    readonly output: {
      readonly SerialNumber: string
      readonly Certifications?: Readonly<Record<string, string>>
    }
  }
  /** As IAM's, and for root; codes may have six to eight digits. */
  readonly EnableMFADevice: {
    readonly input: OfUser & {
      readonly SerialNumber: string
      readonly AuthenticationCode1: string
      readonly AuthenticationCode2: string
    }
    readonly output: object
  }
  readonly ResyncMFADevice: {
    readonly input: OfUser & {
      readonly SerialNumber: string
      readonly AuthenticationCode1: string
      readonly AuthenticationCode2: string
    }
    /** How far the device's clock is off; positive is ahead. */
    readonly output: { readonly ClockDriftSeconds: number }
  }
  readonly DeactivateMFADevice: {
    readonly input: OfUser & { readonly SerialNumber: string }
    readonly output: object
  }
  /** All kinds, with what the lists of IAM do not tell. */
  readonly ListMFADevices: {
    readonly input: OfUser
    readonly output: { readonly MFADevices: readonly MfaDeviceDetail[] }
  }

  /** Users by name, each with all that the caller may see of its credentials. */
  readonly ListUserCredentials: {
    readonly input: PageRequest
    readonly output: { readonly Users: readonly UserCredentials[] } & PageAnswer
  }

  /** As IAM's, with when the password was set, and whether it has expired. */
  readonly GetLoginProfile: {
    readonly input: OfUser
    readonly output: { readonly Password: PasswordDetail }
  }

  /** A seed file of a vendor's; nothing is imported unless all of it is good. */
  readonly ImportHardwareTokens: {
    readonly input: {
      readonly Format: 'PSKC' | 'CSV'
      readonly Document: string
      /** Of an encrypted PSKC file: a passphrase, or a pre-shared key in base64. */
      readonly Passphrase?: string
      readonly PreSharedKey?: string
    }
    readonly output: { readonly SerialNumbers: readonly string[] }
  }
  readonly ListHardwareTokens: {
    readonly input: PageRequest
    readonly output: { readonly HardwareTokens: readonly HardwareToken[] } & PageAnswer
  }
  /** One that nobody has. */
  readonly DeleteHardwareToken: {
    readonly input: { readonly SerialNumber: string }
    readonly output: object
  }

  /** Whether users without a device are asked to enrol one at sign-in. */
  readonly GetMFARequirement: { readonly input: object; readonly output: MfaRequirementSetting }
  readonly PutMFARequirement: { readonly input: MfaRequirementSetting; readonly output: object }

  /** One's own; by a name that user's own sign-ins, not those of guests whom the user's key has made. */
  readonly ListSessions: {
    readonly input: OfUser
    readonly output: { readonly Sessions: readonly SessionDetail[] }
  }
  /** One by its id, or all: one's own, or those of a user. Ending the current one signs out. */
  readonly EndSessions: {
    readonly input: OfUser & { readonly SessionId?: string }
    readonly output: { readonly Ended: number }
  }
  /** Root's own; users have iam:ChangePassword. All other sessions of root end. */
  readonly ChangeRootPassword: {
    readonly input: { readonly OldPassword: string; readonly NewPassword: string }
    readonly output: object
  }
}

export type PageRequest = { readonly Marker?: string; readonly MaxItems?: number }
export type PageAnswer = { readonly IsTruncated: boolean; readonly Marker?: string }

export type ConsoleSession = {
  /** For `SessionHeader`: of this session, and of the role that is worn in it. No secret. */
  readonly SessionName: string
  readonly Account: string
  readonly AccountAlias?: string
  /** Of who acts: the switched role's session, while there is one. */
  readonly Arn: string
  readonly Kind: 'root' | 'user' | 'role' | 'federatedUser'
  /** The user's name; of a role or federated user, the session's. Absent for root. */
  readonly UserName?: string
  readonly Mfa?: {
    readonly Method: MfaMethod
    readonly SerialNumber: string
    readonly AuthenticatedAt: string
    readonly PhishingResistant: boolean
  }
  readonly SignedInAt: string
  readonly ExpiresAt: string
  /** While somebody switched: to what, and since who. */
  readonly SwitchedRole?: {
    readonly RoleArn: string
    readonly DisplayName: string
    readonly Color?: string
    readonly ExpiresAt: string
    readonly SignedInAs: string
  }
}

export type MfaDeviceDetail = {
  readonly SerialNumber: string
  readonly DeviceName: string
  readonly Method: MfaMethod
  readonly PhishingResistant: boolean
  readonly EnableDate: string
  /** Of a security key. */
  readonly Aaguid?: string
  readonly AttestationFormat?: string
  readonly Attestation?: 'none' | 'self' | 'untrusted' | 'trusted'
  readonly Certifications?: Readonly<Record<string, string>>
  /** May leave its authenticator: a synchronised passkey. */
  readonly BackupEligible?: boolean
  readonly BackedUp?: boolean
  /** Its counter went back: it proves nothing any more. Remove it. */
  readonly ClonedDate?: string
}

/** What somebody must be allowed to do to see a part of a user's credentials. */
export type CredentialAction =
  | 'iam:GetLoginProfile'
  | 'iam:ListMFADevices'
  | 'iam:ListAccessKeys'
  | 'iam:GetAccessKeyLastUsed'
  | 'iam:ListGroupsForUser'
  | 'twinlock:GetMFARequirement'

/** A part that depends on a denied action is absent, whatever there is. */
export type UserCredentials = {
  readonly UserName: string
  readonly UserId: string
  readonly Arn: string
  readonly Path: string
  readonly CreateDate: string
  /** The last sign-in with a password, as IAM's PasswordLastUsed. */
  readonly PasswordLastUsedDate?: string
  /** The actions that the caller lacks. */
  readonly Denied: readonly CredentialAction[]
  /** iam:GetLoginProfile. Absent, too, where there is none. */
  readonly Password?: PasswordDetail
  /** iam:ListMFADevices */
  readonly MFADevices?: readonly UserMfaDevice[]
  /** Among the devices. */
  readonly StrongestMethod?: MfaMethod
  /** What the next sign-in demands of a user who has a password and no device: iam:GetLoginProfile, iam:ListMFADevices, twinlock:GetMFARequirement. */
  readonly Enrolment?: {
    readonly Demand: 'none' | 'prompt' | 'require'
    /** From then on it is `require`. */
    readonly By?: string
  }
  /** iam:ListAccessKeys */
  readonly AccessKeys?: readonly AccessKeyDetail[]
  /** With the password or a key: iam:ListAccessKeys, iam:GetAccessKeyLastUsed. Absent, too, where there was none. */
  readonly LastActivityDate?: string
  /** iam:ListGroupsForUser */
  readonly GroupNames?: readonly string[]
}

export type PasswordDetail = {
  /** Of the login profile. */
  readonly CreateDate: string
  /** When it was last set. */
  readonly ChangeDate: string
  /** The next sign-in asks for another one. */
  readonly ResetRequired: boolean
  /** Older than the account's password policy allows: the next sign-in asks for another one, too, or goes no further. */
  readonly Expired: boolean
}

export type UserMfaDevice = Pick<
  MfaDeviceDetail,
  | 'SerialNumber'
  | 'DeviceName'
  | 'Method'
  | 'PhishingResistant'
  | 'EnableDate'
  | 'BackupEligible'
  | 'ClonedDate'
>

export type AccessKeyDetail = {
  readonly AccessKeyId: string
  readonly Status: 'Active' | 'Inactive'
  readonly CreateDate: string
  /** iam:GetAccessKeyLastUsed, as what follows. Absent, too, where the key was never used. */
  readonly LastUsedDate?: string
  readonly ServiceName?: string
  readonly Region?: string
}

export type HardwareToken = {
  readonly SerialNumber: string
  readonly Digits: number
  readonly PeriodSeconds: number
  readonly Algorithm: string
  readonly UserName?: string
  /** Assigned to root. */
  readonly OfRoot: boolean
  readonly ValidFrom?: string
  readonly ValidUntil?: string
}

export type MfaRequirementSetting = {
  readonly Mode: 'off' | 'prompt' | 'require'
  /** ISO 8601, with `require` alone: from then on nobody signs in without a device. */
  readonly By?: string
  /** WebAuthn's, of users' security keys. `preferred` where it is left out: a touch is enough. */
  readonly UserVerification?: 'preferred' | 'required'
}

export type SessionDetail = {
  readonly SessionId: string
  readonly IsCurrent: boolean
  readonly SignedInAt: string
  readonly LastSeenAt: string
  readonly ExpiresAt: string
  readonly SourceIp: string
  readonly UserAgent: string
  readonly MfaMethod?: MfaMethod
}
