// A device that is enrolled while signing in: because the account demands one, or because the page offered it. The password has
// just been proved, so the ceremony that enrols the device is the second lock of this very sign-in.
import { AwsError } from '@twinlock/protocol'
import { beginCeremony, takeCeremony } from '../../authentication/security-key-ceremonies.ts'
import type { NamedKeyHolder } from '../../authentication/security-keys.ts'
import {
  addSecurityKey,
  registrationOptionsFor,
  verifiedCredential,
} from '../../authentication/security-keys.ts'
import type { MfaMethod } from '../../authentication/mfa-method.ts'
import type { FoundAttempt } from '../../authentication/sign-in-attempts.ts'
import { dropBegunDevice } from '../../authentication/sign-in-attempts.ts'
import type { Context } from '../../services/context.ts'
import type { Codes, Holder } from '../../services/iam/mfa-assignments.ts'
import {
  checkRoomForDevice,
  demandMfaForOwnDevices,
  enableDevice,
} from '../../services/iam/mfa-assignments.ts'
import { CreateVirtualMFADevice, findMfaDevice } from '../../services/iam/virtual-mfa-devices.ts'
import { checkDeviceName } from '../../services/signin/device-names.ts'
import { keyHolderOf } from '../../services/signin/key-holder.ts'
import { touchAccount } from '../../store/account-revision.ts'
import { restartingTransaction } from '../../store/beforehand.ts'
import type {
  ConfirmAppInput,
  EnrolAppAnswer,
  EnrolAppInput,
  EnrolKeyInput,
  EnrolTokenInput,
  SecurityKeyInput,
  SecurityKeyOptions,
} from '../api.ts'
import type { Visit, WebParts } from '../visit.ts'
import { authenticationFailed, signInExpired } from '../web-error.ts'
import { admitCode, forgiveCodes } from './code-steps.ts'
import { enrolledRow } from './sign-in-audit.ts'
import type { StepResult } from './steps.ts'
import { contextOf, proceed, take, theAttempt, theSigner } from './steps.ts'

/** Makes an authenticator app's device; its secret is told this once. One that was begun before in this sign-in goes. */
export async function enrolApp(
  parts: WebParts,
  visit: Visit,
  token: string | undefined,
  { deviceName }: EnrolAppInput,
): Promise<EnrolAppAnswer> {
  checkDeviceName(deviceName)
  return changing(parts, visit, token, async (context, attempt) => {
    await dropBegunDevice(context.db, attempt.account, attempt)
    const made = await CreateVirtualMFADevice.perform({ VirtualMFADeviceName: deviceName }, context)
    if (made instanceof Error || made.VirtualMFADevice === undefined) throw signInExpired()
    const { SerialNumber: serialNumber = '', Base32StringSeed, QRCodePNG } = made.VirtualMFADevice
    await take(context.db, attempt, { enrolling: { serialNumber } })
    return {
      serialNumber,
      secret: Buffer.from(Base32StringSeed ?? []).toString(),
      qrCode: Buffer.from(QRCodePNG ?? []).toString('base64'),
    }
  })
}

/** Two consecutive codes of the app. @throws WebError AuthenticationFailed */
export async function confirmApp(
  parts: WebParts,
  visit: Visit,
  token: string | undefined,
  { code1, code2 }: ConfirmAppInput,
): Promise<StepResult> {
  const { attempt } = await theAttempt(parts, visit, token, 'enrol')
  const serialNumber = attempt.enrolling?.serialNumber
  if (serialNumber === undefined) throw signInExpired()
  return enrolWithCodes(parts, visit, token, {
    serialNumber,
    codes: [code1, code2],
    method: 'totp',
  })
}

/** A hardware token whose seed an administrator has imported. @throws WebError AuthenticationFailed, whatever is wrong */
export async function enrolToken(
  parts: WebParts,
  visit: Visit,
  token: string | undefined,
  { serialNumber, code1, code2 }: EnrolTokenInput,
): Promise<StepResult> {
  const { attempt } = await theAttempt(parts, visit, token, 'enrol')
  const device = await findMfaDevice(
    await contextOf(parts, visit, attempt.principal, parts.store.db),
    serialNumber,
  )
  // Which serial numbers there are, and who has them, is not told to who guesses them.
  if (device?.kind !== 'hardware' || device.principalId !== null) {
    await admitCode(parts, visit, attempt)
    throw authenticationFailed()
  }
  const codes = [code1, code2] as const
  return enrolWithCodes(parts, visit, token, { serialNumber, codes, method: 'hardware-token' })
}

async function enrolWithCodes(
  parts: WebParts,
  visit: Visit,
  token: string | undefined,
  device: { readonly serialNumber: string; readonly codes: Codes; readonly method: MfaMethod },
): Promise<StepResult> {
  const { attempt } = await theAttempt(parts, visit, token, 'enrol')
  await admitCode(parts, visit, attempt)
  const { serialNumber, codes, method } = device
  // A refusal is returned, not thrown: the ledger's count of it must be committed.
  const advanced = await changing<FoundAttempt | AwsError>(
    parts,
    visit,
    token,
    async (context, found) => {
      const refusal = await enableDevice(context, holderOf(found), serialNumber, codes)
      return refusal ?? enrolled(parts, visit, context, found, serialNumber, method)
    },
  )
  if (advanced instanceof Error) throw authenticationFailed()
  await forgiveCodes(parts, visit, attempt)
  return proceed(parts, visit, advanced)
}

/** What the browser asks the new key for. */
export async function enrolKey(
  parts: WebParts,
  visit: Visit,
  token: string | undefined,
  { deviceName }: EnrolKeyInput,
): Promise<SecurityKeyOptions> {
  checkDeviceName(deviceName)
  const { attempt } = await theAttempt(parts, visit, token, 'enrol')
  const { store, house, origin } = parts
  const { account, tokenHash, principal } = attempt
  const options = await store.transaction(async tx => {
    const holder = await namedHolder(await contextOf(parts, visit, principal, tx), attempt)
    const challenge = await beginCeremony(
      tx,
      { account, boundTo: tokenHash },
      { purpose: 'registration', principalId: principal.principalId, deviceName },
      house.random,
      visit.now,
    )
    return registrationOptionsFor(tx, holder, origin, challenge)
  })
  return { options }
}

/** The new key's answer. @throws WebError AuthenticationFailed */
export async function confirmKey(
  parts: WebParts,
  visit: Visit,
  token: string | undefined,
  { response }: SecurityKeyInput,
): Promise<StepResult> {
  const advanced = await changing(parts, visit, token, (context, attempt) =>
    enrolVerifiedKey(parts, visit, response, context, attempt),
  )
  if (advanced === undefined) throw authenticationFailed()
  if (advanced instanceof AwsError) throw advanced
  return proceed(parts, visit, advanced)
}

/** undefined of an answer that proves no key. Refusals are returned once the challenge is spent, for it must stay so. */
async function enrolVerifiedKey(
  parts: WebParts,
  visit: Visit,
  response: object,
  context: Context,
  attempt: FoundAttempt,
): Promise<FoundAttempt | AwsError | undefined> {
  const { origin: relyingParty, metadata, house } = parts
  const { now } = visit
  const { db, account } = context
  const place = { account, boundTo: attempt.tokenHash }
  const ceremony = await takeCeremony(db, place, 'registration', now)
  if (ceremony === undefined || ceremony.deviceName === null) return undefined
  const answer = { response, relyingParty, metadata, now }
  const credential = await verifiedCredential(db, ceremony, answer)
  if (credential === undefined) return undefined
  const holder = await namedHolder(context, attempt)
  // Somebody else with the password may have enrolled a device meanwhile: then it must be proved first.
  await demandMfaForOwnDevices(context, holderOf(attempt))
  await checkRoomForDevice(context, holderOf(attempt))
  const { deviceName } = ceremony
  const added = await addSecurityKey(db, holder, deviceName, credential, house.random, now)
  if (added instanceof AwsError) return added
  return enrolled(parts, visit, context, attempt, added, 'security-key')
}

/** Puts the enrolment off, where that is allowed. */
export async function enrolLater(
  parts: WebParts,
  visit: Visit,
  token: string | undefined,
): Promise<StepResult> {
  const { attempt, facts } = await theAttempt(parts, visit, token, 'enrol')
  if (facts.enrolment.demand === 'require') throw signInExpired()
  const advanced = await parts.store.transaction(tx => take(tx, attempt, { enrolsLater: true }))
  return proceed(parts, visit, advanced)
}

const holderOf = ({ principal }: FoundAttempt): Holder => ({
  principalId: principal.principalId,
  name: principal.kind === 'root' ? 'root' : principal.userName,
})

async function namedHolder(context: Context, { principal }: FoundAttempt): Promise<NamedKeyHolder> {
  const user = principal.kind === 'root' ? undefined : await theSigner(context, principal)
  return keyHolderOf(context, user)
}

/** The device is its holder's: that is a proof, too. */
async function enrolled(
  { trail }: WebParts,
  visit: Visit,
  { db }: Context,
  attempt: FoundAttempt,
  serialNumber: string,
  method: MfaMethod,
): Promise<FoundAttempt> {
  await dropBegunDevice(db, attempt.account, attempt)
  await trail.writeRow(db, enrolledRow(visit, attempt, serialNumber))
  const authenticatedAt = Math.floor(visit.now.getTime() / 1000)
  return take(db, attempt, { mfa: { authenticatedAt, serialNumber, method } })
}

/** A change to the account, by who stands before the enrolment. */
async function changing<Result>(
  parts: WebParts,
  visit: Visit,
  token: string | undefined,
  work: (context: Context, attempt: FoundAttempt) => Promise<Result>,
): Promise<Result> {
  const { attempt } = await theAttempt(parts, visit, token, 'enrol')
  const { account, principal } = attempt
  const result = await restartingTransaction(parts.store, async tx => {
    await touchAccount(tx, account)
    return work(await contextOf(parts, visit, principal, tx), attempt)
  })
  parts.principals.drop(account)
  return result
}
