// The AWS SDK's clients with our codecs at the other end of the wire, and no network in between.

import { Readable } from 'node:stream'
import { IAMClient, type IAMClientConfig } from '@aws-sdk/client-iam'
import { STSClient, type STSClientConfig } from '@aws-sdk/client-sts'
import { ACCESS_KEY } from './sdk-signer.ts'
import type { WireRequest } from '../src/wire-request.ts'

/** What goes back to the client. */
export type Answer = { readonly status: number; readonly body: string }

/** Answers a request as the server would. */
export type Respond = (request: WireRequest) => Answer

type SdkRequest = {
  readonly method: string
  readonly path: string
  readonly query?: Readonly<Record<string, unknown>>
  readonly headers: Readonly<Record<string, string>>
  readonly body?: string
}

function configuration(respond: Respond) {
  return {
    region: 'us-east-1',
    endpoint: 'http://localhost:6238',
    credentials: ACCESS_KEY,
    maxAttempts: 1,
    requestHandler: {
      async handle(request: SdkRequest) {
        const { status, body } = respond(wireRequest(request))
        const headers = { 'content-type': 'text/xml' }
        return {
          response: { statusCode: status, headers, body: Readable.from([Buffer.from(body)]) },
        }
      },
    },
  } as unknown as IAMClientConfig & STSClientConfig
}

function wireRequest({ method, path, headers, body = '' }: SdkRequest): WireRequest {
  const lowerCase = Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value])
  return {
    method,
    path,
    query: '',
    headers: Object.fromEntries(lowerCase),
    body: Buffer.from(body),
  }
}

/** A client of IAM whose requests `respond` answers. */
export function iamClient(respond: Respond): IAMClient {
  return new IAMClient(configuration(respond))
}

/** A client of STS whose requests `respond` answers. */
export function stsClient(respond: Respond): STSClient {
  return new STSClient(configuration(respond))
}
