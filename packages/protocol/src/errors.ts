// The words of refusal: AWS's error codes with their HTTP status, and the one error class that carries them to the wire.
// Modelled codes follow the IAM and STS models; the rest the "Common Error Types" pages of their API references.

/**
 * Every code that may reach the wire, with its HTTP status. Pages of AWS disagree on two of the common codes.
 * IncompleteSignature is 400 as STS really answers (hashicorp/terraform-provider-aws#26202), though newer
 * pages print 403. MalformedQueryString has the 404 that all pages print.
 */
export const ERROR_STATUS = {
  // Who is asking: the signature and the credentials, before any operation runs.
  AccessDenied: 403,
  ExpiredToken: 403,
  IncompleteSignature: 400,
  InvalidClientTokenId: 403,
  MissingAuthenticationToken: 403,
  NotAuthorized: 400,
  OptInRequired: 403,
  RequestExpired: 400,
  SignatureDoesNotMatch: 403,

  // What is asked: the request as such.
  InternalFailure: 500,
  InvalidAction: 400,
  InvalidParameterCombination: 400,
  InvalidParameterValue: 400,
  InvalidQueryParameter: 400,
  MalformedInput: 400,
  MalformedQueryString: 404,
  MissingAction: 400,
  MissingParameter: 400,
  RequestAborted: 400,
  RequestEntityTooLarge: 413,
  ServiceUnavailable: 503,
  Throttling: 400,
  ThrottlingException: 400,
  ValidationError: 400,

  // IAM.
  AccountNotManagementOrDelegatedAdministratorException: 400,
  CallerIsNotManagementAccountException: 400,
  ConcurrentModification: 409,
  DeleteConflict: 409,
  DuplicateCertificate: 409,
  DuplicateSSHPublicKey: 400,
  EntityAlreadyExists: 409,
  EntityTemporarilyUnmodifiable: 409,
  FeatureDisabled: 404,
  FeatureEnabled: 409,
  InvalidAuthenticationCode: 403,
  InvalidCertificate: 400,
  InvalidInput: 400,
  InvalidPublicKey: 400,
  InvalidUserType: 400,
  KeyPairMismatch: 400,
  LimitExceeded: 409,
  MalformedCertificate: 400,
  MalformedPolicyDocument: 400,
  NameConflict: 409,
  NoSuchEntity: 404,
  NotSupportedService: 404,
  OpenIdIdpCommunicationError: 400,
  OrganizationNotFoundException: 400,
  OrganizationNotInAllFeaturesModeException: 400,
  PasswordPolicyViolation: 400,
  PolicyEvaluation: 500,
  PolicyNotAttachable: 400,
  ReportExpired: 410,
  ReportGenerationLimitExceeded: 409,
  ReportInProgress: 404,
  ReportNotPresent: 410,
  RoleModified: 409,
  RoleTemplateDisabled: 400,
  ServiceAccessNotEnabledException: 400,
  ServiceFailure: 500,
  UnmodifiableEntity: 400,
  UnrecognizedPublicKeyEncoding: 400,

  // STS. A code keeps the suffix `Exception` where the model has no other name for the wire.
  ExpiredTokenException: 400,
  ExpiredTradeInTokenException: 400,
  IDPCommunicationError: 400,
  IDPRejectedClaim: 403,
  InvalidAuthorizationMessageException: 400,
  InvalidIdentityToken: 400,
  JWTPayloadSizeExceededException: 400,
  OutboundWebIdentityFederationDisabledException: 403,
  PackedPolicyTooLarge: 400,
  RegionDisabledException: 403,
  SessionDurationEscalationException: 403,
} as const satisfies Record<string, number>

/** A code of `ERROR_STATUS`. */
export type ErrorCode = keyof typeof ERROR_STATUS

/**
 * A refusal that the caller may read: `code` and `message` go to the wire, `cause` only to the log. Without a message the
 * wire has no `Message` element, as AWS answers ReportNotPresent.
 */
export class AwsError extends Error {
  override readonly name = 'AwsError'
  readonly code: ErrorCode

  constructor(code: ErrorCode, message = '', options?: ErrorOptions) {
    super(message, options)
    this.code = code
  }

  /** The HTTP status that goes with the code. */
  get status(): number {
    return ERROR_STATUS[this.code]
  }

  /** Whose fault it is, in the envelope's words. */
  get type(): 'Sender' | 'Receiver' {
    return this.status < 500 ? 'Sender' : 'Receiver'
  }
}
