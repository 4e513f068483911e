// Why a certificate was not believed, as one sentence for the user.
// https://nodejs.org/api/tls.html#x509-certificate-error-codes
import { printable } from './terminal/printable.ts'

const UNTRUSTED =
  'its certificate is signed by nobody who is trusted here: name the PEM file of its CA in AWS_CA_BUNDLE, or as ca_bundle of the profile'

const REASONS: Readonly<Record<string, string>> = {
  DEPTH_ZERO_SELF_SIGNED_CERT: UNTRUSTED,
  SELF_SIGNED_CERT_IN_CHAIN: UNTRUSTED,
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: UNTRUSTED,
  UNABLE_TO_GET_ISSUER_CERT: UNTRUSTED,
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: UNTRUSTED,
  CERT_SIGNATURE_FAILURE: UNTRUSTED,
  CERT_UNTRUSTED: UNTRUSTED,
  INVALID_CA: UNTRUSTED,
  CERT_HAS_EXPIRED: 'its certificate has expired, or that of its CA has',
  CERT_NOT_YET_VALID: 'its certificate is not valid yet: is the clock of this machine right?',
  CERT_REVOKED: 'its certificate was revoked',
}

/** The reason without its subject; undefined for what is no fault of a certificate. */
export function certificateReason(error: Error, code: string): string | undefined {
  return code === 'ERR_TLS_CERT_ALTNAME_INVALID'
    ? `its certificate is for another name (${namesIn(error)})`
    : REASONS[code]
}

const LONGEST = 100

/** Whoever made the certificate wrote what it is called. */
function namesIn(error: Error): string {
  const { subjectaltname, subject } = certificateOf(error)
  const names = printable(String(subjectaltname ?? subject?.CN ?? 'of nobody'))
  return names.length > LONGEST ? `${names.slice(0, LONGEST)}…` : names
}

type Certificate = {
  readonly subjectaltname?: string
  readonly subject?: { readonly CN?: string | readonly string[] }
}

function certificateOf(error: Error): Certificate {
  const cert = 'cert' in error ? error.cert : undefined
  return typeof cert === 'object' && cert !== null ? cert : {}
}
