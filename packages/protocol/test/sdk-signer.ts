// Requests signed by the AWS SDK, as they would come over the wire.

import { createHash, createHmac } from 'node:crypto'
import { uriEncode } from '../src/sigv4/uri-encode.ts'
import type { WireRequest } from '../src/wire-request.ts'
import { SignatureV4 } from '@smithy/signature-v4'

/** A request before it is signed; `query` by decoded name. */
export type UnsignedRequest = {
  readonly method: string
  readonly path: string
  readonly query?: Readonly<Record<string, string>>
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: Buffer
}

/** Who signs, when and for what. */
export type Signing = {
  readonly now: Date
  readonly form?: 'header' | 'query'
  readonly region?: string
  readonly service?: string
  readonly sessionToken?: string
}

/** The key pair of AWS's examples. */
export const ACCESS_KEY = {
  accessKeyId: 'AKIDEXAMPLE',
  secretAccessKey: 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY',
}

/** SHA-256 as the SDK wants it handed in. */
class Sha256 {
  readonly #hash

  constructor(secret?: string | ArrayBuffer | ArrayBufferView) {
    this.#hash = secret === undefined ? createHash('sha256') : createHmac('sha256', bytes(secret))
  }

  update(chunk: string | ArrayBuffer | ArrayBufferView): void {
    this.#hash.update(bytes(chunk))
  }

  async digest(): Promise<Uint8Array> {
    return this.#hash.digest()
  }

  reset(): void {
    throw new Error('the signer makes a new hash each time')
  }
}

function bytes(chunk: string | ArrayBuffer | ArrayBufferView): Buffer {
  if (typeof chunk === 'string') return Buffer.from(chunk, 'utf8')
  if (chunk instanceof ArrayBuffer) return Buffer.from(chunk)
  return Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength)
}

/** The request that the SDK would send. */
export async function signedBySdk(
  request: UnsignedRequest,
  signing: Signing,
): Promise<WireRequest> {
  const { method, path, query = {}, headers = {}, body = Buffer.alloc(0) } = request
  const { now, form = 'header', region = 'us-east-1', service = 'sts', sessionToken } = signing
  const credentials = sessionToken === undefined ? ACCESS_KEY : { ...ACCESS_KEY, sessionToken }
  const signer = new SignatureV4({ service, region, sha256: Sha256, credentials })
  const unsigned = {
    method,
    protocol: 'http:',
    hostname: 'localhost',
    port: 6238,
    path,
    query: { ...query },
    headers: { host: 'localhost:6238', ...headers },
    body,
  }
  const signed =
    form === 'header'
      ? await signer.sign(unsigned, { signingDate: now })
      : await signer.presign(unsigned, { signingDate: now, expiresIn: 60 })
  return {
    method,
    path,
    query: queryString(signed.query ?? {}),
    headers: Object.fromEntries(
      Object.entries(signed.headers).map(([name, value]) => [name.toLowerCase(), value]),
    ),
    body,
  }
}

function queryString(query: Readonly<Record<string, string | readonly string[] | null>>): string {
  return Object.entries(query)
    .flatMap(([name, value]) => [value].flat().map(one => [name, one ?? ''] as const))
    .map(([name, value]) => `${uriEncode(name)}=${uriEncode(value)}`)
    .join('&')
}
