// Registrations as authenticators and browsers make them, and every way in which one must be refused.
import assert from 'node:assert/strict'
import { generateKeyPairSync, randomBytes } from 'node:crypto'
import { test } from 'node:test'
import * as fc from 'fast-check'
import { certify, keyIdentifierOf } from '../../test/attestation-certificates.ts'
import type { Cbor } from '../../test/cbor.ts'
import { coseKeyOf, softwareAuthenticator } from '../../test/software-authenticator.ts'
import type { AuthenticatorModel, Lie } from '../../test/software-authenticator.ts'
import { registrationOptions } from './ceremony-options.ts'
import { readAuthenticatorMetadata } from './metadata.ts'
import type { AuthenticatorMetadata } from './metadata.ts'
import { verifyRegistration } from './registration.ts'
import type { RegistrationVerification } from './registration.ts'

const ORIGIN = 'https://id.example.com'
const NOW = 1_800_000_000
const AAGUID = Buffer.from('0102030405060708090a0b0c0d0e0f10', 'hex')
const AAGUID_TEXT = '01020304-0506-0708-090a-0b0c0d0e0f10'

const request = {
  rpId: 'id.example.com',
  rpName: 'Example',
  user: { id: Buffer.from('0123456789abcdef', 'hex'), name: 'alice', displayName: 'Alice' },
  excludeCredentials: [],
  challenge: randomBytes(32),
  userVerification: 'required',
} as const

const expected = {
  expectedChallenge: request.challenge,
  expectedOrigins: [ORIGIN],
  rpId: request.rpId,
  requireUserVerification: true,
  now: NOW,
}

function responseOf(model: AuthenticatorModel, lie?: Lie) {
  return softwareAuthenticator(model).register(registrationOptions(request), ORIGIN, lie)
}

function verify(response: unknown, metadata?: AuthenticatorMetadata) {
  return verifyRegistration({ response, ...expected, ...(metadata && { metadata }) })
}

function credentialOf(verification: RegistrationVerification) {
  assert.ok(verification.outcome === 'registered', JSON.stringify(verification))
  return verification.credential
}

for (const algorithm of ['ES256', 'EdDSA', 'RS256'] as const) {
  for (const attestation of [{ format: 'none' }, { format: 'packed' }] as const) {
    const { format } = attestation
    test(`${algorithm} with attestation ${format} is registered`, async () => {
      const device = softwareAuthenticator({ algorithm, attestation, aaguid: AAGUID })
      const response = device.register(registrationOptions(request), ORIGIN)
      const credential = credentialOf(await verify(response))
      assert.deepEqual(
        { ...credential, publicKey: 'checked by the assertions' },
        {
          credentialId: device.credentialId.toString('base64url'),
          publicKey: 'checked by the assertions',
          algorithm,
          signCount: 1,
          transports: ['usb'],
          aaguid: AAGUID_TEXT,
          attestationFormat: format,
          attestation: format === 'none' ? 'none' : 'self',
          certifications: {},
          backupEligible: false,
          backupState: false,
          deviceBound: true,
          userVerified: true,
        },
      )
    })
  }
}

const root = certify({ commonName: 'Root', ca: true })
const signer = certify({ commonName: 'Key Model', issuer: root, aaguid: AAGUID })
const certifications = { FIDO: 'L1', 'FIPS-140-2': 'L2' }

const metadataOf = (entry: object) =>
  readAuthenticatorMetadata(
    JSON.stringify({
      authenticators: [
        {
          description: 'Key Model',
          attestationRootCertificates: [root.certificate.toString('base64')],
          certifications,
          ...entry,
        },
      ],
    }),
  )
const metadata = metadataOf({ aaguid: AAGUID_TEXT.toUpperCase() })

test('an attestation that leads to a root of its model is trusted, and the model certified', async () => {
  const model: AuthenticatorModel = { attestation: { format: 'packed', signer }, aaguid: AAGUID }
  const trusted = credentialOf(await verify(responseOf(model), metadata))
  assert.equal(trusted.attestation, 'trusted')
  assert.deepEqual(trusted.certifications, certifications)
  const unknown = credentialOf(await verify(responseOf(model)))
  assert.equal(unknown.attestation, 'untrusted')
  assert.deepEqual(unknown.certifications, {})
})

test('a U2F key is known by the key of its attestation certificate', async () => {
  const u2f = certify({ commonName: 'U2F', issuer: root })
  const model: AuthenticatorModel = { attestation: { format: 'fido-u2f', signer: u2f } }
  const known = metadataOf({ attestationCertificateKeyIdentifier: keyIdentifierOf(u2f) })
  const credential = credentialOf(await verify(responseOf(model), known))
  assert.equal(credential.attestationFormat, 'fido-u2f')
  assert.equal(credential.attestation, 'trusted')
  assert.equal(credentialOf(await verify(responseOf(model), metadata)).attestation, 'untrusted')
})

test('an intermediate leads to the root, and one that may not issue does not', async () => {
  for (const ca of [true, false]) {
    const issuer = certify({ commonName: 'Intermediate', issuer: root, ca })
    const leaf = certify({ commonName: 'Key', issuer, aaguid: AAGUID })
    const chain = [issuer.certificate]
    const attestation = { format: 'packed', signer: leaf, chain } as const
    const credential = credentialOf(
      await verify(responseOf({ attestation, aaguid: AAGUID }), metadata),
    )
    assert.equal(credential.attestation, ca ? 'trusted' : 'untrusted')
  }
})

test('a model is not certified by its name alone', async () => {
  const stranger = certify({ commonName: 'Root', ca: true })
  const forged = certify({ commonName: 'Key Model', issuer: stranger, aaguid: AAGUID })
  for (const attestation of [
    { format: 'none' },
    { format: 'packed' },
    { format: 'packed', signer: forged },
    { format: 'packed', signer: forged, chain: [stranger.certificate] },
    { format: 'packed', signer: forged, chain: [root.certificate] },
  ] as const) {
    const response = responseOf({ attestation, aaguid: AAGUID })
    const credential = credentialOf(await verify(response, metadata))
    assert.notEqual(credential.attestation, 'trusted', JSON.stringify(attestation))
    assert.deepEqual(credential.certifications, {})
  }
})

test('certificates are trusted while they are valid', async () => {
  const validTo = '20450101000000Z'
  const expiring = certify({ commonName: 'Key', issuer: root, aaguid: AAGUID, validTo })
  const response = responseOf({
    attestation: { format: 'packed', signer: expiring },
    aaguid: AAGUID,
  })
  for (const [year, trust] of [
    [2019, 'untrusted'],
    [2044, 'trusted'],
    [2046, 'untrusted'],
  ] as const) {
    const now = Date.UTC(year) / 1000
    const verification = await verifyRegistration({ response, ...expected, metadata, now })
    assert.equal(credentialOf(verification).attestation, trust)
  }
})

test('a certificate for another model is refused', async () => {
  const other = certify({ commonName: 'Other', issuer: root, aaguid: Buffer.alloc(16, 9) })
  const response = responseOf({ attestation: { format: 'packed', signer: other }, aaguid: AAGUID })
  assert.deepEqual(await verify(response, metadata), { outcome: 'refused', reason: 'attestation' })
})

test('a statement in a format that is not evaluated is set aside unread, and no network is asked', async context => {
  const fetched = context.mock.method(globalThis, 'fetch', () =>
    assert.fail('the network was asked'),
  )
  for (const format of [
    'android-key',
    'android-safetynet',
    'apple',
    'tpm',
    'compound',
    'new-one',
  ]) {
    const statement = new Map<string, Cbor>([
      ['alg', -7],
      ['sig', Buffer.alloc(70)],
      ['x5c', [signer.certificate, root.certificate]],
    ])
    const response = responseOf({ attestation: { format, statement }, aaguid: AAGUID })
    const credential = credentialOf(await verify(response, metadata))
    assert.equal(credential.attestationFormat, format)
    assert.equal(credential.attestation, 'none')
    assert.deepEqual(credential.certifications, {})
  }
  assert.equal(fetched.mock.callCount(), 0)
})

test('a synchronised passkey is told from one that cannot leave its device', async () => {
  const response = responseOf({ backupEligible: true, backupState: true, signCount: 0 })
  const credential = credentialOf(await verify(response))
  assert.equal(credential.backupEligible, true)
  assert.equal(credential.backupState, true)
  assert.equal(credential.deviceBound, false)
  assert.equal(credential.signCount, 0)
})

const [UP, UV, BS, AT] = [1, 4, 16, 64]
const off = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey
const es256 = () => coseKeyOf('ES256', off)
const rsaOf = (modulusLength: number, publicExponent = 65_537) =>
  coseKeyOf('RS256', generateKeyPairSync('rsa', { modulusLength, publicExponent }).privateKey)

const REFUSED: readonly (readonly [title: string, reason: string, lie: Lie])[] = [
  [
    'another challenge',
    'challenge',
    { clientData: { challenge: randomBytes(32).toString('base64url') } },
  ],
  ['no challenge', 'malformed', { clientData: { challenge: undefined } }],
  ['another page', 'origin', { origin: 'https://id.example.com.evil.example' }],
  ['the page without TLS', 'origin', { origin: 'http://id.example.com' }],
  ['another port', 'origin', { origin: 'https://id.example.com:8443' }],
  ['a frame', 'crossOrigin', { clientData: { crossOrigin: true } }],
  ['a frame that says otherwise', 'crossOrigin', { clientData: { crossOrigin: 'false' } }],
  [
    'a frame that names its page',
    'crossOrigin',
    { clientData: { topOrigin: 'https://evil.example' } },
  ],
  [
    'a bound connection',
    'tokenBinding',
    { clientData: { tokenBinding: { status: 'present', id: 'x' } } },
  ],
  ['the other ceremony', 'type', { clientData: { type: 'webauthn.get' } }],
  ['another relying party', 'rpId', { rpId: 'evil.example' }],
  ['a parent domain', 'rpId', { rpId: 'example.com' }],
  ['nobody touched it', 'userPresence', { flags: UP }],
  ['nobody verified', 'userVerification', { flags: UV }],
  ['backed up and not able to', 'backupEligibility', { flags: BS }],
  ['no attested credential', 'malformed', { flags: AT }],
  ['the id of another credential', 'credentialId', { credentialId: randomBytes(32) }],
  ['an id of a byte too many', 'credentialId', { credentialId: randomBytes(1024) }],
  ['client data that is no JSON', 'malformed', { clientDataJson: Buffer.from('{') }],
  ['client data that is no object', 'malformed', { clientDataJson: Buffer.from('null') }],
  [
    'client data that is no UTF-8',
    'malformed',
    { clientDataJson: Buffer.from([0x7b, 0xff, 0x7d]) },
  ],
  ['an algorithm that was not offered', 'publicKey', { coseKey: es256().set(3, -36) }],
  ['a key of another kind than its algorithm', 'publicKey', { coseKey: es256().set(3, -257) }],
  ['another curve', 'publicKey', { coseKey: es256().set(-1, 2) }],
  ['a point off the curve', 'publicKey', { coseKey: es256().set(-2, Buffer.alloc(32, 5)) }],
  ['a point too short', 'publicKey', { coseKey: es256().set(-2, Buffer.alloc(3, 5)) }],
  ['no point', 'publicKey', { coseKey: es256().set(-2, 5) }],
  ['a key that is no map', 'malformed', { coseKey: [1, 2] }],
  ['RSA with 1024 bits', 'publicKey', { coseKey: rsaOf(1024) }],
  ['RSA with exponent 3', 'publicKey', { coseKey: rsaOf(2048, 3) }],
]

for (const [title, reason, lie] of REFUSED) {
  test(`refused: ${title}`, async () => {
    assert.deepEqual(await verify(responseOf({}, lie)), { outcome: 'refused', reason })
  })
}

test('user verification is demanded only where it is required', async () => {
  const response = responseOf({ userVerified: false })
  const verification = await verifyRegistration({
    response,
    ...expected,
    requireUserVerification: false,
  })
  assert.equal(credentialOf(verification).userVerified, false)
})

test("a statement that is not the signer's is refused", async () => {
  for (const attestation of [
    { format: 'packed' },
    { format: 'packed', signer },
    { format: 'fido-u2f', signer: certify({ commonName: 'U2F', issuer: root }) },
  ] as const) {
    const aaguid = attestation.format === 'packed' ? AAGUID : Buffer.alloc(16)
    const response = responseOf({ attestation, aaguid })
    const clientData = Buffer.from(response.response.clientDataJSON, 'base64url').toString()
    // Another order of the same fields is another hash.
    const reordered = JSON.stringify(
      Object.fromEntries(Object.entries(JSON.parse(clientData)).toReversed()),
    )
    const clientDataJSON = Buffer.from(reordered).toString('base64url')
    const forged = { ...response, response: { ...response.response, clientDataJSON } }
    assert.deepEqual(await verify(forged), { outcome: 'refused', reason: 'attestation' })
  }
})

test('attestation `none` with a statement is refused', async () => {
  const statement = new Map<string, Cbor>([['sig', Buffer.alloc(8)]])
  const response = responseOf({ attestation: { format: 'none', statement } })
  assert.deepEqual(await verify(response), { outcome: 'refused', reason: 'attestation' })
})

/** The same registration with one byte of its attestation object changed. */
function withChangedByte(response: ReturnType<typeof responseOf>, at: number, bits: number) {
  const object = Buffer.from(response.response.attestationObject, 'base64url')
  object[at] = (object[at] ?? 0) ^ bits
  const attestationObject = object.toString('base64url')
  return { ...response, response: { ...response.response, attestationObject } }
}

const anyBits = fc.integer({ min: 1, max: 255 })

test('any change of what the authenticator signed is refused', async () => {
  const response = responseOf({ attestation: { format: 'packed', signer }, aaguid: AAGUID })
  const object = Buffer.from(response.response.attestationObject, 'base64url')
  const begin = object.indexOf('authData') + 'authData'.length + 2
  const signedByte = fc.integer({ min: begin, max: object.length - 1 })
  await fc.assert(
    fc.asyncProperty(signedByte, anyBits, async (at, bits) => {
      const { outcome } = await verify(withChangedByte(response, at, bits), metadata)
      assert.equal(outcome, 'refused')
    }),
    { numRuns: 200 },
  )
})

test('any other change of an attestation is refused, or costs it its trust, or changes nothing', async () => {
  const response = responseOf({ attestation: { format: 'packed', signer }, aaguid: AAGUID })
  const original = credentialOf(await verify(response, metadata))
  assert.equal(original.attestation, 'trusted')
  const length = Buffer.from(response.response.attestationObject, 'base64url').length
  await fc.assert(
    fc.asyncProperty(fc.nat(length - 1), anyBits, async (at, bits) => {
      const verification = await verify(withChangedByte(response, at, bits), metadata)
      if (verification.outcome === 'refused') return
      const { credential } = verification
      if (credential.attestation === 'trusted') assert.deepEqual(credential, original)
      assert.deepEqual(credential.publicKey, original.publicKey)
    }),
    { numRuns: 300 },
  )
})

test('what is no registration is refused as malformed, whatever it is', async () => {
  const response = responseOf({})
  const cut = (text: string) => text.slice(0, -8)
  const inner = response.response
  const huge = 'A'.repeat(10_000_000)
  for (const value of [
    undefined,
    null,
    7,
    'x',
    [],
    {},
    { ...response, type: 'password' },
    { ...response, rawId: cut(response.rawId) },
    { ...response, id: '', rawId: '' },
    { ...response, id: huge, rawId: huge },
    { ...response, response: null },
    { ...response, response: [] },
    { ...response, response: { ...inner, clientDataJSON: cut(inner.clientDataJSON) } },
    { ...response, response: { ...inner, clientDataJSON: huge } },
    { ...response, response: { ...inner, attestationObject: huge } },
    { ...response, response: { ...inner, attestationObject: `${inner.attestationObject}=` } },
    { ...response, response: { ...inner, attestationObject: [inner.attestationObject] } },
    {
      ...response,
      response: { ...inner, attestationObject: Buffer.from([0x81]).toString('base64url') },
    },
    {
      ...response,
      response: { ...inner, attestationObject: Buffer.alloc(60_000, 0x81).toString('base64url') },
    },
    {
      ...response,
      response: {
        ...inner,
        attestationObject: Buffer.from('9bffffffffffffffff', 'hex').toString('base64url'),
      },
    },
  ]) {
    const title = JSON.stringify(value)?.slice(0, 80)
    assert.deepEqual(await verify(value), { outcome: 'refused', reason: 'malformed' }, title)
  }
})

test('a registration that is cut off anywhere is refused', async () => {
  const response = responseOf({ attestation: { format: 'packed', signer }, aaguid: AAGUID })
  const object = Buffer.from(response.response.attestationObject, 'base64url')
  await fc.assert(
    fc.asyncProperty(fc.nat(object.length - 1), async length => {
      const attestationObject = object.subarray(0, length).toString('base64url')
      const inner = { ...response.response, attestationObject }
      assert.equal((await verify({ ...response, response: inner })).outcome, 'refused')
    }),
    { numRuns: 150 },
  )
})

test('transports that are none are left out', async () => {
  const response = responseOf({})
  const transports = ['usb', 'usb', 7, 'NFC', 'x'.repeat(40), '<b>', 'hybrid', null, 'internal']
  const told = { ...response, response: { ...response.response, transports } }
  assert.deepEqual(credentialOf(await verify(told)).transports, ['usb', 'hybrid'])
  const silent = { ...response, response: { ...response.response, transports: 'usb' } }
  assert.deepEqual(credentialOf(await verify(silent)).transports, [])
})

test('any JSON is registered or refused, and never an exception', async () => {
  const response = responseOf({ attestation: { format: 'packed' } })
  const part = fc.oneof(fc.jsonValue(), fc.base64String({ maxLength: 400 }))
  const hostile = fc.record({
    id: fc.oneof(fc.constant(response.id), part),
    rawId: fc.oneof(fc.constant(response.rawId), part),
    type: fc.constantFrom('public-key', 'x'),
    response: fc.oneof(
      part,
      fc.record({
        clientDataJSON: fc.oneof(fc.constant(response.response.clientDataJSON), part),
        attestationObject: fc.oneof(fc.constant(response.response.attestationObject), part),
        transports: part,
      }),
    ),
  })
  await fc.assert(
    fc.asyncProperty(fc.oneof(hostile, fc.jsonValue()), async value => {
      const { outcome } = await verify(value)
      assert.ok(outcome === 'refused' || outcome === 'registered')
    }),
    { numRuns: 300 },
  )
})
