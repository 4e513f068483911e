// A password that its owner may look at while typing: long ones are typed wrong less often.
import SpaceBetween from '@cloudscape-design/components/space-between'
import { useState } from 'react'
import { PasswordInput } from './password-input.tsx'
import type { PasswordInputProps } from './password-input.tsx'
import { ShowPassword } from './show-password.tsx'

export function PasswordField(props: PasswordInputProps) {
  const [isShown, setShown] = useState(false)
  return (
    <SpaceBetween size="xs">
      <PasswordInput {...props} isShown={isShown} />
      <ShowPassword isShown={isShown} onChange={setShown} />
    </SpaceBetween>
  )
}
