// Where one is signed in, and how to end it there.
import type { SessionDetail } from '@twinlock/server/console-api'
import Badge from '@cloudscape-design/components/badge'
import Button from '@cloudscape-design/components/button'
import SpaceBetween from '@cloudscape-design/components/space-between'
import { useState } from 'react'
import { signin, useSignin } from '../../api/signin.ts'
import { MFA_KINDS } from '../../mfa/mfa-kinds.ts'
import { CollectionTable } from '../collections/collection-table.tsx'
import type { Column } from '../collections/column.ts'
import { ConfirmModal } from '../confirm-modal.tsx'
import { GuardedButton } from '../guarded-button.tsx'
import { Ago, Instant } from '../instant.tsx'
import { browserName } from './browser-name.ts'

const COLUMNS: readonly Column<SessionDetail>[] = [
  {
    id: 'browser',
    header: 'Browser',
    cell: session => (
      <>
        {browserName(session.UserAgent)}{' '}
        {session.IsCurrent && <Badge color="green">This one</Badge>}
      </>
    ),
    sortBy: ({ UserAgent }) => browserName(UserAgent),
    isRowHeader: true,
  },
  {
    id: 'address',
    header: 'Address',
    cell: ({ SourceIp }) => SourceIp,
    sortBy: ({ SourceIp }) => SourceIp,
  },
  { id: 'mfa', header: 'MFA', cell: mfaOf, sortBy: mfaOf },
  {
    id: 'signed-in',
    header: 'Signed in',
    cell: ({ SignedInAt }) => <Instant at={new Date(SignedInAt)} />,
    sortBy: ({ SignedInAt }) => new Date(SignedInAt),
  },
  {
    id: 'last-seen',
    header: 'Last active',
    cell: ({ LastSeenAt }) => <Ago at={new Date(LastSeenAt)} />,
    sortBy: ({ LastSeenAt }) => new Date(LastSeenAt),
  },
  {
    id: 'expires',
    header: 'Expires',
    cell: ({ ExpiresAt }) => <Instant at={new Date(ExpiresAt)} />,
    sortBy: ({ ExpiresAt }) => new Date(ExpiresAt),
    isHidden: true,
  },
]

export function Sessions() {
  const { data, ...reading } = useSignin('ListSessions', {})
  const [ending, setEnding] = useState<SessionDetail | 'all'>()

  return (
    <>
      <CollectionTable
        id="sessions"
        noun="sessions"
        title="Sessions"
        description="Browsers in which you are signed in. If you do not know one of them, sign out everywhere and change your password."
        reading={{ ...reading, data: data?.Sessions }}
        columns={COLUMNS}
        idOf={({ SessionId }) => SessionId}
        textOf={({ UserAgent, SourceIp }) => `${browserName(UserAgent)} ${SourceIp}`}
        selection="single"
        actions={([session]) => (
          <SpaceBetween direction="horizontal" size="xs">
            <GuardedButton
              obstacle={session ? undefined : 'Select a session.'}
              onClick={() => setEnding(session)}
            >
              Sign out
            </GuardedButton>
            <Button onClick={() => setEnding('all')}>Sign out everywhere</Button>
          </SpaceBetween>
        )}
      />
      {ending === 'all' && <EndAll onClose={() => setEnding(undefined)} />}
      {ending !== undefined && ending !== 'all' && (
        <EndOne session={ending} onClose={() => setEnding(undefined)} />
      )}
    </>
  )
}

function mfaOf({ MfaMethod }: SessionDetail): string {
  return MfaMethod === undefined ? 'None' : MFA_KINDS[MfaMethod].label
}

function EndOne({
  session,
  onClose,
}: {
  readonly session: SessionDetail
  readonly onClose: () => void
}) {
  const name = browserName(session.UserAgent)
  return (
    <ConfirmModal
      title={`Sign out of ${name}?`}
      confirmation="sign out"
      verb="Sign out"
      perform={async () => {
        await signin('EndSessions', { SessionId: session.SessionId })
        if (session.IsCurrent) toSignIn()
      }}
      done={`You are signed out of ${name} at ${session.SourceIp}.`}
      onClose={onClose}
    >
      {session.IsCurrent
        ? 'This is the browser that you are using.'
        : `The session at ${session.SourceIp} ends at once.`}
    </ConfirmModal>
  )
}

function EndAll({ onClose }: { readonly onClose: () => void }) {
  return (
    <ConfirmModal
      title="Sign out everywhere?"
      confirmation="sign out"
      verb="Sign out"
      perform={async () => {
        await signin('EndSessions', {})
        toSignIn()
      }}
      done="You are signed out everywhere."
      onClose={onClose}
    >
      All your sessions end at once, this one too. Access keys and temporary credentials stay valid.
    </ConfirmModal>
  )
}

const toSignIn = () => location.assign('/signin')
