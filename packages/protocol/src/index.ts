// The package's public surface: AWS's wire as the server sees it.

export { AwsError, ERROR_STATUS, type ErrorCode } from './errors.ts'
export { headerOf, type WireHeaders, type WireRequest } from './wire-request.ts'

export {
  modelOf,
  openModel,
  type AwsMap,
  type Constrained,
  type List,
  type Member,
  type Model,
  type Operation,
  type Plain,
  type ServiceName,
  type Shape,
  type Structure,
} from './model/model.ts'
export type { Constraints, ErrorDocument, ModelDocument } from './model/document.ts'

export { operationOf, serviceOf, type Service } from './routing.ts'
export { readParameters, type Parameters } from './query/parameters.ts'
export { decodeInput, type Input } from './query/decode.ts'
export { validateInput } from './validation.ts'
export { envelopeFor, type Envelope } from './query/envelope.ts'
export { JSON_ENVELOPE } from './query/json.ts'
export { XML_ENVELOPE } from './query/xml.ts'

export {
  claimsSignature,
  readSignature,
  type Expectation,
  type PresentedSignature,
} from './sigv4/presented-signature.ts'
export { signingKey } from './sigv4/signing-key.ts'
export { uriEncode } from './sigv4/uri-encode.ts'
export { verifySignature } from './sigv4/verify-signature.ts'
