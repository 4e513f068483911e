// A new password, twice, with what is asked of it ticked off while it is typed.
import SpaceBetween from '@cloudscape-design/components/space-between'
import StatusIndicator from '@cloudscape-design/components/status-indicator'
import { useState } from 'react'
import { PasswordInput } from './password-input.tsx'
import { ShowPassword } from './show-password.tsx'
import type { PasswordDemand } from './password-demands.ts'

export function NewPassword({
  newPassword,
  confirmed,
  demands,
  onNewPassword,
  onConfirmed,
}: {
  readonly newPassword: string
  readonly confirmed: string
  readonly demands: readonly PasswordDemand[]
  readonly onNewPassword: (value: string) => void
  readonly onConfirmed: (value: string) => void
}) {
  const [isShown, setShown] = useState(false)
  return (
    <SpaceBetween size="m">
      <PasswordInput
        isShown={isShown}
        label="New password"
        value={newPassword}
        autoComplete="new-password"
        onChange={onNewPassword}
      />
      <SpaceBetween size="xxs">
        {demands.map(({ text, isMet }) => (
          <Demand key={text} text={text} isMet={isMet(newPassword)} />
        ))}
      </SpaceBetween>
      <PasswordInput
        isShown={isShown}
        label="Confirm new password"
        value={confirmed}
        autoComplete="new-password"
        errorText={
          confirmed !== '' && !newPassword.startsWith(confirmed)
            ? 'The two passwords differ.'
            : undefined
        }
        onChange={onConfirmed}
      />
      <ShowPassword isShown={isShown} onChange={setShown} />
    </SpaceBetween>
  )
}

function Demand({ text, isMet }: { readonly text: string; readonly isMet: boolean }) {
  return (
    <StatusIndicator
      type={isMet ? 'success' : 'pending'}
      iconAriaLabel={isMet ? 'Met' : 'Not met yet'}
    >
      {text}
    </StatusIndicator>
  )
}
