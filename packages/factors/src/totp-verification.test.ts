// The laws of verification, checked on random histories of a device: ticks of the clock, single codes and pairs.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as fc from 'fast-check'
import rfc6238 from '../../../vectors/totp/rfc6238-appendix-b.json' with { type: 'json' }
import type { OtpAlgorithm } from './hotp.ts'
import { timeStep, totpCode, totpSecret } from './totp.ts'
import type { TotpFormat } from './totp.ts'
import { TOTP_PROFILES } from './totp-profiles.ts'
import type { TotpProfile } from './totp-profiles.ts'
import { adjustedStep, freshTotpState } from './totp-state.ts'
import type { TotpState } from './totp-state.ts'
import { verifyCode, verifyPair } from './totp-verification.ts'
import type { CodeVerification, PairVerification } from './totp-verification.ts'

const { aws, strict } = TOTP_PROFILES
const secret = totpSecret(Buffer.from('12345678901234567890'))
const BEGIN = 1_700_000_100

/** AWS's rules on a smaller scale and without the throttle, so that random histories meet every corner of them. */
const smallAws: TotpProfile = {
  ...aws,
  pairStepsBehind: 12,
  pairStepsAhead: 14,
  throttle: { kind: 'fixedWindow', verifications: Number.MAX_SAFE_INTEGER, seconds: 180 },
}

/** Steps are counted from the device's adjusted clock. */
type Move =
  | { readonly kind: 'tick'; readonly seconds: number }
  | { readonly kind: 'code'; readonly offset: number }
  | { readonly kind: 'pair'; readonly offset: number }

/** What happened: `step` is the one presented, of a pair the second. */
type Event = { readonly now: number; readonly before: TotpState; readonly step: number } & (
  | { readonly kind: 'code'; readonly answer: CodeVerification }
  | { readonly kind: 'pair'; readonly answer: PairVerification }
)

const code = fc.record({ kind: fc.constant('code'), offset: fc.integer({ min: -4, max: 4 }) })
const pair = (reach: number) =>
  fc.record({ kind: fc.constant('pair'), offset: fc.integer({ min: -reach, max: reach }) })
const tick = (min: number, max: number) =>
  fc.record({ kind: fc.constant('tick'), seconds: fc.integer({ min, max }) })

const forward = fc.array(fc.oneof(code, code, code, pair(16), tick(0, 40), tick(0, 600)), {
  maxLength: 60,
})
const anyClock = fc.array(fc.oneof(code, code, code, pair(16), tick(-600, 700)), { maxLength: 60 })
const fullScale = fc.array(fc.oneof(code, code, code, pair(1001), tick(-90, 9000)), {
  minLength: 5,
  maxLength: 20,
})

/** Plays the moves on a fresh device. */
function play(profile: TotpProfile, moves: readonly Move[]): readonly Event[] {
  const events: Event[] = []
  let [now, state] = [BEGIN, freshTotpState]
  for (const move of moves) {
    const before = state
    if (move.kind === 'tick') {
      now += move.seconds
      continue
    }
    const step = adjustedStep(before, now) + move.offset
    const last = totpCode(secret, step)
    if (move.kind === 'code') {
      const answer = verifyCode(profile, secret, before, last, now)
      events.push({ kind: 'code', now, before, step, answer })
      state = answer.state
    } else {
      const answer = verifyPair(profile, secret, before, totpCode(secret, step - 1), last, now)
      events.push({ kind: 'pair', now, before, step, answer })
      state = answer.state
    }
  }
  return events
}

/** Checks a law on random histories. */
function check(
  profile: TotpProfile,
  moves: fc.Arbitrary<readonly Move[]>,
  law: (events: readonly Event[]) => void,
  numRuns = 150,
) {
  fc.assert(
    fc.property(moves, history => law(play(profile, history))),
    { numRuns },
  )
}

const provedSteps = (events: readonly Event[]) =>
  events.flatMap(({ answer }) => ('step' in answer ? [answer.step] : []))

test('no two steps that these histories can meet near each other have the same code', () => {
  const around = timeStep(BEGIN)
  const codes = Array.from({ length: 6000 }, (_, index) => totpCode(secret, around - 3000 + index))
  for (const [index, code] of codes.entries()) {
    assert.ok(!codes.slice(index + 1, index + 8).includes(code))
  }
})

function eachStepProvesItselfOnce(events: readonly Event[]) {
  const steps = provedSteps(events)
  assert.equal(new Set(steps).size, steps.length)
}

test('aws: a spent step stays dead, whatever pairs or clocks do later', () => {
  check(smallAws, anyClock, eachStepProvesItselfOnce, 300)
  check(aws, fullScale, eachStepProvesItselfOnce, 15)
})

test('strict: a spent step stays dead, whatever pairs or clocks do later', () => {
  check(strict, anyClock, eachStepProvesItselfOnce)
})

for (const [name, profile] of Object.entries({ aws: smallAws, strict })) {
  test(`${name}: a proved step lies in the window around the adjusted clock and has the code presented`, () => {
    check(profile, anyClock, events => {
      for (const { answer, before, now, step } of events) {
        if (!('step' in answer)) continue
        const offset = answer.step - adjustedStep(before, now)
        assert.ok(offset >= -profile.stepsBehind && offset <= profile.stepsAhead)
        assert.equal(totpCode(secret, answer.step), totpCode(secret, step))
      }
    })
  })

  test(`${name}: a pair sets the drift to where its second code lies`, () => {
    check(profile, anyClock, events => {
      for (const { kind, answer, step, now } of events) {
        if (kind !== 'pair' || answer.outcome !== 'proved') continue
        assert.equal(answer.driftSteps, step - timeStep(now))
        assert.equal(answer.state.driftSteps, answer.driftSteps)
      }
    })
  })

  test(`${name}: accepted pairs are newer each time and never overlap`, () => {
    check(profile, anyClock, events => {
      const seconds = events.flatMap(({ kind, answer, step }) =>
        kind === 'pair' && answer.outcome === 'proved' ? [step] : [],
      )
      for (const [index, second] of seconds.entries()) {
        assert.ok(index === 0 || second - 1 > (seconds[index - 1] ?? Infinity))
      }
    })
  })
}

test('aws: every code of the window that was not used before is good', () => {
  check(
    smallAws,
    forward,
    events => {
      const used = new Set<number>()
      for (const { kind, answer, before, now, step } of events) {
        if (kind !== 'code') continue
        const inWindow = Math.abs(step - adjustedStep(before, now)) <= 2
        const expected = inWindow ? (used.has(step) ? 'spent' : 'proved') : 'wrong'
        assert.equal(answer.outcome, expected)
        if (inWindow) used.add(step)
      }
    },
    300,
  )
})

test('aws: every pair in reach that is newer than the last is good', () => {
  check(smallAws, anyClock, events => {
    let last = -1
    for (const { kind, answer, before, now, step } of events) {
      if (kind !== 'pair') continue
      const offset = step - adjustedStep(before, now)
      const good = offset >= -12 && offset <= 14 && step - 1 > last
      assert.equal(answer.outcome, good ? 'proved' : 'wrong')
      if (good) last = step
    }
  })
})

test('aws: nine verifications per three minutes are answered, and no more', () => {
  check(aws, fc.array(fc.oneof(code, tick(0, 60)), { maxLength: 80 }), events => {
    const answered = new Map<number, number>()
    for (const { answer, now } of events) {
      const window = Math.floor(now / 180)
      const before = answered.get(window) ?? 0
      assert.equal(answer.outcome === 'throttled', before >= 9)
      if (answer.outcome !== 'throttled') answered.set(window, before + 1)
    }
  })
})

test('aws: two nodes whose clocks differ by seconds grant no second budget', () => {
  const lastSecond = BEGIN + 179
  let state = freshTotpState
  const outcomes = Array.from({ length: 30 }, (_, index) => {
    const answer = verifyCode(aws, secret, state, '000000', lastSecond + (index % 2) * 2)
    state = answer.state
    return answer.outcome
  })
  assert.ok(outcomes.filter(outcome => outcome !== 'throttled').length <= 10)
})

test('strict: proved steps only rise, those of pairs included', () => {
  check(strict, anyClock, events => {
    let newest = -1
    for (const { kind, answer, step } of events) {
      if (answer.outcome !== 'proved') continue
      const proved = 'step' in answer ? answer.step : step
      assert.ok(proved > newest)
      assert.ok(kind === 'code' || step - 1 > newest)
      newest = proved
    }
  })
})

test('strict: after n failures the delay is 2^(n-1) seconds, at most 900, by whichever clock they were noted', () => {
  const failures = fc.integer({ min: 1, max: 2000 })
  const distance = fc.oneof(
    fc.integer({ min: -1000, max: 1000 }),
    fc.integer({ min: -1e9, max: 1e9 }),
  )
  fc.assert(
    fc.property(failures, distance, (failures, distance) => {
      const state = { ...freshTotpState, failures, lastFailureAt: BEGIN + distance }
      const answer = verifyCode(strict, secret, state, totpCode(secret, timeStep(BEGIN)), BEGIN)
      const open = Math.abs(distance) >= Math.min(2 ** (failures - 1), 900)
      assert.equal(answer.outcome, open ? 'proved' : 'throttled')
      if (open) assert.equal(answer.state.failures, 0)
    }),
  )
})

test('a throttled call leaves the state as it was', () => {
  for (const profile of [aws, strict]) {
    check(
      profile,
      forward,
      events => {
        for (const { answer, before } of events) {
          if (answer.outcome === 'throttled') assert.equal(answer.state, before)
        }
      },
      30,
    )
  }
})

test('any text that is not six digits is wrong, counts as a verification, and is no exception', () => {
  const notACode = fc.oneof(
    fc.string(),
    fc.string({ unit: fc.constantFrom('1', '2', '٣', '４', '\uD800', '\u0000', '\n') }),
    fc.constantFrom(
      '',
      '12345',
      '1234567',
      ' 123456',
      '123456\n',
      '+12345',
      '1e5000',
      '１２３４５６',
      '-12345',
    ),
  )
  fc.assert(
    fc.property(notACode, text => {
      fc.pre(!/^\d{6}$/.test(text))
      for (const profile of [aws, strict]) {
        const answers = [
          verifyCode(profile, secret, freshTotpState, text, BEGIN),
          verifyPair(profile, secret, freshTotpState, text, text, BEGIN),
        ]
        for (const { outcome, state } of answers) {
          assert.equal(outcome, 'wrong')
          assert.equal(state.failures, 1)
          assert.equal(state.verifications, profile === aws ? 1 : 0)
        }
      }
    }),
  )
})

test('a state is plain data: written as JSON and read again it goes on the same', () => {
  check(smallAws, anyClock, events => {
    for (const { answer } of events) {
      assert.deepEqual(JSON.parse(JSON.stringify(answer.state)), answer.state)
    }
  })
})

test('aws: the list of spent steps stays as short as what can still be reached', () => {
  let state = freshTotpState
  for (let round = 0; round < 1500; round++) {
    const now = BEGIN + round * 30
    const answer = verifyCode(aws, secret, state, totpCode(secret, timeStep(now)), now)
    assert.equal(answer.outcome, 'proved')
    state = answer.state
    assert.ok(state.spentSteps.length <= 998 + 5)
  }
  const nextDay = BEGIN + 1500 * 30 + 86_400
  const { state: later } = verifyCode(
    aws,
    secret,
    state,
    totpCode(secret, timeStep(nextDay)),
    nextDay,
  )
  assert.deepEqual(later.spentSteps, [timeStep(nextDay)])
})

test('aws: what was dropped from the list stays dead when our clock is set back', () => {
  const first = verifyCode(aws, secret, freshTotpState, totpCode(secret, timeStep(BEGIN)), BEGIN)
  const nextDay = BEGIN + 86_400
  const second = verifyCode(aws, secret, first.state, totpCode(secret, timeStep(nextDay)), nextDay)
  assert.deepEqual(second.state.spentSteps, [timeStep(nextDay)])
  const again = verifyCode(aws, secret, second.state, totpCode(secret, timeStep(BEGIN)), BEGIN)
  assert.equal(again.outcome, 'spent')
})

test('a change of profile brings no spent step back', () => {
  const now = BEGIN + 15
  const good = totpCode(secret, timeStep(now))
  const older = totpCode(secret, timeStep(now) - 1)
  const byAws = verifyCode(aws, secret, freshTotpState, good, now).state
  const byStrict = verifyCode(strict, secret, freshTotpState, good, now).state
  assert.equal(verifyCode(strict, secret, byAws, good, now).outcome, 'spent')
  assert.equal(verifyCode(aws, secret, byStrict, good, now).outcome, 'spent')
  assert.equal(verifyCode(aws, secret, byStrict, older, now).outcome, 'spent')
})

test('at the epoch there are no steps before the first, and that is no exception', () => {
  assert.equal(verifyCode(aws, secret, freshTotpState, totpCode(secret, 0), 0).outcome, 'proved')
  const [first, second] = [totpCode(secret, 0), totpCode(secret, 1)]
  assert.equal(verifyPair(aws, secret, freshTotpState, first, second, 0).outcome, 'proved')
})

const SEEDS: Readonly<Record<OtpAlgorithm, string>> = rfc6238.secretAscii

for (const algorithm of ['sha1', 'sha256', 'sha512'] as const) {
  test(`RFC 6238 Appendix B: the eight digits of ${algorithm} are verified, and six of them are not`, () => {
    const seed = totpSecret(Buffer.from(SEEDS[algorithm]))
    const format: TotpFormat = { algorithm, digits: 8 }
    for (const { seconds, totp } of rfc6238.rows.filter(row => row.algorithm === algorithm)) {
      const verify = (code: string, format?: TotpFormat) =>
        verifyCode(aws, seed, freshTotpState, code, seconds, format).outcome
      assert.equal(verify(totp, format), 'proved')
      assert.equal(verify(totp.slice(2), format), 'wrong')
      assert.equal(verify(totp), 'wrong')
    }
  })
}

const anyFormat: fc.Arbitrary<TotpFormat> = fc.record(
  {
    algorithm: fc.constantFrom('sha1' as const, 'sha256' as const, 'sha512' as const),
    digits: fc.constantFrom(6 as const, 8 as const),
    periodSeconds: fc.constantFrom(30, 60),
  },
  { requiredKeys: [] },
)

test('whatever the format, a code proves its step, which lasts a period, and proves it once', () => {
  fc.assert(
    fc.property(anyFormat, fc.integer({ min: -3, max: 3 }), (format, offset) => {
      const step = timeStep(BEGIN, format.periodSeconds) + offset
      const presented = totpCode(secret, step, format)
      const first = verifyCode(aws, secret, freshTotpState, presented, BEGIN, format)
      assert.equal(first.outcome, Math.abs(offset) <= 2 ? 'proved' : 'wrong')
      if (first.outcome !== 'proved') return
      assert.equal(first.step, step)
      const again = verifyCode(aws, secret, first.state, presented, BEGIN, format)
      assert.equal(again.outcome, 'spent')
    }),
  )
})

test('whatever the format, a pair sets the drift in steps of its period, and codes follow it', () => {
  fc.assert(
    fc.property(anyFormat, fc.integer({ min: -20, max: 20 }), (format, drift) => {
      const step = timeStep(BEGIN, format.periodSeconds) + drift
      const [first, second] = [step - 1, step].map(step => totpCode(secret, step, format))
      const paired = verifyPair(
        strict,
        secret,
        freshTotpState,
        first ?? '',
        second ?? '',
        BEGIN,
        format,
      )
      assert.equal(paired.outcome, 'proved')
      assert.equal(paired.state.driftSteps, drift)
      const later = BEGIN + (format.periodSeconds ?? 30)
      const next = totpCode(secret, step + 1, format)
      assert.equal(verifyCode(strict, secret, paired.state, next, later, format).outcome, 'proved')
    }),
    { numRuns: 60 },
  )
})

test('aws: with 60-second codes too, what was dropped from the list stays dead', () => {
  const format = { periodSeconds: 60 }
  const codeAt = (now: number) => totpCode(secret, timeStep(now, 60), format)
  const later = BEGIN + 2 * 86_400
  const first = verifyCode(aws, secret, freshTotpState, codeAt(BEGIN), BEGIN, format)
  const second = verifyCode(aws, secret, first.state, codeAt(later), later, format)
  assert.deepEqual(second.state.spentSteps, [timeStep(later, 60)])
  const again = verifyCode(aws, secret, second.state, codeAt(BEGIN), BEGIN, format)
  assert.equal(again.outcome, 'spent')
})
