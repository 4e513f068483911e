// Refusals of the web door that AWS has no code for, and how any refusal looks to the pages.
import { AwsError } from '@twinlock/protocol'
import type { ProblemCode, Problem } from './api.ts'

const STATUS = {
  AuthenticationFailed: 401,
  SignInExpired: 401,
  SessionExpired: 401,
  SessionChanged: 409,
  PasswordExpired: 403,
  CrossOriginRequest: 403,
  TooManyAttempts: 429,
  NotFound: 404,
  MethodNotAllowed: 405,
  UnsupportedMediaType: 415,
  MisdirectedRequest: 421,
} as const satisfies Record<ProblemCode, number>

type Facts = Pick<Problem, 'retryAfterSeconds' | 'offerResync'>

export class WebError extends Error {
  override readonly name = 'WebError'
  readonly code: ProblemCode
  readonly facts: Facts

  constructor(code: ProblemCode, message: string, facts: Facts = {}) {
    super(message)
    this.code = code
    this.facts = facts
  }

  get status(): number {
    return STATUS[this.code]
  }
}

/** One answer for an account, a user, a password or a code that is wrong. */
export const authenticationFailed = (facts: Facts = {}) =>
  new WebError(
    'AuthenticationFailed',
    'Your authentication information is incorrect. Please try again.',
    facts,
  )

export const tooManyAttempts = (retryAfterSeconds: number) =>
  new WebError(
    'TooManyAttempts',
    `Too many attempts. Please try again in ${waitInWords(retryAfterSeconds)}.`,
    { retryAfterSeconds },
  )

function waitInWords(seconds: number): string {
  if (seconds === 1) return '1 second'
  return seconds <= 120 ? `${seconds} seconds` : `${Math.ceil(seconds / 60)} minutes`
}

export const signInExpired = () =>
  new WebError(
    'SignInExpired',
    'Your sign-in took too long, or was finished elsewhere. Please start again.',
  )

export const sessionExpired = () =>
  new WebError('SessionExpired', 'Your session has ended. Please sign in again.')

export const sessionChanged = () =>
  new WebError(
    'SessionChanged',
    'Who is signed in, or the role, was changed in another tab since this page was loaded. Nothing was done. Reload the page.',
  )

export function problemOf(error: AwsError | WebError, requestId: string): Problem {
  const facts = error instanceof WebError ? error.facts : {}
  return { code: error.code, message: error.message, requestId, ...facts }
}
