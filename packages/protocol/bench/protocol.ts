// How fast the wire is: verifying, decoding and encoding one GetCallerIdentity with a session token, as the SDK sends it.

import {
  decodeInput,
  modelOf,
  operationOf,
  readParameters,
  readSignature,
  serviceOf,
  signingKey,
  validateInput,
  verifySignature,
  XML_ENVELOPE,
} from '../src/index.ts'
import { ACCESS_KEY, signedBySdk } from '../test/sdk-signer.ts'

const NOW = new Date('2026-01-02T03:04:05Z')
const CALLER = {
  UserId: 'AROAQNZGKIQY56JQ7WMLA:dev',
  Account: '029608264753',
  Arn: 'arn:aws:sts::029608264753:assumed-role/ProductionAdmin-Role/dev',
}

/** Each step alone, then all of them as one request goes through them. */
export async function bench(): Promise<{ name: string; perSecond: number }[]> {
  const request = await signedBySdk(
    {
      method: 'POST',
      path: '/',
      headers: {
        'content-type': 'application/x-www-form-urlencoded',
        'amz-sdk-invocation-id': '11111111-2222-4333-8444-555555555555',
        'amz-sdk-request': 'attempt=1; max=3',
      },
      body: Buffer.from('Action=GetCallerIdentity&Version=2011-06-15'),
    },
    { now: NOW, sessionToken: 't'.repeat(600) },
  )
  const key = signingKey(ACCESS_KEY.secretAccessKey, '20260102', 'us-east-1', 'sts')
  const model = modelOf('sts')

  const verify = () =>
    verifySignature(request, readSignature(request, { now: NOW, service: 'sts' }), key)
  const decode = () => {
    const parameters = readParameters(request)
    serviceOf(request, parameters)
    const operation = operationOf(model, parameters)
    validateInput(operation, decodeInput(operation, parameters))
    return operation
  }
  const operation = decode()
  const encode = () =>
    XML_ENVELOPE.encodeResult(operation, CALLER, '11111111-2222-4333-8444-555555555555')

  return [
    { name: 'protocol: verify a signature, key cached', perSecond: perSecond(verify) },
    { name: 'protocol: decode and validate', perSecond: perSecond(decode) },
    { name: 'protocol: encode', perSecond: perSecond(encode) },
    {
      name: 'protocol: all three',
      perSecond: perSecond(() => {
        verify()
        decode()
        encode()
      }),
    },
  ]
}

/** The median of nine rounds, after a warm-up. */
function perSecond(work: () => unknown): number {
  const repetitions = 5_000
  const rounds = Array.from({ length: 12 }, () => {
    const start = process.hrtime.bigint()
    for (let i = 0; i < repetitions; i++) work()
    return Number(process.hrtime.bigint() - start) / 1e9
  })
  const measured = rounds.slice(3).sort((a, b) => a - b)
  return Math.round(repetitions / (measured[4] ?? Number.NaN))
}
