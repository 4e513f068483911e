// HTTP requests signed in advance, as bytes that a socket sends.
import { signedHeaders } from '../test/signed-headers.ts'
import type { Credentials } from '../test/twinlock.ts'

export type Signer = Credentials

/** A signed STS request to `host`, as an SDK sends it. */
export function signedRequest(signer: Signer, host: string, body: string, now: Date): Buffer {
  const headers = signedHeaders(signer, { host, service: 'sts', body, now })
  return Buffer.from(
    [
      'POST / HTTP/1.1',
      ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`),
      `content-length: ${Buffer.byteLength(body)}`,
      '',
      body,
    ].join('\r\n'),
  )
}
