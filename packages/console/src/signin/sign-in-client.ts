// What sign-in asks of the server. Each step answers with where the sign-in stands; cookies that no script sees hold it together.
import type {
  ChangePasswordInput,
  CodeInput,
  ConfirmAppInput,
  ContinueInput,
  EnrolAppAnswer,
  EnrolAppInput,
  EnrolKeyInput,
  EnrolTokenInput,
  PasswordInput,
  Problem,
  ResyncInput,
  SecurityKeyInput,
  SecurityKeyOptions,
  SignInState,
} from '@twinlock/server/console-api'
import { returnTo } from './return-to.ts'

type NoInput = Readonly<Record<string, never>>

/** The steps by their paths below `/signin/api/`. */
type Steps = {
  readonly password: Step<PasswordInput>
  readonly 'mfa/code': Step<CodeInput>
  readonly 'mfa/resync': Step<ResyncInput>
  readonly 'mfa/security-key/options': Step<NoInput, SecurityKeyOptions>
  readonly 'mfa/security-key': Step<SecurityKeyInput>
  readonly 'change-password': Step<ChangePasswordInput>
  readonly 'enrol/authenticator-app': Step<EnrolAppInput, EnrolAppAnswer>
  readonly 'enrol/authenticator-app/confirm': Step<ConfirmAppInput>
  readonly 'enrol/hardware-token': Step<EnrolTokenInput>
  readonly 'enrol/security-key/options': Step<EnrolKeyInput, SecurityKeyOptions>
  readonly 'enrol/security-key': Step<SecurityKeyInput>
  readonly 'enrol/later': Step<NoInput>
  readonly 'federation/continue': Step<ContinueInput>
  readonly 'federation/stay': Step<NoInput>
}

type Step<Input, Answer = SignInState> = { readonly input: Input; readonly answer: Answer }

/** A refusal, in the server's words. */
export class SignInProblem extends Error {
  override readonly name = 'SignInProblem'
  readonly code: string
  /** Codes failed several times. */
  readonly offerResync: boolean

  constructor({ code, message, offerResync = false }: Omit<Problem, 'requestId'>) {
    super(message)
    this.code = code
    this.offerResync = offerResync
  }
}

/** @throws SignInProblem */
export function takeStep<Path extends keyof Steps>(
  path: Path,
  input: Steps[Path]['input'],
): Promise<Steps[Path]['answer']> {
  return ask(path, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(input),
  })
}

/** Where this browser's sign-in stands, which leads to the page that was asked for. @throws SignInProblem */
export function readState(): Promise<SignInState> {
  const asked = new URLSearchParams(returnTo()).toString()
  return ask(asked === '' ? 'state' : `state?${asked}`, {})
}

async function ask<Answer>(path: string, request: RequestInit): Promise<Answer> {
  const response = await fetch(`/signin/api/${path}`, request).catch(unreachable)
  const answer: unknown = await response.json().catch(() => undefined)
  // The shape is what `console-api` says of this path.
  if (response.ok && answer !== undefined) return answer as Answer
  throw new SignInProblem(isProblem(answer) ? answer : noAnswer(response.status))
}

function isProblem(answer: unknown): answer is Problem {
  return typeof answer === 'object' && answer !== null && 'code' in answer && 'message' in answer
}

function unreachable(): never {
  throw new SignInProblem({
    code: 'Unreachable',
    message: 'The server cannot be reached. Check your connection and try again.',
  })
}

/** A proxy's page, for example. */
const noAnswer = (status: number) => ({
  code: 'ServiceFailure',
  message: `The server could not answer (status ${status}). Try again in a moment.`,
})

export const explain = (error: unknown): string =>
  error instanceof SignInProblem
    ? error.message
    : 'Something went wrong on this page. Reload it and try again.'
