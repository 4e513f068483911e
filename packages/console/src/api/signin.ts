// What AWS keeps to its console: sessions, security keys, root's MFA, what the account demands of MFA. Its types are the server's own, and so
// are their dates, which stay text.
import type { SigninOperations } from '@twinlock/server/console-api'
import type { UseQueryResult } from '@tanstack/react-query'
import { useQuery } from '@tanstack/react-query'
import { unlessMissing } from './api-error.ts'
import { callerOf } from './call.ts'
import { ACCOUNT } from './queries.ts'

export const signin = callerOf<SigninOperations>('signin')

/** One answer of these operations. */
export function useSignin<Name extends keyof SigninOperations>(
  operation: Name,
  input: SigninOperations[Name]['input'],
): UseQueryResult<SigninOperations[Name]['output']> {
  return useQuery({
    queryKey: [ACCOUNT, operation, input],
    queryFn: ({ signal }) => signin(operation, input, signal),
  })
}

/** One answer of these operations; null where what was asked for does not exist. */
export function useSigninIfThere<Name extends keyof SigninOperations>(
  operation: Name,
  input: SigninOperations[Name]['input'],
): UseQueryResult<SigninOperations[Name]['output'] | null> {
  return useQuery({
    queryKey: [ACCOUNT, operation, input, 'if there'],
    queryFn: async ({ signal }) => (await unlessMissing(signin(operation, input, signal))) ?? null,
  })
}
