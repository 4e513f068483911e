// Who are you? A user says it with the password on one page; root gives the e-mail address first.
import type { SignInState } from '@twinlock/server/console-api'
import { useState } from 'react'
import { IamUser } from './iam-user.tsx'
import { RootPassword } from './root-password.tsx'
import { RootUser } from './root-user.tsx'
import styles from './identify.module.css'
import { useTitle } from './use-title.ts'

export function Identify({
  notice,
  onNext,
}: {
  /** Why a sign-in that had begun begins again. */
  readonly notice: string | undefined
  readonly onNext: (state: SignInState) => void
}) {
  const [rootEmail, setRootEmail] = useState<string>()
  useTitle('Sign in')

  if (rootEmail !== undefined) {
    return <RootPassword email={rootEmail} onNext={onNext} onBack={() => setRootEmail(undefined)} />
  }
  return (
    <div className={styles['ways']}>
      <IamUser notice={notice} onNext={onNext} />
      <RootUser onNext={setRootEmail} />
    </div>
  )
}
