// What AWS's services decide by themselves, whatever policies say.
// https://docs.aws.amazon.com/STS/latest/APIReference/API_GetSessionToken.html
// https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_temp_control-access_getsessiontoken.html
import { MFA_STATES } from '../mfa-states.ts'
import type { PrincipalFacts } from '../principal.ts'
import { ALWAYS, gradeIn, inEveryState, NEVER, type PackedReach, withGrade } from './reach.ts'

const LONG_TERM_KEY = MFA_STATES.indexOf('longTermKey')
const NO_MFA_SESSION = MFA_STATES.indexOf('noMfaSession')

/** Permissions that AssumeRole asks for, and no calls of their own. */
const PARTS_OF_ASSUME_ROLE: ReadonlySet<string> = new Set([
  'sts:setcontext',
  'sts:setsourceidentity',
  'sts:tagsession',
])

/** Who calls, as far as these rules look. */
export type Caller = Pick<PrincipalFacts, 'kind'> & {
  /** Whether it may sign in to the console, whose sessions the rules for GetSessionToken do not bind. */
  readonly maySignIn: boolean
}

/** The reach of an action (in lower case) after the rules, from its reach by policies. */
export function afterServiceRules(
  lowerAction: string,
  reach: PackedReach,
  caller: Caller,
): PackedReach {
  switch (lowerAction) {
    case 'sts:getcalleridentity':
      return inEveryState(ALWAYS)
    case 'sts:getsessiontoken':
      // An authentication, not an authorization: policies have no say, only the credentials do.
      return onlyLongTerm(inEveryState(ALWAYS), caller)
    case 'sts:getfederationtoken':
      return onlyLongTerm(reach, caller)
    case 'sts:assumerole':
      // "Roles may not be assumed by root accounts."
      return caller.kind === 'root' ? inEveryState(NEVER) : reach
    default:
      return asSession(lowerAction, reach, caller)
  }
}

/** A user and the root user have long-term keys; nobody has them in a session. */
function onlyLongTerm(reach: PackedReach, { kind }: Caller): PackedReach {
  if (kind !== 'user' && kind !== 'root') return inEveryState(NEVER)
  return withGrade(inEveryState(NEVER), LONG_TERM_KEY, gradeIn(reach, LONG_TERM_KEY))
}

/**
 * A session of GetSessionToken may call no IAM if it is without MFA, and of STS but AssumeRole and
 * GetCallerIdentity. Whoever may sign in has sessions of another make.
 */
function asSession(lowerAction: string, reach: PackedReach, caller: Caller): PackedReach {
  if (caller.maySignIn || (caller.kind !== 'user' && caller.kind !== 'root')) return reach
  if (lowerAction.startsWith('iam:')) return withGrade(reach, NO_MFA_SESSION, NEVER)
  const isCall = lowerAction.startsWith('sts:') && !PARTS_OF_ASSUME_ROLE.has(lowerAction)
  return isCall ? onlyLongTerm(reach, caller) : reach
}
