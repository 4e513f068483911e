// Writes PSKC files (RFC 6030) as a vendor does, plain or encrypted, for the tests of whatever reads them.
import { createCipheriv, createHmac, pbkdf2Sync, randomBytes } from 'node:crypto'

/** One token of a file. The extra texts are elements that the tests put where RFC 6030 has them. */
export type PskcToken = {
  readonly serialNumber: string
  readonly seed: Uint8Array
  readonly manufacturer?: string
  readonly algorithm?: string
  /** What stands within AlgorithmParameters. */
  readonly parameters?: string
  /** What stands beside the Secret. */
  readonly values?: string
  /** What stands in the DeviceInfo beside serial number and manufacturer. */
  readonly device?: string
  /** What stands within Policy. */
  readonly policy?: string
}

/** How a file's seeds are protected. */
export type PskcProtection = {
  readonly bits: 128 | 192 | 256
  readonly mac: 'sha1' | 'sha256' | 'sha512'
  readonly key: Uint8Array | { readonly passphrase: string; readonly iterations: number }
  /** Without one the MACs are made with the encryption key. */
  readonly macKey?: Uint8Array
}

const TOTP = 'urn:ietf:params:xml:ns:keyprov:pskc:totp'

const MAC_METHODS = {
  sha1: 'http://www.w3.org/2000/09/xmldsig#hmac-sha1',
  sha256: 'http://www.w3.org/2001/04/xmldsig-more#hmac-sha256',
  sha512: 'http://www.w3.org/2001/04/xmldsig-more#hmac-sha512',
} as const

/** A file whose seeds anybody can read. */
export function plainPskc(tokens: readonly PskcToken[]): string {
  const secretOf = ({ seed }: PskcToken) =>
    `<PlainValue>${Buffer.from(seed).toString('base64')}</PlainValue>`
  return pskcContainer(tokens.map(token => keyPackage(token, secretOf(token))).join(''))
}

/** A file whose seeds are encrypted and carry MACs. */
export function encryptedPskc(tokens: readonly PskcToken[], protection: PskcProtection): string {
  const { bits, mac, key, macKey } = protection
  const method = `http://www.w3.org/2001/04/xmlenc#aes${bits}-cbc`
  const salt = randomBytes(16)
  const contentKey =
    key instanceof Uint8Array
      ? key
      : pbkdf2Sync(key.passphrase, salt, key.iterations, bits / 8, 'sha256')

  const secretOf = ({ seed }: PskcToken) => {
    const cipherText = encrypt(contentKey, bits, seed)
    const valueMac = createHmac(mac, macKey ?? contentKey)
      .update(cipherText)
      .digest('base64')
    return `<EncryptedValue>${cipherData(method, cipherText)}</EncryptedValue><ValueMAC>${valueMac}</ValueMAC>`
  }
  const encryptionKey =
    key instanceof Uint8Array
      ? '<ds:KeyName>Pre-shared-key</ds:KeyName>'
      : derivedKey(salt, key.iterations, bits / 8)
  const wrapped =
    macKey === undefined
      ? ''
      : `<MACKey>${cipherData(method, encrypt(contentKey, bits, macKey))}</MACKey>`
  return pskcContainer(`<EncryptionKey>${encryptionKey}</EncryptionKey>
    <MACMethod Algorithm="${MAC_METHODS[mac]}">${wrapped}</MACMethod>
    ${tokens.map(token => keyPackage(token, secretOf(token))).join('')}`)
}

/** A container with this content and all of RFC 6030's namespaces. */
export function pskcContainer(content: string): string {
  return `<?xml version="1.0" encoding="UTF-8"?>
<KeyContainer Version="1.0" xmlns="urn:ietf:params:xml:ns:keyprov:pskc"
  xmlns:ds="http://www.w3.org/2000/09/xmldsig#" xmlns:xenc="http://www.w3.org/2001/04/xmlenc#"
  xmlns:xenc11="http://www.w3.org/2009/xmlenc11#"
  xmlns:pkcs5="http://www.rsasecurity.com/rsalabs/pkcs/schemas/pkcs-5v2-0#">${content}</KeyContainer>`
}

/** A key package with this content in its Secret. */
export function keyPackage(token: Omit<PskcToken, 'seed'>, secret: string): string {
  const { serialNumber, manufacturer, algorithm = TOTP, parameters, policy } = token
  const made = manufacturer === undefined ? '' : `<Manufacturer>${manufacturer}</Manufacturer>`
  return `<KeyPackage>
    <DeviceInfo>${made}<SerialNo>${serialNumber}</SerialNo>${token.device ?? ''}</DeviceInfo>
    <Key Id="${serialNumber}" Algorithm="${algorithm}">
      <Issuer>Issuer</Issuer>
      ${parameters === undefined ? '' : `<AlgorithmParameters>${parameters}</AlgorithmParameters>`}
      <Data><Secret>${secret}</Secret>${token.values ?? ''}</Data>
      ${policy === undefined ? '' : `<Policy>${policy}</Policy>`}
    </Key>
  </KeyPackage>`
}

/** What an element holds that is encrypted. */
export function cipherData(method: string, cipherText: Uint8Array): string {
  return `<xenc:EncryptionMethod Algorithm="${method}"/><xenc:CipherData><xenc:CipherValue>
    ${Buffer.from(cipherText).toString('base64')}
  </xenc:CipherValue></xenc:CipherData>`
}

/** The EncryptionKey of a passphrase. */
export function derivedKey(
  salt: Uint8Array,
  iterations: number,
  keyLength: number,
  prf = '<PRF Algorithm="http://www.w3.org/2001/04/xmldsig-more#hmac-sha256"/>',
): string {
  return `<xenc11:DerivedKey>
    <xenc11:KeyDerivationMethod Algorithm="http://www.rsasecurity.com/rsalabs/pkcs/schemas/pkcs-5v2-0#pbkdf2">
      <pkcs5:PBKDF2-params>
        <Salt><Specified>${Buffer.from(salt).toString('base64')}</Specified></Salt>
        <IterationCount>${iterations}</IterationCount><KeyLength>${keyLength}</KeyLength>${prf}
      </pkcs5:PBKDF2-params>
    </xenc11:KeyDerivationMethod>
    <xenc11:MasterKeyName>Passphrase 1</xenc11:MasterKeyName>
  </xenc11:DerivedKey>`
}

function encrypt(key: Uint8Array, bits: number, value: Uint8Array) {
  const vector = randomBytes(16)
  const cipher = createCipheriv(`aes-${bits}-cbc`, key, vector)
  return Buffer.concat([vector, cipher.update(value), cipher.final()])
}
