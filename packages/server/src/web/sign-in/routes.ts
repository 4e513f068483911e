// `/signin/api/…`: the steps of a sign-in as JSON (api.ts).
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { AwsError } from '@twinlock/protocol'
import { endBrowserSession } from '../../authentication/browser-session-endings.ts'
import { findAttempt } from '../../authentication/sign-in-attempts.ts'
import type { SignInName } from '../../authentication/sign-in-password.ts'
import { nextStep } from '../../authentication/sign-in-state.ts'
import type { CodeInput, SignInState } from '../api.ts'
import { readCookie, writeCookie } from '../cookies.ts'
import { findSignedIn } from '../console/browser-caller.ts'
import { findConfirmation } from '../federation/confirmation-routes.ts'
import type { JsonObject } from '../json-body.ts'
import { optionalText, textOf } from '../json-body.ts'
import { returnPath } from '../return-path.ts'
import type { Visit, WebParts } from '../visit.ts'
import { WebError } from '../web-error.ts'
import { changePassword } from './change-password-step.ts'
import { submitCode, submitResync } from './code-steps.ts'
import {
  confirmApp,
  confirmKey,
  enrolApp,
  enrolKey,
  enrolLater,
  enrolToken,
} from './enrolment-steps.ts'
import { submitPassword } from './password-step.ts'
import { askSecurityKey, submitSecurityKey } from './security-key-steps.ts'
import type { StepResult } from './steps.ts'
import { stateOf, theAttempt } from './steps.ts'

/** A step of an attempt: its token, what was sent, and where that leads. */
type Step = (
  parts: WebParts,
  visit: Visit,
  token: string | undefined,
  input: JsonObject,
) => Promise<StepResult>

/** A step that answers something for the browser to work with, and leaves the attempt where it is. */
type Question = (
  parts: WebParts,
  visit: Visit,
  token: string | undefined,
  input: JsonObject,
) => Promise<object>

const STEPS: Readonly<Record<string, Step>> = {
  'mfa/code': (parts, visit, token, input) => submitCode(parts, visit, token, codeInput(input)),
  'mfa/resync': (parts, visit, token, input) =>
    submitResync(parts, visit, token, {
      serialNumber: textOf(input, 'serialNumber'),
      code1: textOf(input, 'code1'),
      code2: textOf(input, 'code2'),
    }),
  'mfa/security-key': (parts, visit, token, input) =>
    submitSecurityKey(parts, visit, token, { response: responseOf(input) }),
  'change-password': (parts, visit, token, input) =>
    changePassword(parts, visit, token, { newPassword: textOf(input, 'newPassword') }),
  'enrol/authenticator-app/confirm': (parts, visit, token, input) =>
    confirmApp(parts, visit, token, {
      code1: textOf(input, 'code1'),
      code2: textOf(input, 'code2'),
    }),
  'enrol/hardware-token': (parts, visit, token, input) =>
    enrolToken(parts, visit, token, {
      serialNumber: textOf(input, 'serialNumber'),
      code1: textOf(input, 'code1'),
      code2: textOf(input, 'code2'),
    }),
  'enrol/security-key': (parts, visit, token, input) =>
    confirmKey(parts, visit, token, { response: responseOf(input) }),
  'enrol/later': (parts, visit, token) => enrolLater(parts, visit, token),
}

const QUESTIONS: Readonly<Record<string, Question>> = {
  'mfa/security-key/options': (parts, visit, token) => askSecurityKey(parts, visit, token),
  'enrol/authenticator-app': (parts, visit, token, input) =>
    enrolApp(parts, visit, token, { deviceName: textOf(input, 'deviceName') }),
  'enrol/security-key/options': (parts, visit, token, input) =>
    enrolKey(parts, visit, token, { deviceName: textOf(input, 'deviceName') }),
}

export type SignInRoutes = {
  readonly parts: WebParts
  readonly visitOf: (request: FastifyRequest) => Visit
  /** The request's JSON; it was read when the page was known to be ours. */
  readonly inputOf: (request: FastifyRequest) => JsonObject
}

export function signInRoutes(app: FastifyInstance, routes: SignInRoutes): void {
  const { parts, visitOf, inputOf } = routes
  const { origin } = parts
  const attemptOf = (request: FastifyRequest) => readCookie(request, 'attempt', origin)

  app.get('/signin/api/state', async (request): Promise<SignInState> => {
    const visit = visitOf(request)
    const confirmation = await findConfirmation(parts, visit, request)
    if (confirmation !== undefined) return confirmation
    const token = attemptOf(request)
    if (
      token !== undefined &&
      (await findAttempt(parts.store.db, token, visit.now)) !== undefined
    ) {
      return standing(parts, visit, token)
    }
    const sessionToken = readCookie(request, 'session', origin) ?? ''
    return (await findSignedIn(parts, sessionToken, visit.now)) === undefined
      ? { state: 'password' }
      : { state: 'signed-in', returnTo: returnPath(askedFor(request), origin.origin) }
  })

  app.post('/signin/api/password', async (request, reply) => {
    const input = inputOf(request)
    const result = await submitPassword(parts, visitOf(request), {
      name: nameOf(input),
      password: textOf(input, 'password'),
      returnTo: returnPath(optionalText(input, 'returnTo'), origin.origin),
      knownBrowser: readCookie(request, 'browser', origin),
    })
    return answer(routes, request, reply, result)
  })

  for (const [path, step] of Object.entries(STEPS)) {
    app.post(`/signin/api/${path}`, async (request, reply) => {
      const result = await step(parts, visitOf(request), attemptOf(request), inputOf(request))
      return answer(routes, request, reply, result)
    })
  }

  for (const [path, question] of Object.entries(QUESTIONS)) {
    app.post(`/signin/api/${path}`, request =>
      question(parts, visitOf(request), attemptOf(request), inputOf(request)),
    )
  }
}

/** The page that a link asked for; one that cannot be read leads to the first page. */
function askedFor({ query }: FastifyRequest): string | undefined {
  const { returnTo } = query as { readonly returnTo?: unknown }
  return typeof returnTo === 'string' ? returnTo : undefined
}

/** Where an attempt stands, without a step taken. */
async function standing(parts: WebParts, visit: Visit, token: string): Promise<SignInState> {
  const stands = await findStanding(parts, visit, token)
  if (stands === undefined) return { state: 'password' }
  const { attempt, facts } = stands
  const step = nextStep(attempt, facts)
  // What has nothing left to show was left between two steps: it begins again.
  return step === 'finish' || step === 'password-expired'
    ? { state: 'password' }
    : stateOf(step, attempt, facts)
}

/** undefined of an attempt that is over: its time, or its password. */
async function findStanding(parts: WebParts, visit: Visit, token: string) {
  try {
    return await theAttempt(parts, visit, token)
  } catch (error) {
    if (error instanceof WebError && error.code === 'SignInExpired') return undefined
    throw error
  }
}

/** A browser that signs in anew leaves its former session. */
async function answer(
  { parts, visitOf }: SignInRoutes,
  request: FastifyRequest,
  reply: FastifyReply,
  { state, cookies }: StepResult,
): Promise<SignInState> {
  const { origin } = parts
  if ('attempt' in cookies) writeCookie(reply, 'attempt', cookies.attempt, origin)
  if (cookies.browser !== undefined) writeCookie(reply, 'browser', cookies.browser, origin)
  if (cookies.session !== undefined) {
    const former = readCookie(request, 'session', origin)
    if (former !== undefined) await endFormer(parts, visitOf(request), former)
    writeCookie(reply, 'session', cookies.session, origin)
  }
  return state
}

async function endFormer({ sessions, store }: WebParts, { now }: Visit, token: string) {
  const former = await sessions.find(token, now)
  if (former !== undefined) await store.transaction(tx => endBrowserSession(tx, former))
}

function nameOf(input: JsonObject): SignInName {
  const kind = textOf(input, 'kind')
  switch (kind) {
    case 'root':
      return { kind, email: textOf(input, 'email').trim() }
    case 'user':
      return {
        kind,
        account: textOf(input, 'account').trim(),
        userName: textOf(input, 'userName').trim(),
      }
    default:
      throw new AwsError('InvalidParameterValue', "kind must be 'root' or 'user'.")
  }
}

function codeInput(input: JsonObject): CodeInput {
  const method = textOf(input, 'method')
  if (method === 'totp' || method === 'hardware-token') {
    // People type them as they are shown, in two groups.
    return { method, code: textOf(input, 'code').replaceAll(' ', '') }
  }
  throw new AwsError('InvalidParameterValue', "method must be 'totp' or 'hardware-token'.")
}

/** What a browser's authenticator said; it is taken apart where it is verified. */
function responseOf(input: JsonObject): object {
  const response = Object.hasOwn(input, 'response') ? input['response'] : undefined
  if (typeof response === 'object' && response !== null) return response
  throw new AwsError('MissingParameter', 'The request must have response.')
}
