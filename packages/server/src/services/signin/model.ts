// The shapes of the operations that AWS keeps to its console, and of ours, in the form of the models that AWS publishes: the same
// code decodes, checks and records them.
import type { Model, ModelDocument } from '@twinlock/protocol'
import { openModel } from '@twinlock/protocol'

const USER_NAME = { shape: 'UserName' } as const
const OF_USER = { UserName: USER_NAME } as const
const REQUIRED = { required: true } as const
const CODES = {
  AuthenticationCode1: { shape: 'AuthenticationCode', ...REQUIRED },
  AuthenticationCode2: { shape: 'AuthenticationCode', ...REQUIRED },
} as const
const SERIAL_NUMBER = { SerialNumber: { shape: 'SerialNumber', ...REQUIRED } } as const
const PAGE = { Marker: { shape: 'Marker' }, MaxItems: { shape: 'MaxItems' } } as const
const PAGED = {
  IsTruncated: { shape: 'Boolean', ...REQUIRED },
  Marker: { shape: 'Marker' },
} as const

const text = { shape: 'Text' } as const
const flag = { shape: 'Boolean' } as const
const time = { shape: 'Timestamp' } as const

const structure = (members: Extract<Shapes[string], { type: 'structure' }>['members']) =>
  ({ type: 'structure', members }) as const

type Shapes = ModelDocument['shapes']

const STRUCTURES = {
  OfUser: structure(OF_USER),
  Session: structure({
    SessionName: text,
    Account: text,
    AccountAlias: text,
    Arn: text,
    Kind: text,
    UserName: text,
    Mfa: { shape: 'SessionMfa' },
    SignedInAt: time,
    ExpiresAt: time,
    SwitchedRole: { shape: 'SessionRole' },
  }),
  SessionMfa: structure({
    Method: text,
    SerialNumber: text,
    AuthenticatedAt: time,
    PhishingResistant: flag,
  }),
  SessionRole: structure({
    RoleArn: text,
    DisplayName: text,
    Color: text,
    ExpiresAt: time,
    SignedInAs: text,
  }),
  SwitchRoleRequest: structure({
    Account: { shape: 'AccountOrAlias', ...REQUIRED },
    RoleName: { shape: 'RoleName', ...REQUIRED },
    DisplayName: { shape: 'DisplayName' },
    Color: { shape: 'Color' },
  }),
  BeginSecurityKeyRegistrationRequest: structure({
    ...OF_USER,
    DeviceName: { shape: 'DeviceName', ...REQUIRED },
  }),
  BeginSecurityKeyRegistrationResponse: structure({ Options: { shape: 'Document' } }),
  RegisterSecurityKeyRequest: structure({
    ...OF_USER,
    Response: { shape: 'Document', ...REQUIRED },
  }),
  RegisterSecurityKeyResponse: structure({
    SerialNumber: text,
    Certifications: { shape: 'Certifications' },
  }),
  EnableMFADeviceRequest: structure({ ...OF_USER, ...SERIAL_NUMBER, ...CODES }),
  ResyncMFADeviceResponse: structure({ ClockDriftSeconds: { shape: 'Integer' } }),
  DeactivateMFADeviceRequest: structure({ ...OF_USER, ...SERIAL_NUMBER }),
  ListMFADevicesResponse: structure({ MFADevices: { shape: 'MFADeviceList' } }),
  MFADevice: structure({
    SerialNumber: text,
    DeviceName: text,
    Method: text,
    PhishingResistant: flag,
    EnableDate: time,
    Aaguid: text,
    AttestationFormat: text,
    Attestation: text,
    Certifications: { shape: 'Certifications' },
    BackupEligible: flag,
    BackedUp: flag,
    ClonedDate: time,
  }),
  PageRequest: structure(PAGE),
  ListUserCredentialsResponse: structure({ Users: { shape: 'UserCredentialsList' }, ...PAGED }),
  UserCredentials: structure({
    UserName: text,
    UserId: text,
    Arn: text,
    Path: text,
    CreateDate: time,
    PasswordLastUsedDate: time,
    Password: { shape: 'PasswordDetail' },
    MFADevices: { shape: 'MFADeviceList' },
    StrongestMethod: text,
    Enrolment: { shape: 'Enrolment' },
    AccessKeys: { shape: 'AccessKeyList' },
    LastActivityDate: time,
    GroupNames: { shape: 'TextList' },
    Denied: { shape: 'TextList' },
  }),
  GetLoginProfileResponse: structure({ Password: { shape: 'PasswordDetail' } }),
  PasswordDetail: structure({
    CreateDate: time,
    ChangeDate: time,
    ResetRequired: flag,
    Expired: flag,
  }),
  Enrolment: structure({ Demand: text, By: time }),
  AccessKeyDetail: structure({
    AccessKeyId: text,
    Status: text,
    CreateDate: time,
    LastUsedDate: time,
    ServiceName: text,
    Region: text,
  }),
  ImportHardwareTokensRequest: structure({
    Format: { shape: 'TokenFileFormat', ...REQUIRED },
    Document: { shape: 'TokenFile', ...REQUIRED },
    Passphrase: { shape: 'Passphrase' },
    PreSharedKey: { shape: 'PreSharedKey' },
  }),
  ImportHardwareTokensResponse: structure({ SerialNumbers: { shape: 'TextList' } }),
  ListHardwareTokensResponse: structure({ HardwareTokens: { shape: 'TokenList' }, ...PAGED }),
  HardwareToken: structure({
    SerialNumber: text,
    Digits: { shape: 'Integer' },
    PeriodSeconds: { shape: 'Integer' },
    Algorithm: text,
    UserName: text,
    OfRoot: flag,
    ValidFrom: time,
    ValidUntil: time,
  }),
  DeleteHardwareTokenRequest: structure(SERIAL_NUMBER),
  MFARequirement: structure({
    Mode: { shape: 'MFARequirementMode', ...REQUIRED },
    By: time,
    UserVerification: { shape: 'UserVerification' },
  }),
  ListSessionsResponse: structure({ Sessions: { shape: 'SessionList' } }),
  SessionDetail: structure({
    SessionId: text,
    IsCurrent: flag,
    SignedInAt: time,
    LastSeenAt: time,
    ExpiresAt: time,
    SourceIp: text,
    UserAgent: text,
    MfaMethod: text,
  }),
  EndSessionsRequest: structure({ ...OF_USER, SessionId: { shape: 'SessionId' } }),
  EndSessionsResponse: structure({ Ended: { shape: 'Integer' } }),
  ChangeRootPasswordRequest: structure({
    OldPassword: { shape: 'Password', ...REQUIRED },
    NewPassword: { shape: 'Password', ...REQUIRED },
  }),
} satisfies Shapes

const OPERATIONS = {
  GetSession: { output: 'Session' },
  SwitchRole: { input: 'SwitchRoleRequest', output: 'Session' },
  ExitRole: { output: 'Session' },
  BeginSecurityKeyRegistration: {
    input: 'BeginSecurityKeyRegistrationRequest',
    output: 'BeginSecurityKeyRegistrationResponse',
  },
  RegisterSecurityKey: {
    input: 'RegisterSecurityKeyRequest',
    output: 'RegisterSecurityKeyResponse',
  },
  EnableMFADevice: { input: 'EnableMFADeviceRequest' },
  ResyncMFADevice: { input: 'EnableMFADeviceRequest', output: 'ResyncMFADeviceResponse' },
  DeactivateMFADevice: { input: 'DeactivateMFADeviceRequest' },
  ListMFADevices: { input: 'OfUser', output: 'ListMFADevicesResponse' },
  ListUserCredentials: { input: 'PageRequest', output: 'ListUserCredentialsResponse' },
  GetLoginProfile: { input: 'OfUser', output: 'GetLoginProfileResponse' },
  ImportHardwareTokens: {
    input: 'ImportHardwareTokensRequest',
    output: 'ImportHardwareTokensResponse',
  },
  ListHardwareTokens: { input: 'PageRequest', output: 'ListHardwareTokensResponse' },
  DeleteHardwareToken: { input: 'DeleteHardwareTokenRequest' },
  GetMFARequirement: { output: 'MFARequirement' },
  PutMFARequirement: { input: 'MFARequirement' },
  ListSessions: { input: 'OfUser', output: 'ListSessionsResponse' },
  EndSessions: { input: 'EndSessionsRequest', output: 'EndSessionsResponse' },
  ChangeRootPassword: { input: 'ChangeRootPasswordRequest' },
} as const satisfies ModelDocument['operations']

export type SigninOperationName = keyof typeof OPERATIONS

/** Names as IAM's API reference constrains them. */
const SHAPES: Shapes = {
  ...STRUCTURES,
  Text: { type: 'string' },
  Integer: { type: 'integer' },
  Boolean: { type: 'boolean' },
  Timestamp: { type: 'timestamp' },
  Document: { type: 'document' },
  UserName: { type: 'string', min: 1, max: 64, pattern: '[\\w+=,.@-]+' },
  RoleName: { type: 'string', min: 1, max: 576, pattern: '[\\w+=,.@/-]+' },
  AccountOrAlias: { type: 'string', min: 3, max: 63, pattern: '[a-z0-9](-?[a-z0-9])*' },
  DisplayName: { type: 'string', min: 1, max: 64 },
  Color: { type: 'string', pattern: '[0-9A-Fa-f]{6}' },
  DeviceName: { type: 'string', min: 1, max: 64, pattern: '[\\w+=,.@-]+' },
  SerialNumber: { type: 'string', min: 9, max: 256, pattern: '[\\w+=/:,.@-]+' },
  AuthenticationCode: { type: 'string', min: 6, max: 8, pattern: '[\\d]+', sensitive: true },
  Marker: { type: 'string', min: 1, max: 320 },
  MaxItems: { type: 'integer', min: 1, max: 1000 },
  TokenFileFormat: { type: 'string', enum: ['PSKC', 'CSV'] },
  TokenFile: { type: 'string', min: 1, max: 524_288, sensitive: true },
  Passphrase: { type: 'string', min: 1, max: 1024, sensitive: true },
  PreSharedKey: { type: 'string', min: 1, max: 128, sensitive: true },
  MFARequirementMode: { type: 'string', enum: ['off', 'prompt', 'require'] },
  UserVerification: { type: 'string', enum: ['preferred', 'required'] },
  SessionId: { type: 'string', min: 36, max: 36, pattern: '[0-9a-f-]+' },
  Password: { type: 'string', min: 1, max: 128, sensitive: true },
  Certifications: { type: 'map', key: 'Text', value: 'Text' },
  MFADeviceList: { type: 'list', member: 'MFADevice' },
  UserCredentialsList: { type: 'list', member: 'UserCredentials' },
  AccessKeyList: { type: 'list', member: 'AccessKeyDetail' },
  TextList: { type: 'list', member: 'Text' },
  TokenList: { type: 'list', member: 'HardwareToken' },
  SessionList: { type: 'list', member: 'SessionDetail' },
}

let opened: Model | undefined

/** The model, opened at the first call. */
export const signinModel = (): Model =>
  (opened ??= openModel({
    service: 'signin',
    signingName: 'signin',
    version: '',
    xmlNamespace: '',
    operations: OPERATIONS,
    shapes: SHAPES,
    errors: {},
  }))
