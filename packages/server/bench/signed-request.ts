// HTTP requests signed in advance, as bytes that a socket sends.
import { createHash, createHmac } from 'node:crypto'
import { signingKey } from '@twinlock/protocol'

export type Signer = {
  readonly accessKeyId: string
  readonly secretAccessKey: string
  readonly sessionToken?: string
}

/** A signed STS request to `host`, as an SDK sends it. */
export function signedRequest(signer: Signer, host: string, body: string, now: Date): Buffer {
  const timestamp = now.toISOString().replaceAll(/[-:]|\.\d+/g, '')
  const date = timestamp.slice(0, 8)
  const scope = `${date}/us-east-1/sts/aws4_request`
  const headers: [string, string][] = [
    ['content-type', 'application/x-www-form-urlencoded; charset=utf-8'],
    ['host', host],
    ['x-amz-date', timestamp],
  ]
  if (signer.sessionToken !== undefined) headers.push(['x-amz-security-token', signer.sessionToken])
  const signedHeaders = headers.map(([name]) => name).join(';')
  const canonical = [
    'POST',
    '/',
    '',
    ...headers.map(([name, value]) => `${name}:${value}`),
    '',
    signedHeaders,
    sha256(body),
  ].join('\n')
  const toSign = ['AWS4-HMAC-SHA256', timestamp, scope, sha256(canonical)].join('\n')
  const key = signingKey(signer.secretAccessKey, date, 'us-east-1', 'sts')
  const signature = createHmac('sha256', key).update(toSign).digest('hex')
  const authorization = `AWS4-HMAC-SHA256 Credential=${signer.accessKeyId}/${scope}, SignedHeaders=${signedHeaders}, Signature=${signature}`
  return Buffer.from(
    [
      'POST / HTTP/1.1',
      ...headers.map(([name, value]) => `${name}: ${value}`),
      `authorization: ${authorization}`,
      `content-length: ${Buffer.byteLength(body)}`,
      '',
      body,
    ].join('\r\n'),
  )
}

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex')
