import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as fc from 'fast-check'
import { certify } from '../../test/attestation-certificates.ts'
import { FactorsError } from '../errors.ts'
import { readAuthenticatorMetadata } from './metadata.ts'

const root = certify({ commonName: 'Root', ca: true }).certificate.toString('base64')
const AAGUID = '01020304-0506-0708-090a-0b0c0d0e0f10'
const entry = {
  aaguid: AAGUID,
  description: 'Key',
  attestationRootCertificates: [root],
  certifications: { FIDO: 'L1', 'FIPS-140-3': 'L2' },
}

const read = (...authenticators: readonly unknown[]) =>
  readAuthenticatorMetadata(JSON.stringify({ authenticators }))

test('models are known by AAGUID, or by the key identifier of their attestation certificates', () => {
  const { aaguid, certifications, ...u2f } = entry
  const identifier = 'AB'.repeat(20)
  const models = read(
    { ...entry, aaguid: aaguid.toUpperCase() },
    { ...u2f, attestationCertificateKeyIdentifier: identifier },
  )
  assert.deepEqual([...models.keys()], [AAGUID, identifier.toLowerCase()])
  assert.deepEqual(models.get(AAGUID)?.certifications, certifications)
  assert.deepEqual(models.get(identifier.toLowerCase())?.certifications, {})
})

const isInvalid = (reason: RegExp) => (error: unknown) =>
  error instanceof FactorsError &&
  error.code === 'InvalidAuthenticatorMetadata' &&
  reason.test(error.message)

for (const [title, reason, value] of [
  ['an AAGUID that is none', /entry 1/, { ...entry, aaguid: 'x' }],
  ['no AAGUID', /entry 1/, { ...entry, aaguid: undefined }],
  ['no description', /description/, { ...entry, description: 7 }],
  ['no roots', /attestationRootCertificates/, { ...entry, attestationRootCertificates: root }],
  ['a root that is none', /no certificate/, { ...entry, attestationRootCertificates: ['AAAA'] }],
  [
    'a certification unknown to IAM',
    /unknown to IAM/,
    { ...entry, certifications: { CC: 'EAL4' } },
  ],
  ['a certification without a level', /level/, { ...entry, certifications: { FIDO: 1 } }],
  ['an entry that is no object', /entry 1 is not/, null],
] as const) {
  test(`refused: ${title}`, () => {
    assert.throws(() => read(value), isInvalid(reason))
  })
}

test('refused: a model twice', () => {
  assert.throws(() => read(entry, entry), isInvalid(/entry 2 is there twice/))
})

test('any text is read or refused with a FactorsError', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.json()), text => {
      try {
        readAuthenticatorMetadata(text)
      } catch (error) {
        assert.ok(error instanceof FactorsError)
      }
    }),
  )
})
