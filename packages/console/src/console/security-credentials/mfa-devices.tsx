// "Multi-factor authentication (MFA)": the devices of one person, up to eight
// (https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_mfa_enable_fido.html).
import type { MfaDeviceDetail } from '@twinlock/server/console-api'
import SpaceBetween from '@cloudscape-design/components/space-between'
import StatusIndicator from '@cloudscape-design/components/status-indicator'
import { useState } from 'react'
import { useSignin } from '../../api/signin.ts'
import { MFA_KINDS } from '../../mfa/mfa-kinds.ts'
import { Breakable } from '../breakable.tsx'
import { CollectionTable } from '../collections/collection-table.tsx'
import type { Column } from '../collections/column.ts'
import { ConsoleButton } from '../console-button.tsx'
import { GuardedButton } from '../guarded-button.tsx'
import { Instant } from '../instant.tsx'
import type { CredentialOwner } from './credential-owner.ts'
import { userNameInput } from './credential-owner.ts'
import { RemoveMfaDevice } from './remove-mfa-device.tsx'
import { ResyncMfaDevice } from './resync-mfa-device.tsx'

const MOST_DEVICES = 8

const typeOf = ({ Method }: MfaDeviceDetail) => MFA_KINDS[Method].label

const COLUMNS: readonly Column<MfaDeviceDetail>[] = [
  {
    id: 'name',
    header: 'Device name',
    cell: device => <Name device={device} />,
    sortBy: ({ DeviceName }) => DeviceName,
    isRowHeader: true,
  },
  { id: 'type', header: 'Type', cell: typeOf, sortBy: typeOf },
  {
    id: 'identifier',
    header: 'Identifier',
    minWidth: 200,
    cell: ({ SerialNumber }) => <Breakable text={SerialNumber} />,
    sortBy: ({ SerialNumber }) => SerialNumber,
  },
  {
    id: 'certifications',
    header: 'Certifications',
    cell: certificationsOf,
    sortBy: certificationsOf,
  },
  {
    id: 'created',
    header: 'Creation time',
    minWidth: 170,
    cell: ({ EnableDate }) => <Instant at={new Date(EnableDate)} />,
    sortBy: ({ EnableDate }) => new Date(EnableDate),
  },
]

type Task = { readonly name: 'remove' | 'resync'; readonly device: MfaDeviceDetail }

export function MfaDevices({
  owner,
  assignTo,
}: {
  readonly owner: CredentialOwner
  /** The page on which a device is assigned. */
  readonly assignTo: string
}) {
  const { data, ...reading } = useSignin('ListMFADevices', userNameInput(owner))
  const devices = data?.MFADevices
  const [task, setTask] = useState<Task>()
  const end = () => setTask(undefined)
  const assign = (
    <ConsoleButton
      to={assignTo}
      {...((devices?.length ?? 0) >= MOST_DEVICES && {
        disabled: true,
        disabledReason: `There are ${MOST_DEVICES} already, which is the most: remove one first.`,
      })}
    >
      Assign MFA device
    </ConsoleButton>
  )

  return (
    <>
      <CollectionTable
        id="mfa-devices"
        noun="MFA devices"
        title="Multi-factor authentication (MFA)"
        description={`With MFA, a stolen password opens nothing. Up to ${MOST_DEVICES} devices; one of them is enough to sign in.`}
        reading={{ ...reading, data: devices }}
        columns={COLUMNS}
        idOf={({ SerialNumber }) => SerialNumber}
        textOf={device => `${device.DeviceName} ${device.SerialNumber} ${typeOf(device)}`}
        selection="single"
        actions={([device]) => (
          <SpaceBetween direction="horizontal" size="xs">
            <GuardedButton
              obstacle={device ? undefined : 'Select a device.'}
              onClick={() => device && setTask({ name: 'remove', device })}
            >
              Remove
            </GuardedButton>
            <GuardedButton
              obstacle={whyNotResynced(device)}
              onClick={() => device && setTask({ name: 'resync', device })}
            >
              Resync
            </GuardedButton>
            {assign}
          </SpaceBetween>
        )}
        emptyAction={assign}
      />
      {task?.name === 'remove' && (
        <RemoveMfaDevice owner={owner} device={task.device} onClose={end} />
      )}
      {task?.name === 'resync' && (
        <ResyncMfaDevice owner={owner} device={task.device} onClose={end} />
      )}
    </>
  )
}

function whyNotResynced(device: MfaDeviceDetail | undefined): string | undefined {
  if (device === undefined) return 'Select a device.'
  return device.Method === 'security-key' ? 'Security keys have no clock.' : undefined
}

/** A copied key proves nothing any more: its owner must learn of it. */
function Name({ device: { DeviceName, ClonedDate } }: { readonly device: MfaDeviceDetail }) {
  if (ClonedDate === undefined) return DeviceName
  return <StatusIndicator type="error">{DeviceName}: copied, not accepted any more</StatusIndicator>
}

/** `FIPS-140-3 L2`, or `Syncs between devices` of a passkey that leaves its authenticator. */
function certificationsOf({ Certifications = {}, BackupEligible }: MfaDeviceDetail): string {
  const names = Object.entries(Certifications).map(([name, level]) => `${name} ${level}`)
  if (names.length > 0) return names.join(', ')
  return BackupEligible === true ? 'Syncs between devices' : '-'
}
