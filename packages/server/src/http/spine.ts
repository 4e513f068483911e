// The way of a request: decode, authenticate, authorize, perform in one transaction, encode, and leave a record of it.
// Read this file to follow one request.
import { randomUUID } from 'node:crypto'
import {
  AwsError,
  claimsSignature,
  decodeInput,
  envelopeFor,
  modelOf,
  operationOf,
  readParameters,
  serviceOf,
} from '@twinlock/protocol'
import type {
  Input,
  Operation as OperationModel,
  Parameters,
  ServiceName,
  WireRequest,
} from '@twinlock/protocol'
import { demandReach } from '../authentication/session-reach.ts'
import type { LastUse } from '../authentication/last-use.ts'
import { AccessDenied } from '../authorization/denial.ts'
import type { Clock } from '../clock.ts'
import type { Operation } from '../services/operation.ts'
import { OPERATIONS } from '../services/operations.ts'
import type { PerformanceParts } from './performance.ts'
import { performOperation } from './performance.ts'
import type { Connection, Progress } from './progress.ts'

export type WireAnswer = {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

export type Spine = (request: WireRequest, connection: Connection) => Promise<WireAnswer>

export type SpineParts = PerformanceParts & {
  readonly clock: Clock
  readonly lastUse: LastUse
  /** Hears what went wrong on our side; never a secret. */
  readonly report: (error: unknown, requestId: string) => void
}

export function spine(parts: SpineParts): Spine {
  const { clock, trail, report } = parts

  return async (request, connection) => {
    const progress: Progress = {
      requestId: randomUUID(),
      now: clock.now(),
      userAgent: headerText(request, 'user-agent'),
      connection,
    }
    try {
      const { operation, output } = await serve(parts, request, progress)
      const { contentType, encodeResult } = envelopeFor(operation.model, request.headers)
      const body = encodeResult(operation, output ?? {}, progress.requestId)
      return answer(200, contentType, body, progress.requestId)
    } catch (thrown) {
      const error = asAwsError(thrown)
      if (error !== thrown) report(thrown, progress.requestId)
      await trail.note(progress, { error })
      const { contentType, encodeError } = envelopeFor(progress.model, request.headers)
      const body = encodeError(progress.model, error, progress.requestId)
      return answer(error.status, contentType, body, progress.requestId, messageHeader(error))
    }
  }
}

async function serve(parts: SpineParts, request: WireRequest, progress: Progress) {
  const parameters = readParameters(request)
  route(request, parameters, progress)
  const { now, service } = progress
  progress.authenticated = await parts.authenticator.authenticate(request, service, now)
  const { caller, region } = progress.authenticated
  parts.lastUse.note(caller, service ?? 'sts', region, now)

  if (progress.model === undefined) throw notOffered(service)
  demandReach(caller, progress.model.service, progress.operationName ?? '')
  const operation = operationOf(progress.model, parameters)
  const output = await performOperation(parts, progress, {
    operation,
    handler: theHandler(operation),
    decode: () => decodeInput(operation, parameters),
    referer: headerText(request, 'referer'),
  })
  return { operation, output }
}

/** Which service and operation are meant, as far as the request itself tells. */
function route(request: WireRequest, parameters: Parameters, progress: Progress): void {
  const service = serviceOf(request, parameters)
  if (service !== undefined) progress.service = service
  if (service !== undefined && isOffered(service)) progress.model = modelOf(service)
  progress.operationName = parameters.get('Action') ?? ''
  refuseUnsignedOperation(request, progress)
}

const isOffered = (service: string): service is ServiceName => Object.hasOwn(OPERATIONS, service)

const notOffered = (service: string | undefined) =>
  new AwsError(
    'InvalidAction',
    service === undefined
      ? 'The request names no service.'
      : `Twinlock does not offer the service ${service}.`,
  )

/** An operation that AWS has and Twinlock does not is unavailable in AWS's own way. */
function theHandler({ name, model }: OperationModel): Operation<Input, object | void> {
  const operations = isOffered(model.service) ? OPERATIONS[model.service] : {}
  const handler = Object.hasOwn(operations, name) ? operations[name] : undefined
  // The model that decodes the input by this name vouches for the pair.
  if (handler !== undefined) return handler as Operation<Input, object | void>
  throw new AwsError(
    'InvalidAction',
    `Could not find operation ${name} for version ${model.version}: Twinlock does not offer it.`,
  )
}

/** These bear a token of an identity provider instead of a signature. */
const UNSIGNED_OPERATIONS = new Set(['AssumeRoleWithSAML', 'AssumeRoleWithWebIdentity'])

function refuseUnsignedOperation(request: WireRequest, { model, operationName }: Progress): void {
  if (claimsSignature(request) || !UNSIGNED_OPERATIONS.has(operationName ?? '')) return
  const operation = model?.findOperation(operationName ?? '')
  if (operation !== undefined) theHandler(operation)
}

/** What went wrong, as the caller may know it. */
export function asAwsError(thrown: unknown): AwsError {
  if (thrown instanceof AwsError) return thrown
  return new AwsError(
    'InternalFailure',
    'The request processing has failed because of an unknown error, exception or failure.',
    { cause: thrown },
  )
}

function headerText({ headers }: WireRequest, name: string): string | undefined {
  const value = headers[name]
  return typeof value === 'string' ? value : undefined
}

const answer = (
  status: number,
  contentType: string,
  body: string,
  requestId: string,
  more?: Readonly<Record<string, string>>,
): WireAnswer => ({
  status,
  headers: { 'Content-Type': contentType, 'x-amzn-RequestId': requestId, ...more },
  body,
})

/** What AWS's clients pass over, and `sts decode-authorization-message` understands. */
const messageHeader = (error: AwsError) =>
  error instanceof AccessDenied && error.encodedMessage !== undefined
    ? { 'x-twinlock-authorization-message': error.encodedMessage }
    : undefined
