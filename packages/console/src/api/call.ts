// The console's door to the operations that every client calls: JSON in and out, the browser's session as the caller.
import { parseAnswer } from './dates.ts'
import type { Operations } from './operations-of.ts'
import { ask } from './page-session.ts'

export type Service = 'iam' | 'signin'

/** A service by its operations: `iam('ListUsers', {})`. @throws ApiError what the service refused */
export type Caller<Of extends Operations> = <Name extends keyof Of & string>(
  operation: Name,
  input: Of[Name]['input'],
  signal?: AbortSignal,
) => Promise<Of[Name]['output']>

/** The operations of a service. */
export function callerOf<Of extends Operations>(service: Service): Caller<Of> {
  const read = service === 'signin' ? JSON.parse : parseAnswer
  return async (operation, input, signal) => {
    const { output } = await ask<Of[typeof operation]['output']>({
      path: `${service}/${operation}`,
      input,
      signal,
      read,
    })
    return output
  }
}
