// The names of RFC 6030 §1.3 and of the algorithms in §6 and §10.
import type { ElementName } from './xml.ts'

const PSKC = 'urn:ietf:params:xml:ns:keyprov:pskc'
const DS = 'http://www.w3.org/2000/09/xmldsig#'
const XENC = 'http://www.w3.org/2001/04/xmlenc#'
const XENC11 = 'http://www.w3.org/2009/xmlenc11#'
const PKCS5 = 'http://www.rsasecurity.com/rsalabs/pkcs/schemas/pkcs-5v2-0#'

/** An element of PSKC itself. */
export const pskc = (localName: string): ElementName => [PSKC, localName]
/** An element of XML Signature. */
export const ds = (localName: string): ElementName => [DS, localName]
/** An element of XML Encryption. */
export const xenc = (localName: string): ElementName => [XENC, localName]
/** An element of XML Encryption 1.1. */
export const xenc11 = (localName: string): ElementName => [XENC11, localName]
/** An element of PKCS #5. */
export const pkcs5 = (localName: string): ElementName => [PKCS5, localName]

/** The algorithm profiles. TOTP is registered with IANA beside RFC 6030's own. */
export const PROFILES = { totp: `${PSKC}:totp`, hotp: `${PSKC}:hotp` } as const

/** The ciphers, with the length of their keys. */
export const CIPHERS: ReadonlyMap<string, { readonly name: string; readonly keyBytes: number }> =
  new Map([
    [`${XENC}aes128-cbc`, { name: 'aes-128-cbc', keyBytes: 16 }],
    [`${XENC}aes192-cbc`, { name: 'aes-192-cbc', keyBytes: 24 }],
    [`${XENC}aes256-cbc`, { name: 'aes-256-cbc', keyBytes: 32 }],
  ])

const XMLDSIG_MORE = 'http://www.w3.org/2001/04/xmldsig-more#'

/** The hash functions of HMACs, for MACs and for PBKDF2's pseudo-random function. */
export const HMACS: ReadonlyMap<string, 'sha1' | 'sha256' | 'sha512'> = new Map([
  [`${DS}hmac-sha1`, 'sha1'],
  [`${XMLDSIG_MORE}hmac-sha256`, 'sha256'],
  [`${XMLDSIG_MORE}hmac-sha512`, 'sha512'],
])

/** PBKDF2, as RFC 6030 §6.2 names it, as its figure 7 does, and as XML Encryption 1.1 does. */
export const PBKDF2: ReadonlySet<string> = new Set([
  'http://www.rsasecurity.com/rsalabs/pkcs/schemas/pkcs-5#pbkdf2',
  `${PKCS5}pbkdf2`,
  `${XENC11}pbkdf2`,
])
