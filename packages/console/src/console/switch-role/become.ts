// Into a role and back: what was read belongs to whoever read it, so all of it is forgotten.
import type { SigninOperations } from '@twinlock/server/console-api'
import { useQueryClient } from '@tanstack/react-query'
import { useNavigate } from 'react-router'
import { goOnAs } from '../../api/page-session.ts'
import { signin } from '../../api/signin.ts'
import { links } from '../links.ts'
import { useNotify } from '../shell/notifications.tsx'

/** Calls the operation and forgets what was read before it. */
export function useBecome() {
  const queries = useQueryClient()
  return async <Name extends 'SwitchRole' | 'ExitRole'>(
    operation: Name,
    input: SigninOperations[Name]['input'],
  ): Promise<void> => {
    goOnAs(await signin(operation, input))
    await queries.resetQueries()
  }
}

/** Ends the role: the person is who signed in again. */
export function useSwitchBack(): () => void {
  const become = useBecome()
  const navigate = useNavigate()
  const notify = useNotify()
  return () => {
    become('ExitRole', {}).then(
      () => navigate(links.dashboard),
      (error: Error) => notify(error.message, 'error'),
    )
  }
}
