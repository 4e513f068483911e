// Answers of the awsQuery protocol as XML. Every shape gets its writer once, when it is first written.
// https://smithy.io/2.0/aws/protocols/aws-query-protocol.html

import type { AwsError } from '../errors.ts'
import type { Model, Operation, Shape, Structure } from '../model/model.ts'
import type { Envelope } from './envelope.ts'
import { escapeXml } from './escape.ts'

/** The namespace of AWS's answers to requests that name no service. */
const FAULT_NAMESPACE = 'http://webservices.amazon.com/AWSFault/2005-15-09'

/** The XML form of answers. */
export const XML_ENVELOPE: Envelope = { contentType: 'text/xml', encodeResult, encodeError }

function encodeResult(
  { name, model, output }: Operation,
  result: object,
  requestId: string,
): string {
  const inner = output === undefined ? '' : element(`${name}Result`, writerOf(output)(result))
  const metadata = `<ResponseMetadata><RequestId>${requestId}</RequestId></ResponseMetadata>`
  return `<${name}Response xmlns="${model.xmlNamespace}">${inner}${metadata}</${name}Response>`
}

function encodeError(model: Model | undefined, error: AwsError, requestId: string): string {
  const { type, code, message } = error
  const text = message === '' ? '' : element('Message', escapeXml(message))
  const inner = `<Error><Type>${type}</Type><Code>${code}</Code>${text}</Error>`
  const namespace = model?.xmlNamespace ?? FAULT_NAMESPACE
  return `<ErrorResponse xmlns="${namespace}">${inner}<RequestId>${requestId}</RequestId></ErrorResponse>`
}

function element(name: string, content: string): string {
  return content === '' ? `<${name}/>` : `<${name}>${content}</${name}>`
}

/** The content of a value's element. Values are of the types that the model says: handlers are typed by it. */
type Writer = (value: unknown) => string

const writers = new WeakMap<Shape, Writer>()

function writerOf(shape: Shape): Writer {
  const known = writers.get(shape)
  if (known !== undefined) return known
  const writer = newWriter(shape)
  writers.set(shape, writer)
  return writer
}

function newWriter(shape: Shape): Writer {
  switch (shape.type) {
    case 'string':
      return text => escapeXml(text as string)
    case 'integer':
    case 'boolean':
      return String
    case 'blob':
      return bytes => Buffer.from(bytes as Uint8Array).toString('base64')
    case 'document':
      return value => escapeXml(JSON.stringify(value))
    case 'timestamp':
      return date => `${(date as Date).toISOString().slice(0, -'.000Z'.length)}Z`
    case 'list': {
      const write = writerOf(shape.member)
      return list =>
        (list as readonly unknown[]).map(value => element('member', write(value))).join('')
    }
    case 'map': {
      const [writeKey, writeValue] = [writerOf(shape.key), writerOf(shape.value)]
      const entry = ([key, value]: [string, unknown]) =>
        `<entry>${element('key', writeKey(key))}${element('value', writeValue(value))}</entry>`
      return map =>
        Object.entries(map as object)
          .map(entry)
          .join('')
    }
    case 'structure':
      return structureWriter(shape)
    default:
      return shape satisfies never
  }
}

function structureWriter({ members }: Structure): Writer {
  const parts = members.map(({ name, shape }) => ({ name, write: writerOf(shape) }))
  return value => {
    const structure = value as Readonly<Record<string, unknown>>
    let xml = ''
    for (const { name, write } of parts) {
      const member = structure[name]
      if (member !== undefined) xml += element(name, write(member))
    }
    return xml
  }
}
