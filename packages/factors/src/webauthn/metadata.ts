// What the operator knows of authenticator models: an extract of the FIDO Metadata Service in a file of their own. Nothing
// is fetched: a ceremony depends on nobody else's server.
import { X509Certificate } from 'node:crypto'
import { FactorsError } from '../errors.ts'

/** GetMFADevice's Certifications: the names that IAM knows, with a level such as `L1`. */
export type Certifications = Readonly<Partial<Record<CertificationName, string>>>

/** IAM's certification names, which the condition keys iam:FIDO-certification and its siblings compare. */
export type CertificationName = (typeof CERTIFICATION_NAMES)[number]

const CERTIFICATION_NAMES = ['FIDO', 'FIPS-140-2', 'FIPS-140-3'] as const

/** What is known of one model. */
export type MetadataStatement = {
  readonly description: string
  /** Where the model's attestation certificates must lead. */
  readonly attestationRootCertificates: readonly X509Certificate[]
  readonly certifications: Certifications
}

/**
 * Models by AAGUID, or, for U2F authenticators, whose AAGUID is zero, by the key identifier of their attestation
 * certificates; both in lower case.
 */
export type AuthenticatorMetadata = ReadonlyMap<string, MetadataStatement>

/** The whole Metadata Service is about half of that. */
const LONGEST_TEXT = 16 * 1024 * 1024

const AAGUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/
const KEY_IDENTIFIER = /^[0-9a-f]{40}$/

/** IAM's CertificationValueType. */
const CERTIFICATION_VALUE = /^[\u0020-\u00ff]{1,32}$/

/**
 * The models of a metadata file: `{"authenticators": [{"aaguid", "description", "attestationRootCertificates",
 * "certifications"}]}`, where certificates are Base64 of DER as in the Metadata Service, and `attestationCertificateKeyIdentifier`
 * may stand for `aaguid`.
 * @throws FactorsError `InvalidAuthenticatorMetadata` that names the entry at fault
 */
export function readAuthenticatorMetadata(text: string): AuthenticatorMetadata {
  if (text.length > LONGEST_TEXT) throw invalid('it is longer than 16 megabytes')
  const { authenticators } = objectOf(parseJson(text), 'it')
  if (!Array.isArray(authenticators)) throw invalid('it has no list `authenticators`')
  const models = new Map<string, MetadataStatement>()
  for (const [index, entry] of authenticators.entries()) {
    const place = `entry ${index + 1}`
    const model = objectOf(entry, place)
    const key = keyOf(model, place)
    if (models.has(key)) throw invalid(`${place} is there twice`)
    models.set(key, statementOf(model, place))
  }
  return models
}

function invalid(reason: string) {
  return new FactorsError(
    'InvalidAuthenticatorMetadata',
    `The authenticator metadata cannot be used: ${reason}.`,
  )
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw invalid('it is not JSON')
  }
}

type JsonObject = Readonly<Record<string, unknown>>

function objectOf(value: unknown, place: string): JsonObject {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw invalid(`${place} is not an object`)
  }
  return value as JsonObject
}

function keyOf({ aaguid, attestationCertificateKeyIdentifier }: JsonObject, place: string) {
  const given = aaguid ?? attestationCertificateKeyIdentifier
  const key = typeof given === 'string' ? given.toLowerCase() : ''
  const pattern = aaguid === undefined ? KEY_IDENTIFIER : AAGUID
  if (!pattern.test(key)) throw invalid(`${place} has no usable AAGUID or key identifier`)
  return key
}

function statementOf(model: JsonObject, place: string): MetadataStatement {
  const { description, attestationRootCertificates: roots } = model
  if (typeof description !== 'string') throw invalid(`${place} has no description`)
  if (!Array.isArray(roots)) throw invalid(`${place} has no attestationRootCertificates`)
  return {
    description,
    attestationRootCertificates: roots.map(root => certificateOf(root, place)),
    certifications: certificationsOf(model['certifications'] ?? {}, place),
  }
}

function certificateOf(root: unknown, place: string) {
  try {
    return new X509Certificate(Buffer.from(String(root), 'base64'))
  } catch {
    throw invalid(`${place} has a root that is no certificate`)
  }
}

function certificationsOf(value: unknown, place: string): Certifications {
  const entries = Object.entries(objectOf(value, `certifications of ${place}`))
  for (const [name, level] of entries) {
    if (!isCertificationName(name)) throw invalid(`${place} has a certification unknown to IAM`)
    if (typeof level !== 'string' || !CERTIFICATION_VALUE.test(level)) {
      throw invalid(`${place} has a certification without a level`)
    }
  }
  return Object.fromEntries(entries)
}

function isCertificationName(name: string): name is CertificationName {
  return CERTIFICATION_NAMES.some(known => known === name)
}
