// What AWS answers to a signature that can't be true, in its order and its words ("AWS Auth Error Ordering").

import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { WireRequest } from '../wire-request.ts'
import { claimsSignature, readSignature } from './presented-signature.ts'

const NOW = new Date('2026-01-02T03:04:05Z')
const SIGNATURE = 'a'.repeat(64)
const CREDENTIAL = 'AKIDEXAMPLE/20260102/us-east-1/sts/aws4_request'

type Header = {
  readonly [Part in 'Credential' | 'SignedHeaders' | 'Signature']?: string | undefined
}

/** An Authorization header; a part that is given as undefined is left out. */
function authorization(parts: Header = {}): string {
  const all = {
    Credential: CREDENTIAL,
    SignedHeaders: 'host;x-amz-date',
    Signature: SIGNATURE,
    ...parts,
  }
  const assignments = Object.entries(all)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => `${name}=${value}`)
  return `AWS4-HMAC-SHA256 ${assignments.join(', ')}`
}

function inHeader(header: string, headers: WireRequest['headers'] = {}): WireRequest {
  return request({
    headers: {
      host: 'localhost',
      'x-amz-date': '20260102T030405Z',
      authorization: header,
      ...headers,
    },
  })
}

const QUERY = {
  'X-Amz-Algorithm': 'AWS4-HMAC-SHA256',
  'X-Amz-Credential': CREDENTIAL,
  'X-Amz-Date': '20260102T030405Z',
  'X-Amz-SignedHeaders': 'host',
  'X-Amz-Signature': SIGNATURE,
}

function inQuery(parameters: Readonly<Record<string, string | undefined>> = {}): WireRequest {
  const query = Object.entries({ ...QUERY, ...parameters })
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => `${name}=${encodeURIComponent(value ?? '')}`)
    .join('&')
  return request({ method: 'GET', query })
}

function request(parts: Partial<WireRequest> = {}): WireRequest {
  return {
    method: 'POST',
    path: '/',
    query: '',
    headers: { host: 'localhost' },
    body: Buffer.alloc(0),
    ...parts,
  }
}

const read = (wire: WireRequest) => readSignature(wire, { now: NOW, service: 'sts' })

// Each request also has the faults of all the rows below that it can have: an earlier answer must win.
const BROKEN_SCOPE = 'AKIDEXAMPLE/20250101/US/s3/aws5'
const REFUSALS: readonly {
  readonly check: string
  readonly wire: WireRequest
  readonly code: string
  readonly message: string
}[] = [
  {
    check: '1: a path that does not begin with a slash',
    wire: request({ path: 'x', query: 'a=%zz' }),
    code: 'MalformedInput',
    message: '',
  },
  {
    check: '1: a broken escape in the path',
    wire: request({ path: '/%4', query: 'a=%zz' }),
    code: 'MalformedInput',
    message: '',
  },
  {
    check: '4: an escape that ends too early',
    wire: request({ query: 'a=%4' }),
    code: 'MalformedQueryString',
    message: 'Incomplete trailing escape % sequence',
  },
  {
    check: '4: an escape that is not hex',
    wire: request({ query: 'X-Amz-Algorithm=%zz' }),
    code: 'MalformedQueryString',
    message: 'Illegal hex character in escape % pattern: %zz',
  },
  {
    check: '5a: both forms at once',
    wire: { ...inQuery({ 'X-Amz-Algorithm': 'none' }), headers: { authorization: 'none' } },
    code: 'SignatureDoesNotMatch',
    message: '',
  },
  {
    check: '5b: neither form',
    wire: request(),
    code: 'MissingAuthenticationToken',
    message: 'Request is missing Authentication Token',
  },
  {
    check: '6a: another algorithm in the header',
    wire: inHeader('Bearer abc'),
    code: 'IncompleteSignature',
    message: "Unsupported AWS 'algorithm': 'Bearer'.",
  },
  {
    check: '6a: another algorithm in the query',
    wire: inQuery({ 'X-Amz-Algorithm': 'AWS4-ECDSA-P256-SHA256', 'X-Amz-Date': undefined }),
    code: 'IncompleteSignature',
    message: "Unsupported AWS 'algorithm': 'AWS4-ECDSA-P256-SHA256'.",
  },
  {
    check: '6b: a part without an equal sign',
    wire: inHeader('AWS4-HMAC-SHA256 Credential= AKID/x'),
    code: 'IncompleteSignature',
    message:
      "'AKID/x' not a valid key=value pair (missing equal-sign) in Authorization header: 'AWS4-HMAC-SHA256 Credential= AKID/x'.",
  },
  {
    check: '6d: all parts missing in the header',
    wire: inHeader('AWS4-HMAC-SHA256', { 'x-amz-date': undefined }),
    code: 'IncompleteSignature',
    message:
      "Authorization header requires 'Credential' parameter. " +
      "Authorization header requires 'Signature' parameter. " +
      "Authorization header requires 'SignedHeaders' parameter. " +
      "Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header. " +
      'Authorization=AWS4-HMAC-SHA256',
  },
  {
    check: '6d: one part missing in the header',
    wire: inHeader('AWS4-HMAC-SHA256 Credential=x, SignedHeaders=y'),
    code: 'IncompleteSignature',
    message:
      "Authorization header requires 'Signature' parameter. Authorization=AWS4-HMAC-SHA256 Credential=x, SignedHeaders=y",
  },
  {
    check: '7d: all parts missing in the query',
    wire: request({ query: 'X-Amz-Algorithm=AWS4-HMAC-SHA256' }),
    code: 'IncompleteSignature',
    message:
      "AWS query-string parameters must include 'X-Amz-Credential'. " +
      "AWS query-string parameters must include 'X-Amz-Signature'. " +
      "AWS query-string parameters must include 'X-Amz-SignedHeaders'. " +
      "AWS query-string parameters must include 'X-Amz-Date'. " +
      'Re-examine the query-string parameters.',
  },
  {
    check: '7d: one part missing in the query',
    wire: inQuery({ 'X-Amz-Date': undefined, 'X-Amz-SignedHeaders': 'x' }),
    code: 'IncompleteSignature',
    message:
      "AWS query-string parameters must include 'X-Amz-Date'. Re-examine the query-string parameters.",
  },
  {
    check: '8: the host is not signed',
    wire: inHeader(authorization({ SignedHeaders: 'x-amz-date' }), { 'x-amz-date': 'now' }),
    code: 'SignatureDoesNotMatch',
    message: "'Host' or ':authority' must be a 'SignedHeader' in the AWS Authorization.",
  },
  {
    check: '8: the session token is not signed',
    wire: inHeader(authorization(), { 'x-amz-security-token': 'token', 'x-amz-date': 'now' }),
    code: 'SignatureDoesNotMatch',
    message: "'x-amz-security-token' must be a 'SignedHeader' in the AWS Authorization.",
  },
  {
    check: '8: the target is not signed',
    wire: inHeader(authorization(), { 'x-amz-target': 'AWSOrganizationsV20161128.ListRoots' }),
    code: 'SignatureDoesNotMatch',
    message: "'x-amz-target' must be a 'SignedHeader' in the AWS Authorization.",
  },
  ...[
    'now',
    '2026-01-02T03:04:05Z',
    '20260132T030405Z',
    '20260102T240000Z',
    '20260102T030460Z',
  ].map(date => ({
    check: `9: the date is ${date}`,
    wire: inHeader(authorization({ Credential: 'x' }), { 'x-amz-date': date }),
    code: 'IncompleteSignature',
    message: `Date must be in ISO-8601 'basic format'. Got '${date}'. See http://en.wikipedia.org/wiki/ISO_8601`,
  })),
  {
    check: '10: a second too old',
    wire: inHeader(authorization({ Credential: 'x' }), { 'x-amz-date': '20260102T024904Z' }),
    code: 'SignatureDoesNotMatch',
    message:
      'Signature expired: 20260102T024904Z is now earlier than 20260102T024905Z (20260102T030405Z - 15 min.)',
  },
  {
    check: '10: too old, presigned for a week',
    wire: inQuery({ 'X-Amz-Date': '20260102T024904Z', 'X-Amz-Expires': '604800' }),
    code: 'SignatureDoesNotMatch',
    message:
      'Signature expired: 20260102T024904Z is now earlier than 20260102T024905Z (20260102T030405Z - 15 min.)',
  },
  {
    check: '11: a second too new',
    wire: inHeader(authorization({ Credential: 'x' }), { 'x-amz-date': '20260102T031906Z' }),
    code: 'SignatureDoesNotMatch',
    message:
      'Signature not yet current: 20260102T031906Z is still later than 20260102T031905Z (20260102T030405Z + 15 min.)',
  },
  ...['x', 'a/b/c/d', 'a/b/c/d/e/f', ''].map(credential => ({
    check: `12: the credential is '${credential}'`,
    wire: inHeader(authorization({ Credential: credential })),
    code: 'IncompleteSignature',
    message: `Credential must have exactly 5 slash-delimited elements, e.g. keyid/date/region/service/term, got '${credential}'`,
  })),
  {
    check: '13: everything in the scope is wrong',
    wire: inHeader(authorization({ Credential: BROKEN_SCOPE })),
    code: 'SignatureDoesNotMatch',
    message:
      "Credential should be scoped to a valid region, not 'US'. " +
      "Credential should be scoped to correct service: 'sts'. " +
      "Credential should be scoped with a valid terminator: 'aws4_request', not 'aws5'. " +
      "Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP: '20250101' != '20260102', from '20260102T030405Z'.",
  },
  {
    check: '13: the scope is of another service',
    wire: inQuery({ 'X-Amz-Credential': CREDENTIAL.replace('sts', 'iam') }),
    code: 'SignatureDoesNotMatch',
    message: "Credential should be scoped to correct service: 'sts'.",
  },
]

for (const { check, wire, code, message } of REFUSALS) {
  test(`check ${check}`, () => {
    assert.throws(() => read(wire), { name: 'AwsError', code, message })
  })
}

test('a signature is good for fifteen minutes before and after its time', () => {
  for (const date of ['20260102T024905Z', '20260102T031905Z']) {
    assert.equal(read(inHeader(authorization(), { 'x-amz-date': date })).timestamp, date)
  }
})

test('blanks or commas may stand between the parts of the header, in any order', () => {
  const parts = [`Signature=${SIGNATURE}`, `Credential=${CREDENTIAL}`, 'SignedHeaders=host']
  const expected = read(inHeader(`AWS4-HMAC-SHA256 ${parts.join(', ')}`))
  assert.equal(expected.accessKeyId, 'AKIDEXAMPLE')
  for (const separator of [',', ' ', ' , ', '  ']) {
    assert.deepEqual(read(inHeader(`AWS4-HMAC-SHA256  ${parts.join(separator)}`)), expected)
  }
})

test('of duplicate parts the header takes the last and the query the first', () => {
  const header = `${authorization({ Credential: 'x/y' })}, Credential=${CREDENTIAL}`
  assert.equal(read(inHeader(header)).accessKeyId, 'AKIDEXAMPLE')
  const presigned = inQuery()
  assert.equal(
    read({ ...presigned, query: `${presigned.query}&X-Amz-Credential=x` }).accessKeyId,
    'AKIDEXAMPLE',
  )
})

test('the Date header stands in for X-Amz-Date', () => {
  const headers = { 'x-amz-date': undefined, date: '20260102T030405Z' }
  const signed = authorization({ SignedHeaders: 'date;host' })
  assert.equal(read(inHeader(signed, headers)).timestamp, '20260102T030405Z')
})

test('the session token is found in the header or in the query', () => {
  const signed = authorization({ SignedHeaders: 'host;x-amz-date;x-amz-security-token' })
  assert.equal(
    read(inHeader(signed, { 'x-amz-security-token': 'token+/=' })).sessionToken,
    'token+/=',
  )
  assert.equal(read(inQuery({ 'X-Amz-Security-Token': 'token+/=' })).sessionToken, 'token+/=')
  assert.equal('sessionToken' in read(inQuery()), false)
})

test('an empty session token is not an absent one', () => {
  assert.equal(read(inQuery({ 'X-Amz-Security-Token': '' })).sessionToken, '')
})

test('signed headers are read in lower case and sorted', () => {
  const { signedHeaders } = read(inHeader(authorization({ SignedHeaders: 'X-Amz-Date;Host' })))
  assert.deepEqual(signedHeaders, ['host', 'x-amz-date'])
})

test('any region that could be a host label is accepted, and several services may be expected', () => {
  for (const region of ['us-east-1', 'us-gov-west-1', 'eu-isoe-west-1', 'local', 'home-2']) {
    const credential = CREDENTIAL.replace('us-east-1', region)
    const wire = inHeader(authorization({ Credential: credential }))
    assert.equal(readSignature(wire, { now: NOW, service: ['iam', 'sts'] }).region, region)
  }
})

test('a request claims to be signed by either form, and by nothing else', () => {
  assert.equal(claimsSignature(inHeader('anything')), true)
  assert.equal(claimsSignature(inQuery()), true)
  assert.equal(claimsSignature(request({ query: 'X-Amz-Signature=1' })), false)
})
