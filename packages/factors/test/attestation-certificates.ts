// X.509 certificates as vendors of security keys issue them (WebAuthn §8.2.1), written in DER for the tests.
import { createHash, createPublicKey, generateKeyPairSync, sign } from 'node:crypto'
import type { KeyObject } from 'node:crypto'

/** A key with its certificate. */
export type Certified = { readonly certificate: Buffer; readonly privateKey: KeyObject }

/** What a certificate says. */
export type CertificateContent = {
  readonly commonName: string
  /** Undefined for one that signs itself. */
  readonly issuer?: Certified & { readonly commonName: string }
  readonly ca?: boolean
  /** The extension id-fido-gen-ce-aaguid. */
  readonly aaguid?: Uint8Array
  readonly validFrom?: string
  readonly validTo?: string
}

/** A new P-256 key, certified. */
export function certify(content: CertificateContent): Certified & { readonly commonName: string } {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const { commonName, issuer, ca = false, aaguid } = content
  const { validFrom = '20200101000000Z', validTo = '20500101000000Z' } = content
  const extensions = [
    extension('2.5.29.19', true, sequence(...(ca ? [tlv(0x01, Buffer.of(0xff))] : []))),
    ...(aaguid === undefined
      ? []
      : [extension(FIDO_AAGUID, false, tlv(0x04, Buffer.from(aaguid)))]),
  ]
  const tbsCertificate = sequence(
    tlv(0xa0, tlv(0x02, Buffer.of(2))),
    tlv(0x02, createHash('sha256').update(commonName).digest().subarray(0, 7)),
    ECDSA_SHA256,
    nameOf(issuer?.commonName ?? commonName),
    sequence(tlv(0x18, Buffer.from(validFrom)), tlv(0x18, Buffer.from(validTo))),
    nameOf(commonName),
    publicKey.export({ type: 'spki', format: 'der' }),
    tlv(0xa3, sequence(...extensions)),
  )
  const signature = sign('sha256', tbsCertificate, issuer?.privateKey ?? privateKey)
  const certificate = sequence(tbsCertificate, ECDSA_SHA256, bitString(signature))
  return { certificate, privateKey, commonName }
}

/** What the Metadata Service calls the attestationCertificateKeyIdentifier. */
export function keyIdentifierOf({ privateKey }: Certified): string {
  const point = createPublicKey(privateKey).export({ type: 'spki', format: 'der' }).subarray(-65)
  return createHash('sha1').update(point).digest('hex')
}

const FIDO_AAGUID = '1.3.6.1.4.1.45724.1.1.4'
const ECDSA_SHA256 = sequence(oid('1.2.840.10045.4.3.2'))

/** The subject that packed attestation demands, apart from the common name. */
function nameOf(commonName: string) {
  const parts = [
    ['2.5.4.6', 'SE'],
    ['2.5.4.10', 'Example'],
    ['2.5.4.11', 'Authenticator Attestation'],
    ['2.5.4.3', commonName],
  ] as const
  const attributes = parts.map(([type, text]) => {
    return tlv(0x31, sequence(oid(type), tlv(type === '2.5.4.6' ? 0x13 : 0x0c, Buffer.from(text))))
  })
  return sequence(...attributes)
}

function extension(id: string, critical: boolean, value: Buffer) {
  const flag = critical ? [tlv(0x01, Buffer.of(0xff))] : []
  return sequence(oid(id), ...flag, tlv(0x04, value))
}

function sequence(...parts: readonly Buffer[]) {
  return tlv(0x30, Buffer.concat(parts))
}

function bitString(bytes: Buffer) {
  return tlv(0x03, Buffer.concat([Buffer.of(0), bytes]))
}

function oid(text: string) {
  const [first = 0, second = 0, ...rest] = text.split('.').map(Number)
  return tlv(0x06, Buffer.concat([40 * first + second, ...rest].map(base128)))
}

function base128(arc: number) {
  const digits = [arc & 0x7f]
  for (let left = arc >>> 7; left > 0; left >>>= 7) digits.unshift((left & 0x7f) | 0x80)
  return Buffer.from(digits)
}

function tlv(tag: number, value: Buffer) {
  const { length } = value
  const size =
    length < 128 ? [length] : length < 256 ? [0x81, length] : [0x82, length >> 8, length & 255]
  return Buffer.concat([Buffer.of(tag, ...size), value])
}
