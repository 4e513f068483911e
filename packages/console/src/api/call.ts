// The console's door to the operations that every client calls: JSON in and out, the browser's session as the caller.
import { ApiError } from './api-error.ts'
import { parseAnswer } from './dates.ts'
import type { Operations } from './operations-of.ts'

export type Service = 'iam' | 'signin'

/** A service by its operations: `iam('ListUsers', {})`. @throws ApiError what the service refused */
export type Caller<Of extends Operations> = <Name extends keyof Of & string>(
  operation: Name,
  input: Of[Name]['input'],
  signal?: AbortSignal,
) => Promise<Of[Name]['output']>

/** The operations of a service. */
export function callerOf<Of extends Operations>(service: Service): Caller<Of> {
  return async (operation, input, signal) => call(service, operation, input, signal)
}

async function call<Output>(
  service: Service,
  operation: string,
  input: unknown,
  signal: AbortSignal | undefined,
): Promise<Output> {
  const response = await fetch(`/console/api/${service}/${operation}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(input ?? {}),
    ...(signal && { signal }),
  }).catch(unreachable)
  const answer = parse(await response.text(), service === 'signin' ? JSON.parse : parseAnswer)
  // The shape of an answer is the model's, which the types were made from. What is no JSON is a proxy's page: that is no answer.
  if (response.ok && answer !== undefined) return answer as Output
  const error = refusal(answer, response.status)
  if (error.code === 'SessionExpired') signInAgain()
  throw error
}

/** The session is over: sign in, and come back to this page. */
function signInAgain(): void {
  const { pathname, search, hash } = location
  location.assign(`/signin?returnTo=${encodeURIComponent(pathname + search + hash)}`)
}

function unreachable(cause: unknown): never {
  if (cause instanceof DOMException && cause.name === 'AbortError') throw cause
  throw new ApiError('Unreachable', 'The service cannot be reached. Try again.', 0)
}

function parse(text: string, read: (text: string) => unknown): unknown {
  try {
    return read(text)
  } catch {
    // A proxy's page, or an empty body.
    return undefined
  }
}

function refusal(answer: unknown, status: number): ApiError {
  const { code, message, requestId } = (answer ?? {}) as Partial<Record<string, string>>
  return new ApiError(
    code ?? 'ServiceFailure',
    message ?? `The service could not answer (status ${status}). Try again in a moment.`,
    status,
    requestId,
  )
}
