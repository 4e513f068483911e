// Runs the histories of vectors/totp/device-histories.json: what AWS was seen to do, and what `strict` promises.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import vectors from '../../../vectors/totp/device-histories.json' with { type: 'json' }
import { totpCode, totpSecret } from './totp.ts'
import { TOTP_PROFILES } from './totp-profiles.ts'
import type { TotpProfile } from './totp-profiles.ts'
import { freshTotpState } from './totp-state.ts'
import type { TotpState } from './totp-state.ts'
import { verifyCode, verifyPair } from './totp-verification.ts'

type Call = {
  readonly at: number
  readonly code?: number
  readonly pair?: readonly number[]
  readonly outcome: string
  readonly driftSteps?: number
}

const secret = totpSecret(Buffer.from(vectors.secretAscii))
const codeOf = (step = Number.NaN) => totpCode(secret, vectors.epoch / 30 + step)
const profiles: Readonly<Record<string, TotpProfile>> = TOTP_PROFILES

for (const { title, profile, calls } of vectors.histories) {
  test(`${profile}: ${title}`, () => {
    const rules = profiles[profile]
    assert.ok(rules)
    let state = freshTotpState
    for (const [index, call] of calls.entries()) {
      const answer = perform(rules, state, call)
      const { outcome, driftSteps } = { driftSteps: undefined, ...answer }
      const told = { outcome, driftSteps: outcome === 'proved' ? driftSteps : undefined }
      const expected: Call = call
      assert.deepEqual(
        told,
        { outcome: expected.outcome, driftSteps: expected.driftSteps },
        `call ${index + 1}: ${JSON.stringify(call)}`,
      )
      state = answer.state
    }
  })
}

function perform(profile: TotpProfile, state: TotpState, { at, code, pair }: Call) {
  const now = vectors.epoch + at
  return pair === undefined
    ? verifyCode(profile, secret, state, codeOf(code), now)
    : verifyPair(profile, secret, state, codeOf(pair[0]), codeOf(pair[1]), now)
}
