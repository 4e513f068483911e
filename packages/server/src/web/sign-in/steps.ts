// What a step of a sign-in works with, and where it leads: to the next step, or to a session.
import assert from 'node:assert/strict'
import { callerOf } from '../../authentication/authenticate.ts'
import { openBrowserSession } from '../../authentication/browser-session-changes.ts'
import { newKnownBrowser } from '../../authentication/known-browsers.ts'
import type { Session } from '../../authentication/session-tokens.ts'
import type { Attempt, FoundAttempt } from '../../authentication/sign-in-attempts.ts'
import { advanceAttempt, closeAttempt, findAttempt } from '../../authentication/sign-in-attempts.ts'
import type { SignInPrincipal } from '../../authentication/sign-in-password.ts'
import type { NextStep } from '../../authentication/sign-in-state.ts'
import { nextStep } from '../../authentication/sign-in-state.ts'
import { METHOD_OF } from '../../authentication/mfa-method.ts'
import { newUniqueId } from '../../identifiers/unique-ids.ts'
import type { Context } from '../../services/context.ts'
import type { UserRow } from '../../services/iam/user-lookup.ts'
import { findUserById } from '../../services/iam/user-lookup.ts'
import type { Queries } from '../../store/store.ts'
import type { PasswordRequirements, SignInState } from '../api.ts'
import type { Visit, WebParts } from '../visit.ts'
import { WebError, signInExpired } from '../web-error.ts'
import type { AttemptFacts } from './attempt-facts.ts'
import { readFacts } from './attempt-facts.ts'
import { signedInRow } from './sign-in-audit.ts'

/** The next state, and the cookies that go with it: undefined takes one away, an absent one stays. */
export type StepResult = {
  readonly state: SignInState
  readonly cookies: {
    readonly attempt?: string | undefined
    readonly session?: string
    readonly browser?: string
  }
}

/** Wrong codes after which the page offers to set the device's clock right. */
const RESYNC_OFFERED_AFTER = 3

export const offersResync = ({ wrongCodes }: Pick<FoundAttempt, 'wrongCodes'>) =>
  wrongCodes >= RESYNC_OFFERED_AFTER

/**
 * The attempt of a cookie, and what it depends on now.
 * @param step the only one at which it may stand
 * @throws WebError SignInExpired; of one whose password was changed or whose device was taken away meanwhile, too
 */
export async function theAttempt(
  parts: WebParts,
  visit: Visit,
  token: string | undefined,
  step?: NextStep,
): Promise<{ readonly attempt: FoundAttempt; readonly facts: AttemptFacts }> {
  const found =
    token === undefined ? undefined : await findAttempt(parts.store.db, token, visit.now)
  if (found === undefined) throw signInExpired()
  const facts = await readFacts(parts.store.db, found.principal, parts.rootMfaGraceDays, visit.now)
  if (facts.passwordMark !== found.passwordMark) throw signInExpired()
  if (isProofGone(found, facts)) throw signInExpired()
  if (step !== undefined && nextStep(found, facts) !== step) throw signInExpired()
  return { attempt: found, facts }
}

/** The device that proved the second factor is no longer its person's. */
const isProofGone = ({ mfa }: Attempt, { devices }: AttemptFacts) =>
  mfa !== undefined && !devices.some(({ serialNumber }) => serialNumber === mfa.serialNumber)

/** Takes a step. @throws WebError SignInExpired where another tab took one before */
export async function take(
  db: Queries,
  attempt: FoundAttempt,
  step: Partial<Attempt>,
): Promise<FoundAttempt> {
  const advanced = await advanceAttempt(db, attempt, step)
  if (advanced === undefined) throw signInExpired()
  return advanced
}

/** Where the attempt stands; the session, when nothing is left to prove. */
export async function proceed(
  parts: WebParts,
  visit: Visit,
  attempt: FoundAttempt,
): Promise<StepResult> {
  const facts = await readFacts(
    parts.store.db,
    attempt.principal,
    parts.rootMfaGraceDays,
    visit.now,
  )
  const step = nextStep(attempt, facts)
  switch (step) {
    case 'finish':
      return finish(parts, visit, attempt)
    case 'password-expired':
      await parts.store.transaction(tx => closeAttempt(tx, attempt))
      throw passwordExpired()
    case 'mfa':
    case 'change-password':
    case 'enrol':
      return { state: stateOf(step, attempt, facts), cookies: {} }
    default:
      return step satisfies never
  }
}

/** What the page shows at a step. */
export function stateOf(
  step: 'mfa' | 'change-password' | 'enrol',
  attempt: FoundAttempt,
  { devices, enrolment, password, passwordPolicy }: AttemptFacts,
): SignInState {
  switch (step) {
    case 'mfa':
      return {
        state: 'mfa',
        devices: devices.map(({ serialNumber, deviceName, kind }) => ({
          serialNumber,
          deviceName,
          method: METHOD_OF[kind],
        })),
        methods: [...new Set(devices.map(({ kind }) => METHOD_OF[kind]))],
        offerResync: offersResync(attempt),
      }
    case 'change-password':
      assert(password.kind === 'must-change')
      return {
        state: 'change-password',
        reason: password.reason,
        requirements: requirementsOf(passwordPolicy),
      }
    case 'enrol': {
      const by = enrolment.demand === 'prompt' ? enrolment.by : undefined
      return {
        state: 'enrol',
        required: enrolment.demand === 'require',
        ...(by && { by: by.toISOString() }),
      }
    }
    default:
      return step satisfies never
  }
}

/** AWS's default policy asks for three classes of four, and no certain one. */
function requirementsOf(policy: AttemptFacts['passwordPolicy']): PasswordRequirements {
  return policy === undefined
    ? {
        minimumLength: 8,
        uppercase: false,
        lowercase: false,
        numbers: false,
        symbols: false,
        classes: 3,
      }
    : {
        minimumLength: policy.MinimumPasswordLength,
        uppercase: policy.RequireUppercaseCharacters,
        lowercase: policy.RequireLowercaseCharacters,
        numbers: policy.RequireNumbers,
        symbols: policy.RequireSymbols,
      }
}

const passwordExpired = () =>
  new WebError(
    'PasswordExpired',
    'Your password has expired. Ask your administrator to set a new one.',
  )

/** Opens the session. The attempt, the session and the record are one transaction: of two tabs one gets a session. */
async function finish(parts: WebParts, visit: Visit, attempt: FoundAttempt): Promise<StepResult> {
  const { store, house, trail, sessionHours } = parts
  const { principal, passwordMark, mfa, returnTo } = attempt
  const { account, principalId } = principal
  const { now, connection, userAgent } = visit
  const { arn } = (await contextOf(parts, visit, principal, store.db)).caller
  const session = newConsoleSession(parts, visit, principal, sessionHours * 3600, mfa)
  const opened = await store.transaction(async tx => {
    if (!(await closeAttempt(tx, attempt))) throw signInExpired()
    await notePasswordUse(tx, principal, now)
    await trail.writeRow(tx, signedInRow(parts, visit, attempt, arn))
    const { sourceIp } = connection
    return openBrowserSession(tx, { session, passwordMark, sourceIp, userAgent }, house.random, now)
  })
  return {
    state: { state: 'signed-in', returnTo },
    cookies: {
      attempt: undefined,
      session: opened.token,
      browser: newKnownBrowser(
        house.keyring,
        { account, principalId, passwordMark },
        house.random,
        now,
      ),
    },
  }
}

/** The facts of a browser's session. Its access key is a name in the audit: there is no secret to it. */
export function newConsoleSession(
  { house }: WebParts,
  { now }: Visit,
  { account, principalId }: Pick<SignInPrincipal, 'account' | 'principalId'>,
  seconds: number,
  mfa: Session['mfa'],
): Session {
  const issuedAt = Math.floor(now.getTime() / 1000)
  return {
    account,
    accessKeyId: newUniqueId('ASIA', account, house.random),
    issuedAt,
    expiresAt: issuedAt + seconds,
    issuedBy: 'Console',
    principalId,
    ...(mfa && { mfa }),
  }
}

/** The user who signs in, by the id: somebody else may have the name by now. @throws WebError SignInExpired of one who is gone */
export async function theSigner(
  context: Context,
  { principalId }: SignInPrincipal,
): Promise<UserRow> {
  const user = await findUserById(context, principalId)
  if (user === undefined) throw signInExpired()
  return user
}

/** The context of whoever signs in, for the operations that a sign-in may need. It has no permissions to ask for: the account asks. */
export async function contextOf(
  parts: WebParts,
  visit: Visit,
  principal: SignInPrincipal,
  db: Queries,
): Promise<Context> {
  const { house, principals } = parts
  const { account, principalId } = principal
  const { now, requestId, connection, userAgent, referer } = visit
  await principals.refresh(account, now)
  const found = await principals.find(account, principalId)
  if (found === undefined) throw signInExpired()
  const session = newConsoleSession(parts, visit, principal, 0, undefined)
  return {
    account,
    caller: callerOf(found, account, session.accessKeyId, session),
    now,
    region: 'us-east-1',
    db,
    house,
    request: { ...connection, requestId, userAgent, referer },
  }
}

async function notePasswordUse(tx: Queries, principal: SignInPrincipal, now: Date): Promise<void> {
  const { account, principalId } = principal
  const at = now.getTime()
  if (principal.kind === 'root') {
    await tx
      .updateTable('account')
      .set({ rootPasswordLastUsed: at })
      .where('accountId', '=', account)
      .execute()
  } else {
    await tx
      .updateTable('user')
      .set({ passwordLastUsed: at })
      .where('accountId', '=', account)
      .where('userId', '=', principalId)
      .execute()
  }
}
