// A refusal, in the words of the service that refused.

/** What an operation answered instead of a result. */
export class ApiError extends Error {
  /** AWS's: `NoSuchEntity`, `AccessDenied`, … */
  readonly code: string
  readonly status: number
  /** For the administrator, who finds it in the audit. */
  readonly requestId: string | undefined

  constructor(code: string, message: string, status: number, requestId?: string) {
    super(message)
    this.name = 'ApiError'
    this.code = code
    this.status = status
    this.requestId = requestId
  }
}

/** Whether what was asked for is not there, which for many questions is an answer. */
export function isNoSuchEntity(error: unknown): boolean {
  return error instanceof ApiError && /^NoSuchEntity(Exception)?$/.test(error.code)
}

/** Whether the caller may not. */
export function isAccessDenied(error: unknown): boolean {
  return error instanceof ApiError && /^AccessDenied(Exception)?$/.test(error.code)
}

/** The answer, or undefined where the thing asked for does not exist. */
export async function unlessMissing<Answer>(answer: Promise<Answer>): Promise<Answer | undefined> {
  try {
    return await answer
  } catch (error) {
    if (isNoSuchEntity(error)) return undefined
    throw error
  }
}
