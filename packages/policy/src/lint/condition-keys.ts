// KEY001 to KEY005: keys that nobody sends, and operators that do not suit a key.
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
import { compileCondition } from '../condition.ts'
import { isMultivalued, NO_KEYS } from '../context-keys.ts'
import { parseCidr } from '../ip-address.ts'
import type { LintedCondition, LintedDocument, LintedStatement } from './document.ts'
import { type NewCondition, rewriteConditions } from './edits.ts'
import type { KeyType } from '../global-keys.ts'
import { findKnownKey, KNOWN_KEY_NAMES, listsKeysOf } from './known-keys.ts'
import { isMfaKey } from './mfa-effect.ts'
import { eachStatement, type Observation } from './rule.ts'
import { likelyMeant } from './spelling.ts'

/** KEY001: a key that no request has, so the condition is decided by its absence. */
export const unknownKey = eachCondition((condition, linted, document) => {
  const { statement } = linted
  const { key, keyName } = condition
  if (isTwinlockKey(key) || !isUnknown(key, document)) return []
  const meant = likelyMeant(withoutTag(key), KNOWN_KEY_NAMES)
  const holds = compileCondition(condition, document.version, statement.Effect)(NO_KEYS)
  // A catalogue can be older than a service's newest key.
  const isGuess = meant === undefined && !listsKeysOf(serviceOf(key))
  const opens = holds === (statement.Effect === 'Allow')
  return [
    {
      code: 'KEY001',
      at: keyName,
      severity: isGuess ? 'info' : opens ? 'error' : 'warning',
      why: `${isGuess ? 'No documented request' : 'No request'} carries ${key}${meant ? `; ${meant}${tagOf(key)} is probably meant` : ''}. Of an absent key this condition ${holds ? 'always holds' : 'never holds'}, so the ${statement.Effect} ${holds ? 'applies as if it were not there' : 'never applies'}.`,
      ...(meant !== undefined && {
        fix: () => replaceCondition(document, linted, condition, { key: meant + tagOf(key) }),
      }),
    },
  ]
})

/** KEY002: a key of Twinlock's own, in a document that may go to AWS. */
export const twinlockKey = eachCondition(({ key, keyName }) =>
  isTwinlockKey(key)
    ? [
        {
          code: 'KEY002',
          at: keyName,
          why: `Only Twinlock knows ${key}. In a policy that is stored at AWS it is always absent.`,
        },
      ]
    : [],
)

/** KEY003: an operator for one value over a key that has several by declaration. */
export const oneValueOfMany = eachCondition((condition, linted, document) => {
  const { operator, key, operatorName } = condition
  if (operator === 'Null' || operator.includes(':') || !hasSeveralValues(key, document)) return []
  const { Effect } = linted.statement
  const isPositive = !operator.includes('Not')
  const quantifier = isPositive === (Effect === 'Deny') ? 'ForAnyValue' : 'ForAllValues'
  const chosen = isPositive && !isTagKeys(key) ? 'ForAnyValue' : quantifier
  return [
    {
      code: 'KEY003',
      at: operatorName,
      why: `${key} may have several values, and AWS never finds ${operator} to hold for such a key, not even when it has one value: the ${Effect} ${Effect === 'Deny' ? 'does not apply' : 'gives nothing'} whenever the key is there.`,
      fix: () =>
        replaceCondition(document, linted, condition, { operator: `${chosen}:${operator}` }),
    },
  ]
})

/** By the engine's table, or by the catalogue's. */
function hasSeveralValues(key: string, { catalogue }: LintedDocument): boolean {
  return (
    isMultivalued(key.toLowerCase()) ||
    catalogue?.findConditionKey(key)?.type.startsWith('ArrayOf') === true
  )
}

/** KEY004: no value at all is a set all of whose values pass. */
export const holdsForNoValue = eachCondition((condition, linted, { text }) => {
  const { operator, key, operatorName } = condition
  if (!operator.startsWith('ForAllValues:') || isMfaKey(key)) return []
  if (linted.statement.Effect === 'Deny' || hasGuard(linted, key)) return []
  return [
    {
      code: 'KEY004',
      at: operatorName,
      why: `Of a request that has no ${key}, ${operator} holds, and the Allow applies as if the condition were not there. With Null "false" beside it the key has to be there.`,
      fix: () =>
        rewriteConditions(text, linted, [], [{ operator: 'Null', key, values: ['false'] }]),
    },
  ]
})

/** KEY005: texts compared as numbers, addresses as texts. */
export const operatorOfAnotherType = eachCondition((condition, linted, document) => {
  const { operator, key, operatorName } = condition
  const type = typeOf(key, document)
  const family = familyOf(operator)
  if (type === undefined || family === undefined || SUITS[type].includes(family)) return []
  const replacement = operatorFor(type, condition)
  return [
    {
      code: 'KEY005',
      at: operatorName,
      severity: type === 'Bool' && family === 'String' ? 'info' : 'warning',
      why: `${key} is of type ${type}, and ${operator} compares ${COMPARES[family]}. ${type === 'IPAddress' && family === 'String' ? 'A block such as 203.0.113.0/24 is then a text that no address equals.' : `Use ${listedFamilies(type)}.`}`,
      ...(replacement !== undefined && {
        fix: () => replaceCondition(document, linted, condition, { operator: replacement }),
      }),
    },
  ]
})

function replaceCondition(
  { text }: LintedDocument,
  linted: LintedStatement,
  condition: LintedCondition,
  change: Partial<NewCondition>,
) {
  return rewriteConditions(text, linted, [condition], [{ ...condition, ...change }])
}

type Look = (
  condition: LintedCondition,
  linted: LintedStatement,
  document: LintedDocument,
) => readonly Observation[]

function eachCondition(look: Look) {
  return eachStatement((linted, document) =>
    linted.conditions.flatMap(condition => look(condition, linted, document)),
  )
}

/** Keys of identity providers are named after them, and nobody lists those. */
function isUnknown(key: string, { catalogue }: LintedDocument): boolean {
  if (findKnownKey(key) !== undefined || catalogue?.findConditionKey(key) !== undefined) {
    return false
  }
  const service = serviceOf(key)
  if (service.includes('.') || service === 'saml') return false
  return (
    listsKeysOf(service) ||
    catalogue?.services.includes(service) === true ||
    likelyMeant(withoutTag(key), KNOWN_KEY_NAMES) !== undefined
  )
}

function isTwinlockKey(key: string): boolean {
  return serviceOf(key) === 'twinlock'
}

function serviceOf(key: string): string {
  return key.slice(0, Math.max(key.indexOf(':'), 0)).toLowerCase()
}

/** `aws:RequestTag/` of `aws:RequestTag/team`. */
function withoutTag(key: string): string {
  return key.slice(0, key.length - tagOf(key).length)
}

function tagOf(key: string): string {
  const slash = key.indexOf('/')
  return slash === -1 ? '' : key.slice(slash + 1)
}

function isTagKeys(key: string): boolean {
  return /^(?:aws:tagkeys|sts:transitivetagkeys)$/i.test(key)
}

function hasGuard({ conditions }: LintedStatement, wanted: string): boolean {
  return conditions.some(
    ({ operator, key, values }) =>
      operator === 'Null' &&
      key.toLowerCase() === wanted.toLowerCase() &&
      values.every(value => value.toLowerCase() === 'false'),
  )
}

type Family = 'String' | 'Arn' | 'Bool' | 'Numeric' | 'Date' | 'IpAddress' | 'Binary'

const SUITS: Readonly<Record<KeyType, readonly Family[]>> = {
  String: ['String', 'Arn', 'Binary'],
  ARN: ['Arn', 'String'],
  Bool: ['Bool'],
  Numeric: ['Numeric'],
  Date: ['Date', 'Numeric'],
  IPAddress: ['IpAddress'],
}

const COMPARES: Readonly<Record<Family, string>> = {
  String: 'texts',
  Arn: 'ARNs',
  Bool: 'true and false',
  Numeric: 'numbers',
  Date: 'dates',
  IpAddress: 'addresses',
  Binary: 'bytes',
}

function familyOf(operator: string): Family | undefined {
  const base = operator.replace(/^For(?:All|Any)Values:/, '').replace(/^Not/, '')
  const families: readonly Family[] = [
    ...(['String', 'Arn', 'Bool', 'Numeric', 'Date', 'IpAddress', 'Binary'] as const),
  ]
  return families.find(family => base.startsWith(family))
}

function listedFamilies(type: KeyType): string {
  return SUITS[type].map(family => `${family}${family === 'Bool' ? '' : '…'}`).join(' or ')
}

/** The catalogue writes types as AWS's pages do: `ArrayOfString`, `IPAddress`. */
function typeOf(key: string, { catalogue }: LintedDocument): KeyType | undefined {
  const known = findKnownKey(key)
  if (known !== undefined) return known.type
  const type = catalogue?.findConditionKey(key)?.type.toLowerCase() ?? ''
  return CATALOGUED_TYPES.get(type.replace(/^arrayof/, ''))
}

const CATALOGUED_TYPES: ReadonlyMap<string, KeyType> = new Map([
  ['arn', 'ARN'],
  ['bool', 'Bool'],
  ['boolean', 'Bool'],
  ['numeric', 'Numeric'],
  ['long', 'Numeric'],
  ['date', 'Date'],
  ['ipaddress', 'IPAddress'],
])

/** Where the right operator is plain. */
function operatorFor(type: KeyType, { operator, values }: LintedCondition): string | undefined {
  const suffix = operator.endsWith('IfExists') ? 'IfExists' : ''
  if (operator.includes(':')) return undefined
  if (type === 'IPAddress' && values.every(value => parseCidr(value) !== undefined)) {
    return `${operator.includes('Not') ? 'NotIpAddress' : 'IpAddress'}${suffix}`
  }
  if (type === 'Bool' && !operator.includes('Not') && values.every(isTrueOrFalse)) {
    return `Bool${suffix}`
  }
  return undefined
}

function isTrueOrFalse(value: string): boolean {
  return value === 'true' || value === 'false'
}
