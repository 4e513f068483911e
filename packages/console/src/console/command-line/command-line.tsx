// "Command line": the commands that lead the `aws` command to this server, with the person's own device in them.
import Alert from '@cloudscape-design/components/alert'
import SpaceBetween from '@cloudscape-design/components/space-between'
import { useIamList } from '../../api/queries.ts'
import { known } from '../../api/reading.ts'
import { deviceNameOf, kindOfSerialNumber } from '../../mfa/mfa-kinds.ts'
import { ConsoleLink } from '../console-link.tsx'
import { links } from '../links.ts'
import { Page } from '../page.tsx'
import { Read, ReadFailure } from '../read.tsx'
import type { Session } from '../shell/session.ts'
import { useSessionReading } from '../shell/session.ts'
import { CommandSettings, useCommandSettings } from './command-settings.tsx'
import { CommandBlock } from './command-block.tsx'
import type { CommandFacts } from './commands.ts'
import { mfaCommands, setUpCommands } from './commands.ts'
import { RoleProfile } from './role-profile.tsx'

export function CommandLine() {
  return (
    <Page
      title="Command line"
      description="Every operation of this console is an operation of AWS's API. These commands lead the aws command here."
    >
      <Read of={useSessionReading()} what="Who you are">
        {session => <Commands session={session} />}
      </Read>
    </Page>
  )
}

function Commands({ session: { account, userName, isRoot } }: { readonly session: Session }) {
  const devices = useIamList(
    'ListMFADevices',
    'MFADevices',
    userName === undefined ? {} : { UserName: userName },
    { enabled: isRoot || userName !== undefined },
  )
  const serialNumbers = (known(devices) ?? [])
    .map(({ SerialNumber = '' }) => SerialNumber)
    .filter(hasCodes)
  const [settings, setSettings] = useCommandSettings()
  const serialNumber = serialNumbers.includes(settings.serialNumber)
    ? settings.serialNumber
    : serialNumbers[0]
  const facts: CommandFacts = { ...settings, account, serialNumber, endpoint: location.origin }

  return (
    <SpaceBetween size="l">
      <CommandSettings
        settings={{ ...settings, serialNumber: serialNumber ?? '' }}
        devices={serialNumbers.map(value => ({ value, label: deviceNameOf(value) }))}
        onChange={setSettings}
      />
      {setUpCommands(facts).map(command => (
        <CommandBlock key={command.title} {...command} />
      ))}
      <ReadFailure of={devices} what="Your MFA devices" />
      {devices.data !== undefined && serialNumber === undefined && (
        <NoDevice hasKey={devices.data.length > 0} />
      )}
      {mfaCommands(facts).map(command => (
        <CommandBlock key={command.title} {...command} />
      ))}
      <RoleProfile facts={facts} />
    </SpaceBetween>
  )
}

/** Security keys prove in browsers alone. */
const hasCodes = (serialNumber: string) => kindOfSerialNumber(serialNumber) !== 'security-key'

function NoDevice({ hasKey }: { readonly hasKey: boolean }) {
  return (
    <Alert type="info" header="You have no device with codes">
      {hasKey && 'Passkeys and security keys work in browsers alone. '}
      To prove MFA on the command line, assign an authenticator app or a hardware token in{' '}
      <ConsoleLink to={links.securityCredentials}>your security credentials</ConsoleLink>.
    </Alert>
  )
}
