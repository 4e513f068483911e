// A virtual MFA device in a tester's hand: made by the server, showing the codes of the server's clock.
import type { IAMClient } from '@aws-sdk/client-iam'
import { CreateVirtualMFADeviceCommand, EnableMFADeviceCommand } from '@aws-sdk/client-iam'
import { decodeBase32, timeStep, totpCode, totpSecret } from '@twinlock/factors'
import type { TestClock } from './twinlock.ts'

export type Authenticator = {
  readonly SerialNumber: string
  /** The code of the running time step, or of one so many steps before or after it. */
  readonly code: (steps?: number) => string
  /** The codes of the step before and of the running one, as EnableMFADevice and ResyncMFADevice take them. */
  readonly pair: (steps?: number) => Pair
  /** SerialNumber and TokenCode, as GetSessionToken and AssumeRole take them. */
  readonly proof: (steps?: number) => { readonly SerialNumber: string; readonly TokenCode: string }
}

type Pair = { readonly AuthenticationCode1: string; readonly AuthenticationCode2: string }

/** Makes a virtual MFA device as the client `iam`. */
export async function newAuthenticator(
  iam: IAMClient,
  clock: Pick<TestClock, 'seconds'>,
  VirtualMFADeviceName: string,
  Path = '/',
): Promise<Authenticator> {
  const { VirtualMFADevice } = await iam.send(
    new CreateVirtualMFADeviceCommand({ VirtualMFADeviceName, Path }),
  )
  const { SerialNumber = '', Base32StringSeed = new Uint8Array() } = VirtualMFADevice ?? {}
  return authenticatorOf(SerialNumber, Buffer.from(Base32StringSeed).toString(), clock)
}

/** The device of a seed that is known. */
export function authenticatorOf(
  SerialNumber: string,
  seed: string,
  clock: Pick<TestClock, 'seconds'>,
): Authenticator {
  const secret = totpSecret(decodeBase32(seed))
  const code = (steps = 0) => totpCode(secret, timeStep(clock.seconds()) + steps)
  return {
    SerialNumber,
    code,
    pair: (steps = 0) => ({
      AuthenticationCode1: code(steps - 1),
      AuthenticationCode2: code(steps),
    }),
    proof: (steps = 0) => ({ SerialNumber, TokenCode: code(steps) }),
  }
}

/** Makes a device and enables it for a user, as the client `iam`. */
export async function enrol(
  iam: IAMClient,
  clock: Pick<TestClock, 'seconds'>,
  UserName: string,
  deviceName: string,
): Promise<Authenticator> {
  const device = await newAuthenticator(iam, clock, deviceName)
  const { SerialNumber, pair } = device
  await iam.send(new EnableMFADeviceCommand({ UserName, SerialNumber, ...pair() }))
  return device
}
