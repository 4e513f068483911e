// Hardware tokens in a tester's hand: their seeds are known, and an administrator has given them to somebody.
import { decodeBase32, timeStep, totpCode, totpSecret } from '@twinlock/factors'
import type { Authenticator } from '../../server/test/authenticator.ts'
import type { TestClock } from '../../server/test/twinlock.ts'
import type { WebBrowser } from '../../server/test/web-browser.ts'

export type HardwareToken = Pick<Authenticator, 'SerialNumber' | 'code' | 'pair'>

/** As vendors sell them. */
const MAKES = {
  'FT-6-30-0042': { digits: 6, period: 30, seed: 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ' },
  'FT-8-60-0042': { digits: 8, period: 60, seed: 'MZXW6YTBOJRWIZLGM5UGS2TLNRWW43ZA' },
} as const

type SerialNumber = keyof typeof MAKES

/** The account learns the seeds of all makes. */
export async function importTokens(administrator: WebBrowser): Promise<void> {
  const lines = Object.entries(MAKES).map(
    ([serial, { seed, digits, period }]) => `${serial},${seed},${digits},${period}`,
  )
  const Document = `serial,seedBase32,digits,period\n${lines.join('\n')}\n`
  await administrator.call('signin:ImportHardwareTokens', { Format: 'CSV', Document })
}

export function tokenOf(SerialNumber: SerialNumber, clock: TestClock): HardwareToken {
  const { digits, period, seed } = MAKES[SerialNumber]
  const secret = totpSecret(decodeBase32(seed))
  const code = (steps = 0) =>
    totpCode(secret, timeStep(clock.seconds(), period) + steps, { digits })
  return {
    SerialNumber,
    code,
    pair: (steps = 0) => ({
      AuthenticationCode1: code(steps - 1),
      AuthenticationCode2: code(steps),
    }),
  }
}

/** Gives the token to a user, or to root where `administrator` is root and names nobody. */
export async function assignToken(
  administrator: WebBrowser,
  { SerialNumber, pair }: HardwareToken,
  of: { readonly UserName?: string } = {},
): Promise<void> {
  await administrator.call('signin:EnableMFADevice', { ...of, SerialNumber, ...pair() })
}
