// "Assign MFA device" in two screens: name and kind, then what that kind needs.
import type { ReactNode } from 'react'
import { useState } from 'react'
import type { Chosen } from './choose-device.tsx'
import { ChooseDevice } from './choose-device.tsx'
import { problemOfTakenName } from './device-name.ts'
import type { AuthenticatorApp, Enroller } from './enroller.ts'
import { SetUpAuthenticatorApp } from './set-up-authenticator-app.tsx'
import { SetUpHardwareToken } from './set-up-hardware-token.tsx'
import { SetUpSecurityKey } from './set-up-security-key.tsx'

type Screen =
  | { readonly name: 'choose' }
  | { readonly name: 'authenticator app'; readonly app: AuthenticatorApp }
  | { readonly name: 'hardware token' }
  | { readonly name: 'security key' }

export function AssignMfaDevice({
  heading,
  description,
  enroller,
  secondary,
}: {
  readonly heading: string
  readonly description?: ReactNode
  readonly enroller: Enroller
  readonly secondary?: ReactNode
}) {
  const [chosen, setChosen] = useState<Chosen>({ deviceName: '', kind: 'security-key' })
  const [screen, setScreen] = useState<Screen>({ name: 'choose' })
  const steps = { enroller, onBack: () => setScreen({ name: 'choose' }) }

  async function choose(next: Chosen) {
    setChosen(next)
    setScreen(await screenOf(next, enroller))
  }

  switch (screen.name) {
    case 'choose':
      return (
        <ChooseDevice
          heading={heading}
          description={description}
          chosen={chosen}
          onChoose={choose}
          explain={error => problemOfTakenName(error) ?? enroller.explain(error)}
          secondary={secondary}
        />
      )
    case 'authenticator app':
      return <SetUpAuthenticatorApp app={screen.app} {...steps} />
    case 'hardware token':
      return <SetUpHardwareToken {...steps} />
    case 'security key':
      return <SetUpSecurityKey deviceName={chosen.deviceName} {...steps} />
  }
}

async function screenOf({ deviceName, kind }: Chosen, enroller: Enroller): Promise<Screen> {
  switch (kind) {
    case 'totp':
      return { name: 'authenticator app', app: await enroller.newAuthenticatorApp(deviceName) }
    case 'hardware-token':
      return { name: 'hardware token' }
    case 'security-key':
      return { name: 'security key' }
  }
}
