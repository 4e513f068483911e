// What a PSKC file allows its keys to be used for, and when: RFC 6030 §4.3.1 and §5. A policy that is not understood, or
// that nobody here could keep, makes the key unusable, as §5 demands.
import { unusable } from './imported-token.ts'
import type { ImportedToken } from './imported-token.ts'
import { pskc } from './pskc-names.ts'
import { childrenOf, findChild, isNamed, textOf } from './xml.ts'
import type { Element } from './xml.ts'

/** @throws FactorsError `InvalidTokenFile` when the key may not be used for one-time passwords, or only under conditions */
export function checkPolicy(key: Element): void {
  const policy = findChild(key, pskc('Policy'))
  if (policy === undefined) return
  const rules = childrenOf(policy)
  for (const rule of rules) {
    if (!isKept(rule)) throw unusable(`its policy ${rule.localName ?? ''} cannot be kept`)
  }
  const usages = rules.filter(rule => isNamed(rule, pskc('KeyUsage'))).map(textOf)
  if (usages.length > 0 && !usages.includes('OTP')) {
    throw unusable('its policy does not allow one-time passwords')
  }
}

function isKept(rule: Element) {
  if (isNamed(rule, pskc('PINPolicy'))) {
    // The token itself asks for the PIN; every other mode changes the code, or asks for the PIN here.
    return rule.getAttribute('PINUsageMode') === 'Local'
  }
  return ['StartDate', 'ExpiryDate', 'KeyUsage'].some(name => isNamed(rule, pskc(name)))
}

/** When device and key are both within their dates. */
export function validityOf(
  device: Element,
  key: Element,
): Pick<ImportedToken, 'startDate' | 'expiryDate'> {
  const policy = findChild(key, pskc('Policy'))
  const dates = (name: string) =>
    [device, policy].flatMap(parent => {
      const element = parent && findChild(parent, pskc(name))
      return element === undefined ? [] : [parseDateTime(textOf(element))]
    })
  const [starts, expiries] = [dates('StartDate'), dates('ExpiryDate')]
  return {
    ...(starts.length === 0 ? {} : { startDate: new Date(Math.max(...starts)) }),
    ...(expiries.length === 0 ? {} : { expiryDate: new Date(Math.min(...expiries)) }),
  }
}

const DATE_TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?(Z|[+-]\d\d:\d\d)?$/

/** An xs:dateTime in milliseconds; without a zone it is UTC, RFC 6030's canonical form. */
function parseDateTime(text: string) {
  const [, zone] = DATE_TIME.exec(text) ?? []
  const time = DATE_TIME.test(text)
    ? Date.parse(zone === undefined ? `${text}Z` : text)
    : Number.NaN
  if (Number.isNaN(time)) throw unusable('a date of it is not an xs:dateTime')
  return time
}
