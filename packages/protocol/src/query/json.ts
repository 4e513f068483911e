// STS's answers in the JSON form that `Accept: application/json` asks for: the elements of the XML form as properties,
// and times as numbers of seconds.

import type { AwsError } from '../errors.ts'
import type { Model, Operation, Shape } from '../model/model.ts'
import type { Envelope } from './envelope.ts'

/** The JSON form of answers. */
export const JSON_ENVELOPE: Envelope = {
  contentType: 'application/json',
  encodeResult,
  encodeError,
}

function encodeResult({ name, output }: Operation, result: object, requestId: string): string {
  return JSON.stringify({
    [`${name}Response`]: {
      ...(output === undefined ? {} : { [`${name}Result`]: encode(output, result) }),
      ResponseMetadata: { RequestId: requestId },
    },
  })
}

function encodeError(_model: Model | undefined, error: AwsError, requestId: string): string {
  const { code, message, type } = error
  const described = message === '' ? {} : { Message: message }
  return JSON.stringify({ Error: { Code: code, ...described, Type: type }, RequestId: requestId })
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
      return Math.floor((value as Date).getTime() / 1000)
    case 'list':
      return (value as readonly unknown[]).map(element => encode(shape.member, element))
    case 'map':
      return Object.fromEntries(
        Object.entries(value as object).map(([key, mapped]) => [key, encode(shape.value, mapped)]),
      )
    case 'structure': {
      const structure = value as Readonly<Record<string, unknown>>
      const present = shape.members.filter(({ name }) => structure[name] !== undefined)
      return Object.fromEntries(
        present.map(member => [member.name, encode(member.shape, structure[member.name])]),
      )
    }
    default:
      return shape satisfies never
  }
}
