import assert from 'node:assert/strict'
import { Readable } from 'node:stream'
import { test } from 'node:test'
import { TOTP_PROFILES, freshTotpState, totpSecret, verifyPair } from '@twinlock/factors'
import { Sink } from '../../../test/world.ts'
import { entryFromSeed } from '../../authenticator/entry.ts'
import { Interrupted } from '../../command-errors.ts'
import type { Io } from '../../io.ts'
import { openQuestions } from '../../terminal/questions.ts'
import { codesOfEntry, typedCodes } from './consecutive-codes.ts'

const entry = entryFromSeed('GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ', 'dev')
const secret = totpSecret(Buffer.from('12345678901234567890'))

function worldAt(now: number, typed = '') {
  const stderr = new Sink()
  const controller = new AbortController()
  const world = { now, stderr, controller }
  const io: Io = {
    stdin: Readable.from(typed === '' ? [] : [Buffer.from(typed)]),
    stdout: new Sink(),
    stderr,
    env: {},
    clock: {
      now: () => new Date(world.now * 1000),
      wait: async milliseconds => {
        world.now += milliseconds / 1000
      },
    },
    interruption: () => controller.signal,
  }
  return { ...world, io, clock: io.clock }
}

test('the authenticator’s pair is accepted at once, and its next one in the next time step', async () => {
  const { io, clock } = worldAt(1_699_999_983)
  const codes = codesOfEntry(entry, io)
  let state = freshTotpState
  for (const waited of [0, 27, 57]) {
    const [code1, code2] = await codes()
    const now = clock.now().getTime() / 1000
    assert.equal(now, 1_699_999_983 + waited)
    const proof = verifyPair(TOTP_PROFILES.aws, secret, state, code1, code2, now)
    assert.equal(proof.outcome, waited === 27 ? 'wrong' : 'proved')
    ;({ state } = proof)
  }
})

test('Ctrl-C ends the wait for the next pair', async () => {
  const { io, controller } = worldAt(1_699_999_983)
  const codes = codesOfEntry(entry, io)
  await codes()
  controller.abort()
  await assert.rejects(codes(), Interrupted)
})

test('typed codes are asked for again until they are six digits, and two of them', async () => {
  const { io, stderr } = worldAt(0, 'abc\n12345\n123 456\n123456\n 654321 \n')
  using questions = openQuestions(io)
  assert.deepEqual(await typedCodes(questions, io)(), ['123456', '654321'])
  assert.equal(stderr.text.match(/A code is six digits/g)?.length, 2)
  assert.equal(stderr.text.match(/That is the same code/g)?.length, 1)
})

test('the end of input in the middle of a pair gives the enrolment up', async () => {
  const { io } = worldAt(0, '123456\n')
  using questions = openQuestions(io)
  await assert.rejects(typedCodes(questions, io)(), Interrupted)
})
