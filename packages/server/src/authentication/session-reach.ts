// What temporary credentials can call at all, whatever the policies say: sessions of GetSessionToken without MFA and of
// GetFederationToken are unknown to IAM, and STS serves few of their calls
// (https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_sts-comparison.html).
import { AwsError } from '@twinlock/protocol'
import type { Caller } from './caller.ts'
import type { Session } from './session-tokens.ts'

/** These refuse every session in words of their own. */
const FOR_LONG_TERM_KEYS = ['GetSessionToken', 'GetFederationToken']

/** The operations of STS that a session may call. */
const STS_REACH: Readonly<Record<Session['issuedBy'], ReadonlySet<string> | 'all'>> = {
  AssumeRole: 'all',
  GetSessionToken: new Set(['AssumeRole', 'GetCallerIdentity', ...FOR_LONG_TERM_KEYS]),
  GetFederationToken: new Set(['GetCallerIdentity', ...FOR_LONG_TERM_KEYS]),
  Console: 'all',
}

/** Whether a session calls IAM, with MFA or without. */
const IAM_REACH: Readonly<Record<Session['issuedBy'], boolean>> = {
  AssumeRole: true,
  GetSessionToken: false,
  GetFederationToken: false,
  Console: true,
}

/**
 * @param operation as the client spelled it
 * @throws AwsError InvalidClientTokenId, as AWS answers: it does not know the credentials there
 */
export function demandReach({ session }: Caller, service: string, operation: string): void {
  if (session === undefined || reaches(session, service, operation)) return
  throw new AwsError(
    'InvalidClientTokenId',
    'The security token included in the request is invalid',
  )
}

function reaches({ issuedBy, mfa }: Session, service: string, operation: string): boolean {
  switch (service) {
    case 'iam':
      return IAM_REACH[issuedBy] || (issuedBy === 'GetSessionToken' && mfa !== undefined)
    case 'sts': {
      const reach = STS_REACH[issuedBy]
      return reach === 'all' || reach.has(operation)
    }
    default:
      return true
  }
}
