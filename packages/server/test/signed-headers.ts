// The headers of a POST that is signed as an SDK signs it: for bodies that no SDK would send, and for benchmarks.
import { createHash, createHmac } from 'node:crypto'
import { signingKey } from '@twinlock/protocol'
import type { Credentials } from './twinlock.ts'

export type Post = {
  /** As in the Host header: `127.0.0.1:6238`. */
  readonly host: string
  readonly service: 'iam' | 'sts'
  readonly body: string
  readonly now: Date
}

/** All headers of the request, by lower-case name, in the order in which they are signed. */
export function signedHeaders(
  { accessKeyId, secretAccessKey, sessionToken }: Credentials,
  { host, service, body, now }: Post,
): Record<string, string> {
  const timestamp = now.toISOString().replaceAll(/[-:]|\.\d+/g, '')
  const date = timestamp.slice(0, 8)
  const scope = `${date}/us-east-1/${service}/aws4_request`
  const headers: Record<string, string> = {
    'content-type': 'application/x-www-form-urlencoded; charset=utf-8',
    host,
    'x-amz-date': timestamp,
    ...(sessionToken !== undefined && { 'x-amz-security-token': sessionToken }),
  }
  const names = Object.keys(headers).join(';')
  const lines = Object.entries(headers).map(([name, value]) => `${name}:${value}`)
  const canonical = ['POST', '/', '', ...lines, '', names, sha256(body)].join('\n')
  const toSign = ['AWS4-HMAC-SHA256', timestamp, scope, sha256(canonical)].join('\n')
  const key = signingKey(secretAccessKey, date, 'us-east-1', service)
  const signature = createHmac('sha256', key).update(toSign).digest('hex')
  const credential = `AWS4-HMAC-SHA256 Credential=${accessKeyId}/${scope}`
  return {
    ...headers,
    authorization: `${credential}, SignedHeaders=${names}, Signature=${signature}`,
  }
}

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex')
