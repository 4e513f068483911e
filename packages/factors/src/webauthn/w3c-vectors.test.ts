// Runs the vectors of vectors/webauthn/w3c-level-3.json: bytes that no code of ours has written.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import vectors from '../../../../vectors/webauthn/w3c-level-3.json' with { type: 'json' }
import { verifyAuthentication } from './authentication.ts'
import { verifyRegistration } from './registration.ts'

const { rpId, origin } = vectors
const expected = { rpId, expectedOrigins: [origin], requireUserVerification: false }
const bytes = (hex: string) => Buffer.from(hex, 'hex')
const base64url = (hex: string) => bytes(hex).toString('base64url')

for (const { section, title, registration, authentication, ...facts } of vectors.ceremonies) {
  const id = base64url(facts.credentialId)
  const register = (requireUserVerification: boolean) =>
    verifyRegistration({
      ...expected,
      response: {
        id,
        rawId: id,
        type: 'public-key',
        response: {
          clientDataJSON: base64url(registration.clientDataJSON),
          attestationObject: base64url(registration.attestationObject),
        },
      },
      expectedChallenge: bytes(registration.challenge),
      requireUserVerification,
      now: 1_800_000_000,
    })

  test(`WebAuthn ${section}: ${title} is registered`, async () => {
    const verification = await register(false)
    assert.ok(verification.outcome === 'registered', JSON.stringify(verification))
    const { publicKey, ...credential } = verification.credential
    assert.ok(registration.attestationObject.endsWith(Buffer.from(publicKey).toString('hex')))
    assert.deepEqual(credential, {
      credentialId: id,
      algorithm: 'ES256',
      signCount: 0,
      transports: [],
      aaguid: facts.aaguid,
      attestationFormat: facts.attestationFormat,
      attestation: facts.attestation,
      certifications: {},
      backupEligible: true,
      backupState: true,
      deviceBound: false,
      userVerified: facts.userVerified,
    })
    assert.equal((await register(true)).outcome, facts.userVerified ? 'registered' : 'refused')
  })

  if (authentication === undefined) continue
  test(`WebAuthn ${section}: ${title} signs in`, async () => {
    const verification = await register(false)
    assert.ok(verification.outcome === 'registered')
    const answer = await verifyAuthentication({
      ...expected,
      response: {
        id,
        rawId: id,
        type: 'public-key',
        response: {
          clientDataJSON: base64url(authentication.clientDataJSON),
          authenticatorData: base64url(authentication.authenticatorData),
          signature: base64url(authentication.signature),
        },
      },
      expectedChallenge: bytes(authentication.challenge),
      credential: verification.credential,
      userHandle: Buffer.from('unknown to the vectors'),
    })
    assert.ok(answer.outcome === 'proved', JSON.stringify(answer))
    assert.equal(answer.userVerified, authentication.userVerified)
  })
}
