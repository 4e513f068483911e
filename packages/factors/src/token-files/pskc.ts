// Hardware tokens from a Portable Symmetric Key Container: RFC 6030, with the TOTP profile. What a file demands and cannot
// be kept (a policy, a challenge, a check digit) is refused, as §5 asks: a token of which half is understood is not taken.
import { importedToken, unusable } from './imported-token.ts'
import type { ImportedToken } from './imported-token.ts'
import { valueReader } from './pskc-encryption.ts'
import type { PskcKey, ValueReader } from './pskc-encryption.ts'
import { PROFILES, pskc } from './pskc-names.ts'
import { checkPolicy, validityOf } from './pskc-policy.ts'
import { readEveryEntry, unusableFile, wholeFile } from './token-file-error.ts'
import { bytesOf, childOf, childrenOf, findChild, isNamed, parseXml, textOf } from './xml.ts'
import type { Element } from './xml.ts'

const MOST_PACKAGES = 5000

/** More steps than a pair of codes can bridge (`TotpProfile`) would make a token that cannot be enabled. */
const MOST_DRIFT_STEPS = 998

/**
 * The tokens of a PSKC file. All of them, or none. Signatures are not verified: the file is trusted as far as whoever
 * imports it.
 * @param key of an encrypted file; one that is not encrypted needs none
 * @throws TokenFileError that names each key package that cannot be used and why; it repeats no value
 * @throws FactorsError `WrongTokenFileKey` when the file does not open
 */
export async function readPskc(text: string, key?: PskcKey): Promise<readonly ImportedToken[]> {
  const container = await parseXml(text)
  if (!isNamed(container, pskc('KeyContainer'))) throw unusableFile('it is not a PSKC file')
  if (!/^1\.\d{1,4}$/.test(container.getAttribute('Version') ?? '')) {
    throw unusableFile('its version is not 1')
  }
  const packages = childrenOf(container).filter(child => isNamed(child, pskc('KeyPackage')))
  if (packages.length > MOST_PACKAGES) {
    throw unusableFile(`it has more than ${MOST_PACKAGES} key packages`)
  }
  const readEncrypted = await wholeFile(() => valueReader(container, key))
  return readEveryEntry(
    packages,
    (_, index) => `key package ${index + 1}`,
    keyPackage => readKeyPackage(keyPackage, readEncrypted),
  )
}

function readKeyPackage(keyPackage: Element, readEncrypted: ValueReader | undefined) {
  const device = childOf(keyPackage, pskc('DeviceInfo'))
  const key = childOf(keyPackage, pskc('Key'))
  checkProfile(key)
  checkPolicy(key)
  const values = childOf(key, pskc('Data'))
  checkTimeOrigin(values)
  const token = importedToken({
    serialNumber: textOf(childOf(device, pskc('SerialNo'))),
    manufacturer: findText(device, 'Manufacturer'),
    seed: readSecret(childOf(values, pskc('Secret')), readEncrypted),
    period: findPlainValue(values, 'TimeInterval'),
    ...parametersOf(key),
  })
  return { ...token, driftSteps: driftOf(values), ...validityOf(device, key) }
}

function checkProfile(key: Element) {
  const profile = key.getAttribute('Algorithm')
  if (profile === PROFILES.hotp) throw unusable('its codes are counted (HOTP), not timed')
  if (profile !== PROFILES.totp) throw unusable('it is no key for time-based codes (TOTP)')
}

/** §4.3.4. */
function parametersOf(key: Element) {
  const parameters = findChild(key, pskc('AlgorithmParameters'))
  if (parameters === undefined) return {}
  if (findChild(parameters, pskc('ChallengeFormat')) !== undefined) {
    throw unusable('it answers challenges')
  }
  const format = findChild(parameters, pskc('ResponseFormat'))
  return { algorithm: findText(parameters, 'Suite'), digits: format && digitsOf(format) }
}

function digitsOf(format: Element) {
  if (format.getAttribute('Encoding') !== 'DECIMAL') throw unusable('its codes are not decimal')
  const checkDigit = format.getAttribute('CheckDigits') ?? format.getAttribute('CheckDigit')
  if (checkDigit !== null && checkDigit !== 'false' && checkDigit !== '0') {
    throw unusable('its codes have a check digit')
  }
  return format.getAttribute('Length') ?? ''
}

function readSecret(secret: Element, readEncrypted: ValueReader | undefined) {
  const plainValue = findChild(secret, pskc('PlainValue'))
  const encryptedValue = findChild(secret, pskc('EncryptedValue'))
  if (plainValue !== undefined && encryptedValue === undefined) return bytesOf(plainValue)
  if (encryptedValue === undefined || plainValue !== undefined) {
    throw unusable('its secret must be either plain or encrypted')
  }
  if (readEncrypted === undefined) throw unusable('its secret is encrypted, with no key named')
  return readEncrypted(encryptedValue, findChild(secret, pskc('ValueMAC')))
}

/** RFC 6238 §4.1: steps are counted from the epoch; AWS's devices know no other T0. */
function checkTimeOrigin(values: Element) {
  const origin = findPlainValue(values, 'Time')
  if (origin !== undefined && !/^0{1,20}$/.test(origin)) {
    throw unusable('its steps are not counted from the epoch')
  }
}

/** §4.1: how many steps the device was ahead of the server that wrote the file. */
function driftOf(values: Element) {
  const text = findPlainValue(values, 'TimeDrift') ?? '0'
  if (!/^(?:0|-?[1-9]\d{0,3})$/.test(text) || Math.abs(Number(text)) > MOST_DRIFT_STEPS) {
    throw unusable(`its drift must be a number of steps, at most ${MOST_DRIFT_STEPS}`)
  }
  return Number(text)
}

function findText(parent: Element, localName: string) {
  const child = findChild(parent, pskc(localName))
  return child && textOf(child)
}

/** Only secrets are ever encrypted in practice; another encrypted value is refused rather than passed over. */
function findPlainValue(values: Element, localName: string) {
  const element = findChild(values, pskc(localName))
  return element && textOf(childOf(element, pskc('PlainValue')))
}
