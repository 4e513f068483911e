// Sign-ins as authenticators and browsers make them, and every way in which one must not prove anything.
import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { test } from 'node:test'
import * as fc from 'fast-check'
import { softwareAuthenticator } from '../../test/software-authenticator.ts'
import type { AuthenticatorModel, Lie } from '../../test/software-authenticator.ts'
import { verifyAuthentication } from './authentication.ts'
import { findCredentialId } from './browser-response.ts'
import { authenticationOptions, registrationOptions } from './ceremony-options.ts'
import { verifyRegistration } from './registration.ts'

const ORIGIN = 'https://id.example.com'
const RP_ID = 'id.example.com'
const USER_HANDLE = Buffer.from('0123456789abcdef', 'hex')
const NOW = 1_800_000_000

/** An authenticator, registered. */
async function registered(model: AuthenticatorModel = {}, lie?: Lie) {
  const device = softwareAuthenticator(model)
  const challenge = randomBytes(32)
  const options = registrationOptions({
    rpId: RP_ID,
    rpName: 'Example',
    user: { id: USER_HANDLE, name: 'alice', displayName: 'Alice' },
    excludeCredentials: [],
    challenge,
    userVerification: 'preferred',
  })
  const verification = await verifyRegistration({
    response: device.register(options, ORIGIN, lie),
    expectedChallenge: challenge,
    expectedOrigins: [ORIGIN],
    rpId: RP_ID,
    requireUserVerification: false,
    now: NOW,
  })
  assert.ok(verification.outcome === 'registered')
  return { device, credential: verification.credential }
}

type Registered = Awaited<ReturnType<typeof registered>>

const challenge = randomBytes(32)
const expected = {
  expectedChallenge: challenge,
  expectedOrigins: [ORIGIN],
  rpId: RP_ID,
  requireUserVerification: true,
  userHandle: USER_HANDLE,
}

function assertionOf({ device, credential }: Registered, lie?: Lie) {
  const options = authenticationOptions({
    rpId: RP_ID,
    challenge,
    allowCredentials: [credential],
    userVerification: 'required',
  })
  return device.authenticate(options, ORIGIN, lie)
}

function verify({ credential }: Registered, response: unknown) {
  return verifyAuthentication({ response, credential, ...expected })
}

for (const algorithm of ['ES256', 'EdDSA', 'RS256'] as const) {
  test(`${algorithm}: what the registered key signs is proved, and nothing that it did not sign`, async () => {
    const key = await registered({ algorithm })
    const assertion = assertionOf(key)
    assert.deepEqual(await verify(key, assertion), {
      outcome: 'proved',
      signCount: 2,
      backupState: false,
      userVerified: true,
      deviceBound: true,
      phishingResistant: true,
    })

    const parts = ['clientDataJSON', 'authenticatorData', 'signature'] as const
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...parts), fc.nat(), anyBits, async (part, at, bits) => {
        const bytes = Buffer.from(assertion.response[part], 'base64url')
        const position = at % bytes.length
        bytes[position] = (bytes[position] ?? 0) ^ bits
        const changed = { ...assertion.response, [part]: bytes.toString('base64url') }
        const { outcome } = await verify(key, { ...assertion, response: changed })
        // A signature of ECDSA is DER, whose lengths can be written in more ways than one.
        assert.ok(
          outcome === 'wrong' || (part === 'signature' && algorithm === 'ES256' && position < 4),
        )
      }),
      { numRuns: 150 },
    )
  })
}

const anyBits = fc.integer({ min: 1, max: 255 })

test('a passkey without a counter is proved again and again', async () => {
  const key = await registered({ signCount: 0, backupEligible: true, backupState: true })
  for (let round = 0; round < 3; round++) {
    const answer = await verify(key, assertionOf(key))
    assert.equal(answer.outcome, 'proved')
    assert.ok(answer.outcome === 'proved' && answer.signCount === 0 && !answer.deviceBound)
  }
})

test('the backup state may change, and is told', async () => {
  const key = await registered({ backupEligible: true })
  const answer = await verify(key, assertionOf(key, { flags: 16 }))
  assert.ok(answer.outcome === 'proved' && answer.backupState)
})

test('a counter that does not rise tells of a clone, once the signature is good', async () => {
  const key = await registered({ signCount: 40 })
  const behind = [0, 1, 39, 40]
  for (const signCount of behind) {
    const answer = await verify(key, assertionOf(key, { signCount }))
    assert.deepEqual(answer, { outcome: 'cloned', signCount })
  }
  const stranger = softwareAuthenticator()
  const forged = assertionOf({ ...key, device: stranger }, { signCount: 1 })
  const { id, rawId } = assertionOf(key)
  const answer = await verify(key, { ...forged, id, rawId })
  assert.deepEqual(answer, { outcome: 'wrong', reason: 'signature' })
  assert.equal((await verify(key, assertionOf(key, { signCount: 41 }))).outcome, 'proved')
})

const [UP, UV, BE, BS] = [1, 4, 8, 16]

const WRONG: readonly (readonly [title: string, reason: string, lie: Lie])[] = [
  [
    'another challenge: a replay',
    'challenge',
    { clientData: { challenge: randomBytes(32).toString('base64url') } },
  ],
  ['an empty challenge', 'challenge', { clientData: { challenge: '' } }],
  ['another page', 'origin', { origin: 'https://id.example.com.evil.example' }],
  ['no page', 'origin', { clientData: { origin: [ORIGIN] } }],
  ['a frame', 'crossOrigin', { clientData: { crossOrigin: true } }],
  ['a frame that names its page', 'crossOrigin', { clientData: { topOrigin: ORIGIN } }],
  ['a bound connection', 'tokenBinding', { clientData: { tokenBinding: { status: 'present' } } }],
  ['a registration', 'type', { clientData: { type: 'webauthn.create' } }],
  ['another relying party', 'rpId', { rpId: 'evil.example' }],
  ['nobody touched it', 'userPresence', { flags: UP }],
  ['nobody verified', 'userVerification', { flags: UV }],
  ['suddenly able to be backed up', 'backupEligibility', { flags: BE }],
  ['backed up and not able to', 'backupEligibility', { flags: BS }],
  ["another user's", 'userHandle', { userHandle: Buffer.from('another user') }],
]

for (const [title, reason, lie] of WRONG) {
  test(`wrong: ${title}`, async () => {
    const key = await registered()
    assert.deepEqual(await verify(key, assertionOf(key, lie)), { outcome: 'wrong', reason })
  })
}

test('a passkey that can no longer be backed up is wrong', async () => {
  const key = await registered({ backupEligible: true })
  const answer = await verify(key, assertionOf(key, { flags: BE }))
  assert.deepEqual(answer, { outcome: 'wrong', reason: 'backupEligibility' })
})

test('a registered credential proves nothing for another one', async () => {
  const [alice, bob] = await Promise.all([registered(), registered()])
  const answer = await verify(bob, assertionOf(alice))
  assert.deepEqual(answer, { outcome: 'wrong', reason: 'credentialId' })
  const { id, rawId } = assertionOf(bob)
  const renamed = await verify(bob, { ...assertionOf(alice), id, rawId })
  assert.deepEqual(renamed, { outcome: 'wrong', reason: 'signature' })
})

test('user verification is demanded only where it is required, and a key may know no user handle', async () => {
  const key = await registered({ userVerified: false })
  const { response, ...assertion } = assertionOf(key)
  for (const userHandle of [undefined, null, '']) {
    const answer = await verifyAuthentication({
      ...expected,
      response: { ...assertion, response: { ...response, userHandle } },
      credential: key.credential,
      requireUserVerification: false,
    })
    assert.ok(answer.outcome === 'proved' && !answer.userVerified)
  }
})

test('what is no assertion is wrong as malformed, whatever it is', async () => {
  const key = await registered()
  const assertion = assertionOf(key)
  const inner = assertion.response
  const huge = 'A'.repeat(10_000_000)
  for (const value of [
    undefined,
    null,
    'x',
    [],
    {},
    { ...assertion, type: 'x' },
    { ...assertion, rawId: `${assertion.rawId}AA` },
    { ...assertion, response: { ...inner, authenticatorData: '' } },
    {
      ...assertion,
      response: { ...inner, authenticatorData: inner.authenticatorData.slice(0, 40) },
    },
    { ...assertion, response: { ...inner, authenticatorData: huge } },
    { ...assertion, response: { ...inner, signature: huge } },
    { ...assertion, response: { ...inner, signature: '++//' } },
    { ...assertion, response: { ...inner, clientDataJSON: huge } },
    { ...assertion, response: { ...inner, userHandle: 'A'.repeat(100) } },
    { ...assertion, response: { ...inner, userHandle: 7 } },
  ]) {
    const title = JSON.stringify(value)?.slice(0, 80)
    assert.deepEqual(await verify(key, value), { outcome: 'wrong', reason: 'malformed' }, title)
  }
})

test('trailing bytes in the authenticator data are wrong, even signed ones', async () => {
  const key = await registered()
  // Extension data that is announced and not there, and there and not announced.
  const answer = await verify(key, assertionOf(key, { flags: 128 }))
  assert.deepEqual(answer, { outcome: 'wrong', reason: 'signature' })
})

test('any JSON is wrong, and never an exception', async () => {
  const key = await registered()
  const { id, response } = assertionOf(key)
  const part = fc.oneof(fc.jsonValue(), fc.base64String({ maxLength: 200 }))
  const hostile = fc.record({
    id: fc.constant(id),
    rawId: fc.constant(id),
    type: fc.constant('public-key'),
    response: fc.record({
      clientDataJSON: fc.oneof(fc.constant(response.clientDataJSON), part),
      authenticatorData: fc.oneof(fc.constant(response.authenticatorData), part),
      signature: part,
      userHandle: fc.oneof(fc.constant(undefined), part),
    }),
  })
  await fc.assert(
    fc.asyncProperty(fc.oneof(hostile, fc.jsonValue()), async value => {
      assert.equal((await verify(key, value)).outcome, 'wrong')
    }),
    { numRuns: 300 },
  )
})

test('the credential that a response names is found before it is verified', async () => {
  const key = await registered()
  assert.equal(findCredentialId(assertionOf(key)), key.credential.credentialId)
  for (const value of [undefined, null, {}, { id: 'x', rawId: 'y' }, 'x']) {
    assert.equal(findCredentialId(value), undefined)
  }
})
