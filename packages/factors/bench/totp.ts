// How fast one-time passwords are made and judged: `node packages/factors/bench/totp.ts`, or as part of `npm run bench`.
import {
  TOTP_PROFILES,
  decodeBase32,
  freshTotpState,
  newTotpSeed,
  timeStep,
  totpCode,
  totpSecret,
  verifyCode,
  verifyPair,
} from '../src/index.ts'

/** One line of a benchmark's result. */
export type Measurement = { readonly name: string; readonly perSecond: number }

const ROUNDS = 5

/** The best of a few rounds for each kind of work, so that neighbours on the machine count little. */
export async function bench(): Promise<Measurement[]> {
  const secret = totpSecret(decodeBase32(newTotpSeed()))
  const now = 1_700_000_100
  const step = timeStep(now)
  const [first, second] = [totpCode(secret, step - 1), totpCode(secret, step)]
  const { aws, strict } = TOTP_PROFILES
  return [
    measure('totp: one code', 20_000, () => totpCode(secret, step)),
    measure('totp: verifyCode, aws (5 steps)', 4000, () =>
      verifyCode(aws, secret, freshTotpState, second, now),
    ),
    measure('totp: verifyCode, strict (3 steps)', 4000, () =>
      verifyCode(strict, secret, freshTotpState, second, now),
    ),
    measure('totp: verifyPair, aws (2000 steps)', 20, () =>
      verifyPair(aws, secret, freshTotpState, first, second, now),
    ),
  ]
}

function measure(name: string, calls: number, work: () => unknown): Measurement {
  let best = 0
  for (let round = 0; round < ROUNDS; round++) {
    const begin = process.hrtime.bigint()
    for (let call = 0; call < calls; call++) work()
    const seconds = Number(process.hrtime.bigint() - begin) / 1e9
    best = Math.max(best, calls / seconds)
  }
  return { name, perSecond: Math.round(best) }
}

if (import.meta.main) console.table(await bench())
