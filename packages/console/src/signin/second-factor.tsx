// The second lock. Who has several kinds of device uses one and may switch to another; the kind used last comes first next time.
import type { MfaMethod, SignInState } from '@twinlock/server/console-api'
import { useState } from 'react'
import { MfaCode } from './mfa-code.tsx'
import { lastMethod } from './last-method.ts'
import { OtherWays } from './other-ways.tsx'
import { Resync } from './resync.tsx'
import { SecurityKey } from './security-key.tsx'
import type { StepFailed } from './step-failed.ts'
import { useTitle } from './use-title.ts'

export type SecondFactorState = Extract<SignInState, { readonly state: 'mfa' }>

export type SecondFactorSteps = {
  readonly onNext: (state: SignInState) => void
  readonly onFail: StepFailed
}

export function SecondFactor({
  onRestart,
  ...facts
}: SecondFactorState & SecondFactorSteps & { readonly onRestart: () => void }) {
  const { methods, devices, onNext, onFail } = facts
  const [method, setMethod] = useState(() => lastMethod(methods))
  const [isResyncing, setResyncing] = useState(false)
  useTitle('Multi-factor authentication')

  if (isResyncing) {
    return (
      <Resync
        devices={devices.filter(device => device.method !== 'security-key')}
        onNext={next => {
          setResyncing(false)
          onNext(next)
        }}
        onFail={onFail}
        onBack={() => setResyncing(false)}
      />
    )
  }
  const others = (
    <OtherWays
      methods={methods.filter(other => other !== method)}
      onSwitch={(other: MfaMethod) => setMethod(other)}
      onRestart={onRestart}
    />
  )
  return method === 'security-key' ? (
    <SecurityKey onNext={onNext} onFail={onFail} others={others} />
  ) : (
    <MfaCode
      key={method}
      {...facts}
      method={method}
      onResync={() => setResyncing(true)}
      others={others}
    />
  )
}
