// What an authenticator says of itself (WebAuthn §6.5, §8), and how far it is believed.
import { X509Certificate, createHash } from 'node:crypto'
import type { AttestationTrust } from './credential.ts'
import type { AuthenticatorMetadata, Certifications, MetadataStatement } from './metadata.ts'

/**
 * The formats whose statements are evaluated: those of security keys. All others are set aside as if nothing had been said,
 * which is what anybody could have the browser send anyway (§5.1.3, step 22), so nothing is gained by them:
 * to verify `android-key` the library would fetch whatever address the sender's certificates name, and the rest are of
 * platforms whose passkeys come without attestation, of which no certification could be learnt.
 */
const EVALUATED_FORMATS: ReadonlySet<string> = new Set(['none', 'packed', 'fido-u2f'])

/** Whether the statement is evaluated; if not, it is put aside. */
export function isEvaluated(format: string): boolean {
  return EVALUATED_FORMATS.has(format)
}

/** A correct statement, as far as trust is concerned. */
export type AttestationStatement = {
  readonly format: string
  /** The chain of certificates, the signer's own first; none in self attestation. */
  readonly certificates: readonly Uint8Array[]
  readonly aaguid: string
}

/** What can be relied on. */
export type AttestationJudgement = {
  readonly attestation: AttestationTrust
  readonly certifications: Certifications
}

/** Longer than any vendor's. */
const LONGEST_CHAIN = 5

const ZERO_AAGUID = '00000000-0000-0000-0000-000000000000'

/**
 * How far the statement is to be trusted (§7.1, steps 22 and 23). A model is certified only if its certificates lead to one of
 * the roots that the metadata has for it: the AAGUID alone can be claimed by any software.
 * @param now seconds since the epoch, at which the certificates must be valid
 */
export function judgeAttestation(
  statement: AttestationStatement,
  metadata: AuthenticatorMetadata,
  now: number,
): AttestationJudgement {
  if (!isEvaluated(statement.format) || statement.format === 'none') {
    return { attestation: 'none', certifications: {} }
  }
  if (statement.certificates.length === 0) return { attestation: 'self', certifications: {} }

  const chain = parseChain(statement.certificates)
  const model = chain && findModel(statement.aaguid, chain[0], metadata)
  return chain && model && leadsToRoot(chain, model, now)
    ? { attestation: 'trusted', certifications: model.certifications }
    : { attestation: 'untrusted', certifications: {} }
}

function parseChain(certificates: readonly Uint8Array[]) {
  if (certificates.length > LONGEST_CHAIN) return undefined
  try {
    return certificates.map(certificate => new X509Certificate(certificate))
  } catch {
    return undefined
  }
}

/** U2F authenticators have no AAGUID; the Metadata Service knows them by the key of their attestation certificate. */
function findModel(
  aaguid: string,
  signer: X509Certificate | undefined,
  metadata: AuthenticatorMetadata,
): MetadataStatement | undefined {
  if (aaguid !== ZERO_AAGUID) return metadata.get(aaguid)
  return signer && metadata.get(keyIdentifierOf(signer))
}

/** RFC 5280 §4.2.1.2, method 1: SHA-1 of the key's bit string, which for the P-256 keys of U2F is the point, 65 bytes. */
function keyIdentifierOf({ publicKey }: X509Certificate) {
  const point = publicKey.export({ type: 'spki', format: 'der' }).subarray(-65)
  return createHash('sha1').update(point).digest('hex')
}

/** Each certificate is issued by the next, and the last is a root or issued by one; all are valid at the time. */
function leadsToRoot(chain: readonly X509Certificate[], model: MetadataStatement, now: number) {
  const isLinked = chain.every((certificate, index) => {
    const issuer = chain[index + 1]
    return isValidAt(certificate, now) && (issuer === undefined || isIssuedBy(certificate, issuer))
  })
  const last = chain.at(-1)
  if (last === undefined || !isLinked) return false
  return model.attestationRootCertificates.some(root => {
    return isValidAt(root, now) && (last.raw.equals(root.raw) || isIssuedBy(last, root))
  })
}

function isIssuedBy(certificate: X509Certificate, issuer: X509Certificate) {
  return issuer.ca && certificate.checkIssued(issuer) && certificate.verify(issuer.publicKey)
}

function isValidAt({ validFromDate, validToDate }: X509Certificate, now: number) {
  const time = now * 1000
  return validFromDate.getTime() <= time && time <= validToDate.getTime()
}
