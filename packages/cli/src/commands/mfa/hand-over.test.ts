import assert from 'node:assert/strict'
import { test } from 'node:test'
import { otpauthUri } from '@twinlock/factors'
import { Sink } from '../../../test/world.ts'
import type { Io } from '../../io.ts'
import { demandHands, handOver } from './hand-over.ts'

const base32StringSeed = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ'
const device = {
  serialNumber: 'arn:aws:iam::123456789012:mfa/phone',
  base32StringSeed,
  qrCodePng: Buffer.alloc(0),
  uri: otpauthUri({ deviceName: 'phone', account: '123456789012', seed: base32StringSeed }),
}

/** What a terminal of that width is shown. */
async function shownOn(columns: number, values: Parameters<typeof demandHands>[0]) {
  const stderr = Object.assign(new Sink(true), { columns })
  const io = { stderr } as unknown as Io
  const questions = { ask: async () => undefined, [Symbol.dispose]: () => {} }
  demandHands(values, io)
  await handOver(device, { values, keeper: undefined, questions, io })
  return stderr.text
}

test('a terminal that is wide enough shows the QR code, and the seed only to who asks for it', async () => {
  const shown = await shownOn(120, {})
  assert.match(shown, /Scan the QR code/)
  assert.doesNotMatch(shown, /Secret key|GEZDGNBV/)
  assert.match(await shownOn(120, { 'show-secret': true }), /Secret key: GEZDGNBV/)
})

test('one that is too narrow shows no seed in its place', async () => {
  await assert.rejects(shownOn(20, {}), /too narrow for the QR code: .* or --show-secret\.$/)
  assert.match(await shownOn(20, { 'show-secret': true }), /^Secret key: GEZDGNBV/)
})
