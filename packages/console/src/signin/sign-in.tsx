// Sign-in, step by step. The server says where it stands; which page that is, is decided here and nowhere else.
// https://docs.aws.amazon.com/signin/latest/userguide/introduction-to-iam-user-sign-in-tutorial.html
import type { SignInState } from '@twinlock/server/console-api'
import { useEffect, useState } from 'react'
import { ChangePassword } from './change-password.tsx'
import { EnrolDevice } from './enrol-device.tsx'
import { FederatedSignIn } from './federated-sign-in.tsx'
import { Identify } from './identify.tsx'
import { SecondFactor } from './second-factor.tsx'
import { SignInProblem, explain, readState } from './sign-in-client.ts'
import type { StepFailed } from './step-failed.ts'
import { Wait } from './wait.tsx'

export function SignIn() {
  const [state, setState] = useState<SignInState>()
  const [notice, setNotice] = useState<string>()

  useEffect(() => {
    readState().then(setState, (error: unknown) => {
      setNotice(explain(error))
      setState({ state: 'password' })
    })
  }, [])

  const advance = (next: SignInState) => {
    setNotice(undefined)
    setState(next)
  }
  /** A sign-in that the server has forgotten begins again; what else went wrong is shown where it happened. */
  const fail: StepFailed = error => {
    if (error instanceof SignInProblem && error.code === 'SignInExpired') {
      setState({ state: 'password' })
      setNotice(error.message)
    }
    return explain(error)
  }
  const restart = () => advance({ state: 'password' })

  if (state === undefined) return <Wait>Loading</Wait>
  switch (state.state) {
    case 'password':
      return <Identify notice={notice} onNext={advance} />
    case 'mfa':
      return <SecondFactor {...state} onNext={advance} onFail={fail} onRestart={restart} />
    case 'change-password':
      return <ChangePassword {...state} onNext={advance} onFail={fail} />
    case 'enrol':
      return <EnrolDevice {...state} onNext={advance} onFail={fail} />
    case 'federation':
      return <FederatedSignIn {...state} onNext={advance} onFail={fail} />
    case 'signed-in':
      return <SignedIn returnTo={state.returnTo} />
  }
}

/** On to the console. The browser's "back" does not lead here again. */
function SignedIn({ returnTo }: { readonly returnTo: string }) {
  useEffect(() => {
    const target = new URL(returnTo, location.origin)
    location.replace(target.origin === location.origin ? target : '/console/')
  }, [returnTo])
  return <Wait>You are signed in. Opening the console</Wait>
}
