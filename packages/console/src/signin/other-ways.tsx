// Below a second factor: the other kinds of device, and the way back.
import Box from '@cloudscape-design/components/box'
import Button from '@cloudscape-design/components/button'
import SpaceBetween from '@cloudscape-design/components/space-between'
import type { MfaMethod } from '@twinlock/server/console-api'
import { Trouble } from './trouble.tsx'

const SWITCH_TO: Readonly<Record<MfaMethod, string>> = {
  'security-key': 'Use a passkey or security key',
  totp: 'Use an authenticator app',
  'hardware-token': 'Use a hardware token',
}

export function OtherWays({
  methods,
  onSwitch,
  onRestart,
}: {
  readonly methods: readonly MfaMethod[]
  readonly onSwitch: (method: MfaMethod) => void
  readonly onRestart: () => void
}) {
  return (
    <SpaceBetween size="s">
      {methods.map(method => (
        <Button key={method} formAction="none" fullWidth onClick={() => onSwitch(method)}>
          {SWITCH_TO[method]}
        </Button>
      ))}
      <Trouble heading="Troubleshoot MFA">
        If you lost the device, use another of yours. Without one, an administrator of the account
        can remove the lost device; for the root user, whoever runs this server can:{' '}
        <Box variant="code">twinlock root remove-mfa</Box>. Then sign in and assign a new one.
      </Trouble>
      <Button variant="inline-link" formAction="none" onClick={onRestart}>
        Sign in to a different account
      </Button>
    </SpaceBetween>
  )
}
