// Bodies of the web door: JSON objects of bounded size.
import type { IncomingMessage } from 'node:http'
import { AwsError } from '@twinlock/protocol'
import type { BodyReader } from '../http/body.ts'

export type JsonObject = Readonly<Record<string, unknown>>

/** A NUL, which PostgreSQL cannot keep: JSON has it as an escape alone, whose backslash no other backslash escapes. */
const ESCAPED_NUL = /(?<!\\)(?:\\\\)*\\u0000/

/** The object in the body of a message; an empty body is an empty object. */
export async function readJson(
  message: IncomingMessage,
  mostBytes: number,
  readBody: BodyReader,
  sender: string,
): Promise<JsonObject> {
  const body = await readBody(message, mostBytes, sender)
  if (body === 'too large') {
    throw new AwsError('RequestEntityTooLarge', 'The request entity is too large.')
  }
  if (typeof body === 'string') {
    throw new AwsError(
      'ServiceUnavailable',
      'The request has failed due to a temporary failure of the server.',
    )
  }
  const text = body.toString('utf8')
  if (ESCAPED_NUL.test(text)) throw malformed()
  const value = parse(text === '' ? '{}' : text)
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw malformed()
  return value as JsonObject
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    // The parser's own words repeat what was sent.
    throw malformed()
  }
}

const malformed = () => new AwsError('MalformedInput', 'The body is not a JSON object.')

/** Members are short: no field of a sign-in page is longer. */
const LONGEST_TEXT = 1024

/** A member that must be there. @throws AwsError MalformedInput that repeats no value */
export function textOf(input: JsonObject, name: string): string {
  const text = optionalText(input, name)
  if (text !== undefined) return text
  throw new AwsError('MissingParameter', `The request must have ${name}.`)
}

export function optionalText(input: JsonObject, name: string): string | undefined {
  const value = Object.hasOwn(input, name) ? input[name] : undefined
  if (value === undefined || value === null) return undefined
  if (typeof value === 'string' && value.length <= LONGEST_TEXT) return value
  throw new AwsError(
    'MalformedInput',
    `${name} must be a text of at most ${LONGEST_TEXT} characters.`,
  )
}
