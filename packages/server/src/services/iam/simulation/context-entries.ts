// ContextEntries: the condition keys that a simulation supplies, each with a type. A value is kept as its type prints it, as
// the string operators see it; a list stays a list, even of one value.
// https://docs.aws.amazon.com/IAM/latest/APIReference/API_ContextEntry.html
import type { ContextEntry, ContextKeyTypeEnum } from '@aws-sdk/client-iam'
import { isCanonicalBase64, parseDate, parseIpAddress } from '@twinlock/policy'
import type { Checked } from '../../operation.ts'
import { canonicalNumber } from './canonical-number.ts'
import { invalidInput } from './invalid-input.ts'

/** By name in lower case: a string for a scalar type, an array for a list. */
export type SuppliedKeys = ReadonlyMap<string, string | readonly string[]>

/** @throws AwsError InvalidInput */
export function readContextEntries(entries: readonly Checked<ContextEntry>[]): SuppliedKeys {
  const keys = new Map<string, string | readonly string[]>()
  for (const entry of entries) {
    if (isEmpty(entry)) continue
    const name = nameOf(entry)
    if (keys.has(name.toLowerCase())) throw invalidInput(`Duplicate context key: ${name}.`)
    keys.set(name.toLowerCase(), valueOf(name, entry))
  }
  return keys
}

type Entry = Checked<ContextEntry>

/** An entry without members is one that is not there. */
const isEmpty = ({ ContextKeyName, ContextKeyType, ContextKeyValues }: Entry) =>
  ContextKeyName === undefined && ContextKeyType === undefined && ContextKeyValues === undefined

function nameOf({ ContextKeyName }: Entry): string {
  if (ContextKeyName) return ContextKeyName
  throw invalidInput('ContextKeyName cannot be null or empty.')
}

function valueOf(name: string, { ContextKeyType, ContextKeyValues = [] }: Entry) {
  if (ContextKeyType === undefined) {
    throw invalidInput(`Context key ${name} has invalid type null.`)
  }
  const { scalar, isList } = TYPES[ContextKeyType]
  const { print, expected } = SCALARS[scalar]
  const values = ContextKeyValues.map(text => {
    const printed = print(text)
    if (printed !== undefined) return printed
    throw invalidInput(`Invalid context value for key ${name}: expected ${expected}.`)
  })
  const [first] = values
  if (first === undefined) {
    throw invalidInput(`Context values for context key ${name} cannot be null or empty.`)
  }
  if (isList) return values
  if (values.length === 1) return first
  // The message names the type where it should name the key: as recorded.
  throw invalidInput(
    `Context key ${ContextKeyType} expected a single value, but received ${values.length}.`,
  )
}

type Scalar = 'string' | 'numeric' | 'boolean' | 'ip' | 'binary' | 'date'

const TYPES: Readonly<
  Record<ContextKeyTypeEnum, { readonly scalar: Scalar; readonly isList: boolean }>
> = {
  string: { scalar: 'string', isList: false },
  stringList: { scalar: 'string', isList: true },
  numeric: { scalar: 'numeric', isList: false },
  numericList: { scalar: 'numeric', isList: true },
  boolean: { scalar: 'boolean', isList: false },
  booleanList: { scalar: 'boolean', isList: true },
  ip: { scalar: 'ip', isList: false },
  ipList: { scalar: 'ip', isList: true },
  binary: { scalar: 'binary', isList: false },
  binaryList: { scalar: 'binary', isList: true },
  date: { scalar: 'date', isList: false },
  dateList: { scalar: 'date', isList: true },
}

type ScalarRule = {
  /** The text that operators see, or undefined for what is no value of the type. */
  readonly print: (text: string) => string | undefined
  /** What a refusal wants instead; every text is a value of the types without. */
  readonly expected?: string
}

const SCALARS: Readonly<Record<Scalar, ScalarRule>> = {
  string: { print: text => text },
  numeric: { print: canonicalNumber, expected: 'numeric format' },
  // Whatever is not `true` is false.
  boolean: { print: text => String(text.toLowerCase() === 'true') },
  ip: {
    print: text => (parseIpAddress(text) === undefined ? undefined : text),
    expected: 'IP address',
  },
  binary: {
    print: text => (isCanonicalBase64(text) ? text : undefined),
    expected: 'base-64 encoded binary format',
  },
  date: { print: printDate, expected: 'DateTime format' },
}

/** Years that JavaScript's dates do not reach keep their spelling. */
function printDate(text: string): string | undefined {
  const time = parseDate(text)
  if (time === undefined) return undefined
  const date = new Date(Number(time))
  return Number.isNaN(date.getTime()) ? text : date.toISOString()
}
