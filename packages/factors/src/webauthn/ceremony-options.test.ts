import assert from 'node:assert/strict'
import { test } from 'node:test'
import { FactorsError } from '../errors.ts'
import { authenticationOptions, registrationOptions } from './ceremony-options.ts'
import { relyingPartyOf } from './relying-party.ts'

const challenge = Buffer.alloc(32, 1)
const credential = { credentialId: 'AQID', transports: ['usb', 'smart-card'] }
const request = {
  rpId: 'id.example.com',
  rpName: 'Example',
  user: { id: Buffer.from('handle'), name: 'alice', displayName: 'Alice' },
  excludeCredentials: [credential],
  challenge,
  userVerification: 'preferred',
} as const

const isInvalid = (error: unknown) =>
  error instanceof FactorsError && error.code === 'InvalidWebAuthnOptions'

test('a registration asks for what §5.4 calls it', () => {
  assert.deepEqual(registrationOptions(request), {
    rp: { id: 'id.example.com', name: 'Example' },
    user: { id: 'aGFuZGxl', name: 'alice', displayName: 'Alice' },
    challenge: challenge.toString('base64url'),
    pubKeyCredParams: [-7, -8, -257].map(alg => ({ type: 'public-key', alg })),
    timeout: 300_000,
    excludeCredentials: [{ type: 'public-key', id: 'AQID', transports: ['usb', 'smart-card'] }],
    authenticatorSelection: {
      residentKey: 'preferred',
      requireResidentKey: false,
      userVerification: 'preferred',
    },
    attestation: 'direct',
    extensions: { credProps: true },
  })
})

test("a sign-in asks for the user's own credentials", () => {
  const { rpId, userVerification } = request
  const allowCredentials = [credential]
  assert.deepEqual(authenticationOptions({ rpId, challenge, allowCredentials, userVerification }), {
    rpId,
    challenge: challenge.toString('base64url'),
    timeout: 300_000,
    allowCredentials: [{ type: 'public-key', id: 'AQID', transports: ['usb', 'smart-card'] }],
    userVerification,
  })
})

test('a weak challenge, an unfit user handle and an empty list of credentials are bugs, and are told', () => {
  const { rpId, userVerification, user } = request
  for (const attempt of [
    () => registrationOptions({ ...request, challenge: Buffer.alloc(15) }),
    () => registrationOptions({ ...request, user: { ...user, id: Buffer.alloc(65) } }),
    () => registrationOptions({ ...request, user: { ...user, id: Buffer.alloc(0) } }),
    () => authenticationOptions({ rpId, challenge, allowCredentials: [], userVerification }),
  ]) {
    assert.throws(attempt, isInvalid)
  }
})

for (const [url, rpId, origin] of [
  ['https://id.example.com', 'id.example.com', 'https://id.example.com'],
  ['https://ID.example.com:8443/console/', 'id.example.com', 'https://id.example.com:8443'],
  ['http://localhost:9000', 'localhost', 'http://localhost:9000'],
  ['https://bücher.example', 'xn--bcher-kva.example', 'https://xn--bcher-kva.example'],
] as const) {
  test(`behind ${url} the relying party is ${rpId}`, () => {
    assert.deepEqual(relyingPartyOf(url), { rpId, origin })
  })
}

for (const url of [
  'http://id.example.com',
  'https://127.0.0.1',
  'https://[::1]:8443',
  'https://2130706433',
  'file:///x',
  'id.example.com',
  '',
]) {
  test(`${url || 'nothing'} can be no relying party`, () => {
    assert.throws(() => relyingPartyOf(url), isInvalid)
  })
}
