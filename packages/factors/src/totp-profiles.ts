// How strictly codes are judged: AWS's recorded figures, and a stricter set. A profile is a row of figures and no code.

/** How often codes may be tried. */
export type TotpThrottle =
  | {
      /** So many verifications, good or bad, in each window of the clock, which begins at a multiple of its length. */
      readonly kind: 'fixedWindow'
      readonly verifications: number
      readonly seconds: number
    }
  | {
      /** After n failures in a row, base · 2^(n-1) seconds of refusal, at most the cap. A success ends it. */
      readonly kind: 'backOff'
      readonly baseSeconds: number
      readonly capSeconds: number
    }

/** The figures by which a device's codes are judged. Steps are counted from the device's adjusted clock. */
export type TotpProfile = {
  /** A single code may be so many steps old … */
  readonly stepsBehind: number
  /** … or so many steps early. */
  readonly stepsAhead: number
  /** The second code of a pair may be so many steps old … */
  readonly pairStepsBehind: number
  /** … or so many steps early. */
  readonly pairStepsAhead: number
  /**
   * What a good code spends. `step`: itself and no other, and a pair spends nothing but itself as a pair.
   * `upToStep`: itself and every older one, the steps of pairs included.
   */
  readonly spends: 'step' | 'upToStep'
  readonly throttle: TotpThrottle
}

/** The names by which an operator chooses. */
export type TotpProfileName = 'aws' | 'strict'

/** The profiles by name. */
export const TOTP_PROFILES: Record<TotpProfileName, TotpProfile> = {
  aws: {
    // STS takes the codes of five steps around the adjusted clock and refuses those ten steps away (recorded, 2026).
    stepsBehind: 2,
    stepsAhead: 2,
    // EnableMFADevice and ResyncMFADevice find the second counter from -998 to +1000 steps (recorded, 2026).
    pairStepsBehind: 998,
    pairStepsAhead: 1000,
    // A used code is refused, an unused older one still taken; pair codes stay good for STS (recorded, 2026).
    spends: 'step',
    // The tenth verification in three minutes of UTC is refused, whatever the code (recorded, 2026).
    throttle: { kind: 'fixedWindow', verifications: 9, seconds: 180 },
  },
  strict: {
    // RFC 6238 §5.2 recommends at most one step for the network's delay; the other side is for clocks that run fast.
    stepsBehind: 1,
    stepsAhead: 1,
    // Ten minutes either way: RFC 6238 §6 asks for a limit to the drift that a resynchronisation may accept.
    pairStepsBehind: 20,
    pairStepsAhead: 20,
    // NIST SP 800-63B-4 §3.1.4: a time-based code is accepted once; here no code older than it either.
    spends: 'upToStep',
    // RFC 4226 §7.3: a delay that grows with the failures instead of a lock-out. 1 s, 2 s, 4 s, … 15 minutes: guessing
    // at the cap gets 96 tries a day at three codes in a million, or one chance in 3,400 a day.
    throttle: { kind: 'backOff', baseSeconds: 1, capSeconds: 900 },
  },
}
