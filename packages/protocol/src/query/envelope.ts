// What an answer looks like: XML as a rule, JSON for the clients of STS that ask for it.

import type { AwsError } from '../errors.ts'
import type { Model, Operation } from '../model/model.ts'
import { headerOf, type WireHeaders } from '../wire-request.ts'
import { JSON_ENVELOPE } from './json.ts'
import { XML_ENVELOPE } from './xml.ts'

/** A form of answers. */
export type Envelope = {
  readonly contentType: string
  /** The body of a success; members of `result` that the model does not know are left out. */
  readonly encodeResult: (operation: Operation, result: object, requestId: string) => string
  /** The body of a refusal; without a model where the request did not come as far as a service. */
  readonly encodeError: (model: Model | undefined, error: AwsError, requestId: string) => string
}

/**
 * The form that the request asks for. Only STS has the JSON one; aws-iam-authenticator, which signs clusters' callers in,
 * reads no other.
 */
export function envelopeFor(model: Model | undefined, headers: WireHeaders): Envelope {
  const wantsJson =
    model?.service === 'sts' && headerOf(headers, 'accept')?.includes('application/json')
  return wantsJson === true ? JSON_ENVELOPE : XML_ENVELOPE
}
