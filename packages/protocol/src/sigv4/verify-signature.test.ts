// Signature Version 4: AWS's own vectors, then the law that what the SDK signs is accepted and nothing else is.

import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import fc from 'fast-check'
import { ACCESS_KEY, signedBySdk, type UnsignedRequest } from '../../test/sdk-signer.ts'
import { AwsError } from '../errors.ts'
import { parsePairs } from '../query/parameters.ts'
import type { WireRequest } from '../wire-request.ts'
import { canonicalRequest } from './canonical-request.ts'
import { readSignature } from './presented-signature.ts'
import { signingKey } from './signing-key.ts'
import { stringToSign, verifySignature } from './verify-signature.ts'

type Vectors = {
  readonly accessKeyId: string
  readonly secretAccessKey: string
  readonly service: string
  readonly now: string
  readonly cases: readonly {
    readonly name: string
    readonly request: Omit<WireRequest, 'body'> & { readonly body: string }
    readonly canonicalRequest: string
    readonly stringToSign: string
    readonly authorization: string
  }[]
}

const VECTORS = new URL('../../../../vectors/sigv4/test-suite.json', import.meta.url)
const vectors = JSON.parse(readFileSync(VECTORS, 'utf8')) as Vectors

for (const { name, request, authorization, ...expected } of vectors.cases) {
  const { service, secretAccessKey, accessKeyId } = vectors
  const signed = {
    ...request,
    headers: { ...request.headers, authorization },
    body: Buffer.from(request.body),
  }

  test(`test suite of Signature Version 4: ${name}`, () => {
    const presented = readSignature(signed, { now: new Date(vectors.now), service })
    assert.equal(presented.accessKeyId, accessKeyId)
    const canonical = canonicalRequest(signed, presented.signedHeaders)
    assert(canonical !== undefined)
    assert.equal(canonical, expected.canonicalRequest)
    assert.equal(stringToSign(presented, canonical), expected.stringToSign)
    const { date, region } = presented
    verifySignature(signed, presented, signingKey(secretAccessKey, date, region, service))
  })
}

const NOW = new Date('2026-01-02T03:04:05Z')
const keyOf = (secret: string) => signingKey(secret, '20260102', 'us-east-1', 'sts')
const KEY = keyOf(ACCESS_KEY.secretAccessKey)
const KEY_OF_ANYBODY_ELSE = keyOf('x'.repeat(40))

/** The access key's id is not signed: it says whose secret to verify with. */
function verify(request: WireRequest): void {
  const presented = readSignature(request, { now: NOW, service: 'sts' })
  const own = presented.accessKeyId === ACCESS_KEY.accessKeyId
  verifySignature(request, presented, own ? KEY : KEY_OF_ANYBODY_ELSE)
}

function isRefused(request: WireRequest): boolean {
  try {
    verify(request)
    return false
  } catch (error) {
    return error instanceof AwsError && error.status < 500
  }
}

const text = fc.string({ unit: 'grapheme', maxLength: 8 })
const segment = text.map(encodeURIComponent).filter(part => part !== '.' && part !== '..')

const unsignedRequest: fc.Arbitrary<UnsignedRequest> = fc.record({
  method: fc.constantFrom('GET', 'POST'),
  path: fc.array(segment, { maxLength: 3 }).map(parts => `/${parts.join('/')}`),
  query: fc.dictionary(
    text.map(name => `q${name}`),
    text,
    { maxKeys: 3 },
  ),
  headers: fc.dictionary(
    fc.constantFrom('content-type', 'x-k8s-aws-id', 'x-amz-user-agent', 'amz-sdk-request'),
    fc.string({ unit: 'grapheme-ascii', minLength: 1, maxLength: 12 }),
  ),
  body: fc.uint8Array({ maxLength: 40 }).map(bytes => Buffer.from(bytes)),
})

const sessionToken = fc.option(fc.stringMatching(/^[A-Za-z0-9+/]{1,40}={0,2}$/), { nil: undefined })

test('what the SDK signs in the Authorization header is accepted', async () => {
  await fc.assert(
    fc.asyncProperty(unsignedRequest, sessionToken, async (request, token) => {
      const signing = { now: NOW, ...(token === undefined ? {} : { sessionToken: token }) }
      const signed = await signedBySdk(request, signing)
      verify(signed)
      assert.equal(readSignature(signed, { now: NOW }).sessionToken, token)
    }),
  )
})

test('what the SDK presigns is accepted', async () => {
  await fc.assert(
    fc.asyncProperty(unsignedRequest, sessionToken, async (request, token) => {
      const signing = {
        now: NOW,
        form: 'query' as const,
        ...(token === undefined ? {} : { sessionToken: token }),
      }
      const signed = await signedBySdk({ ...request, body: Buffer.alloc(0) }, signing)
      verify(signed)
      assert.equal(readSignature(signed, { now: NOW }).sessionToken, token)
    }),
  )
})

/** `text` with its nth letter or digit made another one; itself if it has none. */
function changed(text: string, nth: number): string {
  const places = [...text.matchAll(/[A-Za-z0-9]/g)].map(({ index }) => index)
  const place = places[nth % places.length]
  if (place === undefined) return text
  const other = text.charAt(place) === '0' ? '1' : '0'
  return `${text.slice(0, place)}${other}${text.slice(place + 1)}`
}

const CHANGES: Readonly<Record<string, (request: WireRequest, nth: number) => WireRequest>> = {
  method: request => ({ ...request, method: request.method === 'GET' ? 'POST' : 'GET' }),
  path: (request, nth) => ({ ...request, path: changed(request.path, nth) }),
  query: (request, nth) => {
    const query = changed(request.query, nth)
    // %4a and %4A are one query.
    const same = JSON.stringify(parsePairs(query)) === JSON.stringify(parsePairs(request.query))
    return same ? request : { ...request, query }
  },
  header: (request, nth) => {
    const names = Object.keys(request.headers)
    const name = names[nth % names.length] ?? 'host'
    return {
      ...request,
      headers: { ...request.headers, [name]: changed(String(request.headers[name]), nth) },
    }
  },
  body: (request, nth) => {
    const body = Buffer.from(request.body)
    if (body.length > 0) body.writeUInt8(body.readUInt8(nth % body.length) ^ 1, nth % body.length)
    return { ...request, body }
  },
  'length of the body': request => ({
    ...request,
    body: Buffer.concat([request.body, Buffer.of(0)]),
  }),
}

for (const [part, change] of Object.entries(CHANGES)) {
  test(`one changed character or byte is refused: ${part}`, async () => {
    await fc.assert(
      fc.asyncProperty(
        unsignedRequest,
        fc.constantFrom('header' as const, 'query' as const),
        fc.nat(10_000),
        async (request, form, nth) => {
          const body = form === 'query' ? Buffer.alloc(0) : (request.body ?? Buffer.alloc(0))
          const signed = await signedBySdk({ ...request, body }, { now: NOW, form })
          const altered = change(signed, nth)
          fc.pre(JSON.stringify(altered) !== JSON.stringify(signed))
          assert.ok(isRefused(altered))
        },
      ),
    )
  })
}

test('another secret, date, region or service makes another key', async () => {
  const signed = await signedBySdk({ method: 'POST', path: '/' }, { now: NOW })
  const presented = readSignature(signed, { now: NOW })
  const { secretAccessKey } = ACCESS_KEY
  for (const key of [
    signingKey(`${secretAccessKey}x`, '20260102', 'us-east-1', 'sts'),
    signingKey(secretAccessKey, '20260103', 'us-east-1', 'sts'),
    signingKey(secretAccessKey, '20260102', 'us-east-2', 'sts'),
    signingKey(secretAccessKey, '20260102', 'us-east-1', 'iam'),
  ]) {
    assert.throws(() => verifySignature(signed, presented, key), { code: 'SignatureDoesNotMatch' })
  }
})

test('a signed header that is not in the request is refused, even if it was signed as empty', async () => {
  const signed = await signedBySdk(
    { method: 'POST', path: '/', headers: { 'x-k8s-aws-id': '' } },
    { now: NOW },
  )
  verify(signed)
  const { 'x-k8s-aws-id': _gone, ...headers } = signed.headers
  assert.ok(isRefused({ ...signed, headers }))
})

test('the name of a signed header never reaches the prototype of the headers', async () => {
  const signed = await signedBySdk({ method: 'POST', path: '/' }, { now: NOW })
  const authorization = String(signed.headers['authorization'])
  for (const name of ['constructor', '__proto__', 'tostring']) {
    const forged = authorization.replace('SignedHeaders=', `SignedHeaders=${name};`)
    assert.ok(isRefused({ ...signed, headers: { ...signed.headers, authorization: forged } }))
  }
})

test('X-Amz-Content-Sha256 does not stand for the body', async () => {
  const headers = { 'x-amz-content-sha256': 'UNSIGNED-PAYLOAD' }
  const signed = await signedBySdk(
    { method: 'POST', path: '/', headers, body: Buffer.from('a') },
    { now: NOW },
  )
  assert.equal(signed.headers['x-amz-content-sha256'], 'UNSIGNED-PAYLOAD')
  assert.ok(isRefused(signed))
})

test('repeated headers that Node has joined with a comma and a blank are refused rather than guessed', async () => {
  const signed = await signedBySdk(
    { method: 'GET', path: '/', headers: { 'x-k8s-aws-id': 'a,b' } },
    { now: NOW },
  )
  verify({ ...signed, headers: { ...signed.headers, 'x-k8s-aws-id': ['a', 'b'] } })
  assert.ok(isRefused({ ...signed, headers: { ...signed.headers, 'x-k8s-aws-id': 'a, b' } }))
})
