// What AWS says of a document that is not built like a policy. Three parser families, each with words
// of its own: that of IAM's permission policies, that of trust and other resource policies, and that
// of Organizations, which always says the same.
import { PolicyError } from '../policy-error.ts'
import type { Position } from '../position.ts'

/** The texts of one family, where they differ. */
export type Wording = {
  readonly notJson: string
  readonly malformed: string
  readonly unknownField: (name: string) => string
  readonly badVersion: string
  readonly noStatement: string
  readonly noEffect: string
  readonly badEffect: (effect: string) => string
  /** The error for a document of which `message` is true. */
  readonly refusal: (message: string, position: Position) => PolicyError
}

const SYNTAX_ERRORS = 'Syntax errors in policy.'

/** CreatePolicy, Put…Policy, session policies. */
export const PERMISSIONS_WORDING: Wording = {
  notJson: SYNTAX_ERRORS,
  malformed: SYNTAX_ERRORS,
  unknownField: () => SYNTAX_ERRORS,
  badVersion: SYNTAX_ERRORS,
  noStatement: SYNTAX_ERRORS,
  noEffect: SYNTAX_ERRORS,
  badEffect: () => SYNTAX_ERRORS,
  refusal: (message, position) => new PolicyError(message, position),
}

/** CreateRole, UpdateAssumeRolePolicy. */
export const TRUST_WORDING: Wording = {
  notJson: 'This policy contains invalid Json',
  malformed: SYNTAX_ERRORS,
  unknownField: name => `Unknown field ${name}`,
  badVersion: 'The policy must contain a valid version string',
  noStatement: 'Could not parse the policy: Statement is empty!',
  noEffect: 'Missing required field Effect',
  badEffect: effect => `Invalid effect: ${effect}`,
  refusal: PERMISSIONS_WORDING.refusal,
}

/** Organizations' CreatePolicy, UpdatePolicy. */
export const ORGANIZATIONS_WORDING: Wording = {
  ...PERMISSIONS_WORDING,
  refusal: (detail, position) =>
    new PolicyError(
      'The provided policy document does not meet the requirements of the specified policy type.',
      position,
      { code: 'MalformedPolicyDocumentException', detail },
    ),
}
