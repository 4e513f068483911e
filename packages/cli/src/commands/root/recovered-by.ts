// Who recovers root, for the audit: whoever runs the command, by the name that the operating system has for them.
import { userInfo } from 'node:os'
import type { Io } from '../../io.ts'

export const recoveredBy = ({ clock }: Io) => ({ operator: operatorName(), now: clock.now() })

/** In a container the running user may have a number alone. */
function operatorName(): string {
  try {
    return userInfo().username
  } catch {
    return `uid ${process.getuid?.() ?? 'unknown'}`
  }
}
