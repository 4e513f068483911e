// The last check of Signature Version 4: whether the holder of the secret signed this very request.

import { createHmac, hash, timingSafeEqual, type KeyObject } from 'node:crypto'
import { AwsError } from '../errors.ts'
import type { WireRequest } from '../wire-request.ts'
import { canonicalRequest } from './canonical-request.ts'
import type { PresentedSignature } from './presented-signature.ts'
import { ALGORITHM } from './signature-parts.ts'

const MISMATCH =
  'The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and ' +
  'signing method. Consult the service documentation for details.'

/**
 * Returns if `key`, which is `signingKey` of the presented scope, made the presented signature of this request.
 * @throws SignatureDoesNotMatch
 */
export function verifySignature(
  request: WireRequest,
  presented: PresentedSignature,
  key: KeyObject,
): void {
  const canonical = canonicalRequest(request, presented.signedHeaders)
  if (
    canonical === undefined ||
    !isMadeBy(key, stringToSign(presented, canonical), presented.signature)
  ) {
    throw new AwsError('SignatureDoesNotMatch', MISMATCH)
  }
}

/** What the key signs. */
export function stringToSign(
  { timestamp, date, region, service }: PresentedSignature,
  canonical: string,
): string {
  const scope = `${date}/${region}/${service}/aws4_request`
  return `${ALGORITHM}\n${timestamp}\n${scope}\n${hash('sha256', canonical)}`
}

function isMadeBy(key: KeyObject, text: string, signature: string): boolean {
  if (!/^[0-9a-f]{64}$/.test(signature)) return false
  // Hex costs a quarter less than a digest in a Buffer.
  const expected = createHmac('sha256', key).update(text).digest('hex')
  return timingSafeEqual(Buffer.from(expected, 'latin1'), Buffer.from(signature, 'latin1'))
}
