// Whether a user may sign in to the console, and the sessions that they have there.
import type { User } from '@aws-sdk/client-iam'
import Button from '@cloudscape-design/components/button'
import Container from '@cloudscape-design/components/container'
import Header from '@cloudscape-design/components/header'
import KeyValuePairs from '@cloudscape-design/components/key-value-pairs'
import SpaceBetween from '@cloudscape-design/components/space-between'
import { useState } from 'react'
import { iam } from '../../api/iam.ts'
import { known } from '../../api/reading.ts'
import { signin, useSignin, useSigninIfThere } from '../../api/signin.ts'
import { ConfirmModal } from '../confirm-modal.tsx'
import { Ago } from '../instant.tsx'
import { Known } from '../known.tsx'
import { PasswordSet } from '../security-credentials/password-set.tsx'
import { ManageConsoleAccess } from './manage-console-access.tsx'

export function ConsoleAccess({ user }: { readonly user: User }) {
  const { UserName = '', PasswordLastUsed } = user
  const login = useSigninIfThere('GetLoginProfile', { UserName })
  const sessions = useSignin('ListSessions', { UserName })
  const [open, setOpen] = useState<'manage' | 'disable' | 'sign out'>()
  const close = () => setOpen(undefined)
  const answer = known(login)
  const profile = answer?.Password
  return (
    <Container
      header={
        <Header
          variant="h2"
          actions={
            <SpaceBetween direction="horizontal" size="xs">
              {profile && <Button onClick={() => setOpen('sign out')}>Sign out everywhere</Button>}
              {profile && <Button onClick={() => setOpen('disable')}>Disable</Button>}
              {answer !== undefined && (
                <Button onClick={() => setOpen('manage')}>
                  {profile ? 'Reset password' : 'Enable console access'}
                </Button>
              )}
            </SpaceBetween>
          }
        >
          Console sign-in
        </Header>
      }
    >
      <KeyValuePairs
        columns={4}
        items={[
          {
            label: 'Console password',
            value: <Known of={login}>{answer => (answer ? 'Enabled' : 'Not enabled')}</Known>,
          },
          {
            label: 'Password set',
            value: (
              <Known of={login}>
                {answer => (answer ? <PasswordSet password={answer.Password} /> : '-')}
              </Known>
            ),
          },
          { label: 'Last console sign-in', value: <Ago at={PasswordLastUsed} /> },
          {
            label: 'Open sessions',
            value: <Known of={sessions}>{({ Sessions }) => Sessions.length}</Known>,
          },
        ]}
      />
      {open === 'manage' && (
        <ManageConsoleAccess
          userName={UserName}
          hasPassword={profile !== undefined}
          onClose={close}
        />
      )}
      {open === 'disable' && (
        <ConfirmModal
          title={`Disable console access of ${UserName}?`}
          confirmation={UserName}
          verb="Disable"
          done={`${UserName} can no longer sign in to the console.`}
          perform={() => iam('DeleteLoginProfile', { UserName })}
          onClose={close}
        >
          The password is deleted and all sessions of {UserName} end. Access keys go on working.
        </ConfirmModal>
      )}
      {open === 'sign out' && (
        <ConfirmModal
          title={`Sign ${UserName} out everywhere?`}
          confirmation={UserName}
          verb="Sign out"
          done={`All console sessions of ${UserName} ended.`}
          perform={() => signin('EndSessions', { UserName })}
          onClose={close}
        >
          All console sessions of {UserName} end at once. Temporary credentials that were given out
          live on to their own end.
        </ConfirmModal>
      )}
    </Container>
  )
}
