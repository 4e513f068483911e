// The condition keys of a simulated request: those that every request has, the caller's, and those given by --context.
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
import type { Catalogue } from '@twinlock/catalogue'
import {
  type ConditionKeys,
  isMultivalued,
  parseDate,
  parseDecimal,
  parseIpAddress,
} from '@twinlock/policy'
import { UsageError } from '../../../command-errors.ts'
import { type Caller, accountIn } from './caller.ts'

/** One value, or the values of a key that may have several. */
export type KeyValue = string | readonly string[]

/** Keys by name, as they were spelled. */
export type GivenKeys = ReadonlyMap<string, KeyValue>

/** The keys whose values are the columns of the answer. */
const OF_THE_COLUMNS = new Set(['aws:multifactorauthpresent', 'aws:multifactorauthage'])

/**
 * Reads `key=value` words. A key that may have several values takes each time one more, and with
 * nothing behind the sign it is there without a value.
 * @throws UsageError when the value is not of the key's type
 */
export function parseContext(words: readonly string[], catalogue: Catalogue): GivenKeys {
  const given = new Map<string, { readonly name: string; readonly values: string[] }>()
  for (const word of words) {
    const sign = word.indexOf('=')
    if (sign < 1) throw new UsageError(`\`${word}\` is no context: write key=value.`)
    const name = word.slice(0, sign)
    if (OF_THE_COLUMNS.has(name.toLowerCase())) {
      throw new UsageError(`every column gives ${name} its own value: leave it out.`)
    }
    const { name: first, values } = given.get(name.toLowerCase()) ?? { name, values: [] }
    values.push(word.slice(sign + 1))
    given.set(name.toLowerCase(), { name: first, values })
  }
  return new Map(
    [...given.values()].map(({ name, values }) => [name, valueOf(name, values, catalogue)]),
  )
}

function valueOf(name: string, values: readonly string[], catalogue: Catalogue): KeyValue {
  const type = catalogue.findConditionKey(name)?.type ?? 'String'
  const isList = isMultivalued(name.toLowerCase()) || type.startsWith('ArrayOf')
  const present = isList ? values.filter(value => value !== '') : values
  for (const value of present) checkType(name, type.replace('ArrayOf', ''), value)
  if (isList) return present
  const [value = '', another] = present
  if (another !== undefined) throw new UsageError(`${name} has one value, and two were given.`)
  return value
}

type Type = { readonly isValue: (text: string) => boolean; readonly called: string }

/** What values of a type look like; of other types any text is one. */
const TYPES: Readonly<Record<string, Type>> = {
  Bool: { isValue: text => /^(true|false)$/i.test(text), called: 'true or false' },
  Numeric: { isValue: text => parseDecimal(text) !== undefined, called: 'a number' },
  Date: {
    isValue: text => parseDate(text) !== undefined,
    called: 'a date such as 2026-11-22T03:00:00Z, or seconds since 1970',
  },
  IPAddress: { isValue: text => parseIpAddress(text) !== undefined, called: 'an IP address' },
  ARN: { isValue: text => text.startsWith('arn:'), called: 'an ARN' },
}

function checkType(name: string, type: string, value: string) {
  const wanted = Object.hasOwn(TYPES, type) ? TYPES[type] : undefined
  if (wanted === undefined || wanted.isValue(value)) return
  throw new UsageError(`${name} is ${wanted.called}, and \`${value}\` is not.`)
}

export type RequestFacts = {
  readonly caller: Caller
  readonly action: string
  readonly resource: string
  readonly now: Date
  readonly given: GivenKeys
}

/** Every key that the request has, apart from the two on MFA; the later ones override. */
export function keysOfRequest({ caller, action, resource, now, given }: RequestFacts): GivenKeys {
  const account = accountIn(resource)
  const keys = new Map<string, KeyValue>([
    ['aws:CurrentTime', now.toISOString().replace(/\.\d+/, '')],
    ['aws:EpochTime', String(Math.floor(now.getTime() / 1000))],
    ['aws:SecureTransport', 'true'],
    ['aws:ViaAWSService', 'false'],
    // IAM has one region, whichever the request was signed for.
    ...(/^iam:/i.test(action) ? [['aws:RequestedRegion', 'us-east-1'] as const] : []),
    ...(/^\d{12}$/.test(account) ? [['aws:ResourceAccount', account] as const] : []),
    ...caller.keys,
  ])
  for (const [name, value] of given) {
    // The same key in another spelling gives way.
    for (const known of keys.keys()) {
      if (known.toLowerCase() === name.toLowerCase()) keys.delete(known)
    }
    keys.set(name, value)
  }
  return keys
}

/** The keys as the engine asks for them: by name in lower case. */
export function conditionKeys(keys: GivenKeys): ConditionKeys {
  const byName = new Map([...keys].map(([name, value]) => [name.toLowerCase(), value]))
  return { get: name => byName.get(name) }
}
