// One request to the console's door: JSON in and out, the browser's cookie as the proof.
import { ApiError } from './api-error.ts'

export type Request = {
  /** Below `/console/api/`. */
  readonly path: string
  readonly input?: unknown
  readonly signal?: AbortSignal | undefined
  /** How the answer is read: as plain JSON, if nothing else is said. */
  readonly read?: (text: string) => unknown
}

export type Answer<Output> = {
  readonly output: Output
  /** When it was given, on the service's clock. */
  readonly date: string | null
}

/** @throws ApiError what the service refused */
export async function send<Output>(
  { path, input, signal, read = JSON.parse }: Request,
  headers: Readonly<Record<string, string>>,
): Promise<Answer<Output>> {
  const response = await fetch(`/console/api/${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(input ?? {}),
    ...(signal && { signal }),
  }).catch(unreachable)
  const answer = parse(await response.text(), read)
  if (!response.ok || answer === undefined) throw refusal(answer, response.status)
  // The shape of an answer is the model's, which the types were made from. What is no JSON is a proxy's page: that is no answer.
  return { output: answer as Output, date: response.headers.get('date') }
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
