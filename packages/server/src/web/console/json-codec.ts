// Inputs and outputs of operations as JSON, by the model: the types of the AWS SDK, with dates in ISO 8601 and blobs in base64.
// Members that the model does not know are passed over.
import { AwsError } from '@twinlock/protocol'
import type { Input, Operation, Shape, Structure } from '@twinlock/protocol'
import type { JsonObject } from '../json-body.ts'

/** @throws AwsError MalformedInput for a value that its shape cannot hold */
export function decodeJson({ input }: Operation, body: JsonObject): Input {
  return input === undefined ? {} : decodeMembers(input, body, '')
}

export function encodeJson({ output }: Operation, result: object): JsonObject {
  return output === undefined ? {} : (encode(output, result) as JsonObject)
}

function decodeMembers({ members }: Structure, body: JsonObject, path: string): Input {
  const input: Record<string, unknown> = {}
  for (const { name, shape } of members) {
    const value = Object.hasOwn(body, name) ? body[name] : undefined
    if (value !== undefined && value !== null) input[name] = decode(shape, value, `${path}${name}`)
  }
  return input
}

function decode(shape: Shape, value: unknown, path: string): unknown {
  switch (shape.type) {
    case 'string':
      return expected(typeof value === 'string' && value, path, 'a text')
    case 'boolean':
      return expected(typeof value === 'boolean' && { value }, path, 'true or false').value
    case 'integer':
      return expected(isInteger(value) && { value }, path, 'a whole number').value
    case 'timestamp':
      return expected(dateOf(value), path, 'a time in ISO 8601')
    case 'blob':
      return expected(bytesOf(value), path, 'base64')
    case 'document':
      return value
    case 'list':
      return expected(Array.isArray(value) && value, path, 'a list').map((each, index) =>
        decode(shape.member, each, `${path}.${index + 1}`),
      )
    case 'map': {
      const entries = Object.entries(expected(isObject(value) && value, path, 'an object'))
      // The caller chooses the keys, `__proto__` too.
      const map = Object.create(null) as Record<string, unknown>
      for (const [key, each] of entries) map[key] = decode(shape.value, each, `${path}.${key}`)
      return map
    }
    case 'structure':
      return decodeMembers(shape, expected(isObject(value) && value, path, 'an object'), `${path}.`)
    default:
      return shape satisfies never
  }
}

/** The value may be a secret: it is not repeated. */
function expected<Value>(value: Value | false | undefined, path: string, what: string): Value {
  if (value === false || value === undefined) {
    throw new AwsError('MalformedInput', `${path} must be ${what}.`)
  }
  return value
}

const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const isInteger = (value: unknown): value is number =>
  Number.isInteger(value) && Math.abs(Number(value)) < 2 ** 31

const ISO_8601 = /^\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d(\.\d{1,9})?)?(Z|[+-]\d\d:\d\d))?$/

function dateOf(value: unknown): Date | undefined {
  if (typeof value !== 'string' || !ISO_8601.test(value)) return undefined
  const date = new Date(value)
  return Number.isNaN(date.getTime()) ? undefined : date
}

function bytesOf(value: unknown): Buffer | undefined {
  const isBase64 =
    typeof value === 'string' && value.length % 4 === 0 && /^[A-Za-z0-9+/]*={0,2}$/.test(value)
  return isBase64 ? Buffer.from(value, 'base64') : undefined
}

function encode(shape: Shape, value: unknown): unknown {
  switch (shape.type) {
    case 'string':
    case 'integer':
    case 'boolean':
    case 'document':
      return value
    case 'blob':
      return Buffer.from(value as Uint8Array).toString('base64')
    case 'timestamp':
      return (value as Date).toISOString()
    case 'list':
      return (value as readonly unknown[]).map(each => encode(shape.member, each))
    case 'map':
      return Object.fromEntries(
        Object.entries(value as object).map(([key, each]) => [key, encode(shape.value, each)]),
      )
    case 'structure': {
      const structure = value as JsonObject
      return Object.fromEntries(
        shape.members
          .filter(({ name }) => structure[name] !== undefined)
          .map(member => [member.name, encode(member.shape, structure[member.name])]),
      )
    }
    default:
      return shape satisfies never
  }
}
