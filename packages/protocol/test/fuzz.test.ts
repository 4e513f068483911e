// Bytes from outside: whatever comes in, the answer is AWS's and never a failure of our own.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import {
  AwsError,
  claimsSignature,
  decodeInput,
  envelopeFor,
  modelOf,
  operationOf,
  readParameters,
  readSignature,
  serviceOf,
  signingKey,
  validateInput,
  verifySignature,
  type WireRequest,
} from '../src/index.ts'
import { uriEncode } from '../src/sigv4/uri-encode.ts'

const NOW = new Date('2026-01-02T03:04:05Z')
const KEY = signingKey('secret', '20260102', 'us-east-1', 'iam')
const RUNS = { numRuns: 400 }

/** All that the protocol does with a request, up to the operation. */
function receive(request: WireRequest): void {
  const parameters = readParameters(request)
  const service = serviceOf(request, parameters) === 'sts' ? 'sts' : 'iam'
  const operation = operationOf(modelOf(service), parameters)
  validateInput(operation, decodeInput(operation, parameters))
}

function authenticate(request: WireRequest): void {
  claimsSignature(request)
  verifySignature(request, readSignature(request, { now: NOW, service: 'iam' }), KEY)
}

/** Runs `step`; if it throws, then an error that the caller may read, and that every envelope can carry. */
function answersLikeAws(step: () => void): void {
  try {
    step()
  } catch (error) {
    assert(error instanceof AwsError, error instanceof Error ? error : new Error(String(error)))
    assert.ok(error.status >= 400 && error.status < 500)
    const model = modelOf('sts')
    for (const accept of ['text/xml', 'application/json']) {
      const { encodeError } = envelopeFor(model, { accept })
      assert.ok(encodeError(model, error, 'id').isWellFormed())
    }
  }
}

const anyText = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.string({ unit: 'grapheme-composite' }),
  fc.constantFrom('', '\ud800', '__proto__', 'constructor', '%', '%zz', '%ff', '\0', '/', '..'),
)
const headerName = fc.oneof(
  anyText,
  fc.constantFrom(
    'authorization',
    'x-amz-date',
    'x-amz-security-token',
    'host',
    'content-type',
    'x-amz-target',
  ),
)
const anyRequest: fc.Arbitrary<WireRequest> = fc.record({
  method: anyText,
  path: fc.oneof(
    anyText,
    anyText.map(text => `/${text}`),
  ),
  query: anyText,
  headers: fc.dictionary(headerName, fc.oneof(anyText, fc.array(anyText, { maxLength: 3 }))),
  body: fc.uint8Array({ maxLength: 200 }).map(bytes => Buffer.from(bytes)),
})

test('any bytes are refused, if at all, by an AwsError below 500', () => {
  fc.assert(
    fc.property(anyRequest, request => {
      answersLikeAws(() => receive(request))
      answersLikeAws(() => authenticate(request))
    }),
    RUNS,
  )
})

const OPERATIONS = (['iam', 'sts'] as const).flatMap(service => {
  const { operationNames, version } = modelOf(service)
  return operationNames.map(name => ({ service, name, version }))
})

const names = new Set(
  OPERATIONS.flatMap(({ service, name }) =>
    (modelOf(service).findOperation(name)?.input?.members ?? []).map(member => member.name),
  ),
)
const step = fc.oneof(
  fc.constantFrom(
    'member',
    'entry',
    'Key',
    'Value',
    'key',
    'value',
    'arn',
    '1',
    '2',
    '0',
    '-1',
    '1e9',
    '',
  ),
  fc.constantFrom('999999999999', '__proto__', 'constructor'),
  anyText,
)
const parameter = fc.tuple(
  fc
    .tuple(fc.constantFrom(...names, '__proto__'), fc.array(step, { maxLength: 6 }))
    .map(([name, steps]) => [name, ...steps].join('.')),
  fc.oneof(
    anyText,
    fc.constantFrom('true', '1', '-1', '2147483648', 'YQ==', '2026-01-02T03:04:05Z'),
  ),
)

test('any parameters of any operation are refused, if at all, by an AwsError below 500', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...OPERATIONS),
      fc.array(parameter, { maxLength: 12 }),
      (operation, pairs) => {
        const all = [['Action', operation.name], ['Version', operation.version], ...pairs]
        const body = all.map(pair => pair.map(text => uriEncode(text ?? '')).join('=')).join('&')
        const request = {
          method: 'POST',
          path: '/',
          query: '',
          headers: {},
          body: Buffer.from(body),
        }
        answersLikeAws(() => receive(request))
      },
    ),
    RUNS,
  )
  assert.equal(({} as Readonly<Record<string, unknown>>)['polluted'], undefined)
})

const piece = fc.oneof(
  anyText,
  fc.constantFrom(
    'AKID/20260102/us-east-1/iam/aws4_request',
    'host',
    'host;x-amz-date',
    'a'.repeat(64),
  ),
)
const header = fc
  .tuple(piece, piece, piece, fc.constantFrom(', ', ' ', ',', ';'))
  .map(([credential, signed, signature, separator]) =>
    [
      'AWS4-HMAC-SHA256 ',
      `Credential=${credential}`,
      `SignedHeaders=${signed}`,
      `Signature=${signature}`,
    ].join(separator),
  )

test('any Authorization header is refused by an AwsError below 500', () => {
  const date = fc.oneof(anyText, fc.constant('20260102T030405Z'))
  fc.assert(
    fc.property(header, date, anyText, (authorization, timestamp, path) => {
      const headers = { authorization, 'x-amz-date': timestamp, host: 'localhost' }
      const request = {
        method: 'POST',
        path: `/${path}`,
        query: '',
        headers,
        body: Buffer.alloc(0),
      }
      assert.throws(() => authenticate(request), AwsError)
      answersLikeAws(() => authenticate(request))
    }),
    RUNS,
  )
})
