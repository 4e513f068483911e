// "Console sign-in": the own password.
import Button from '@cloudscape-design/components/button'
import Container from '@cloudscape-design/components/container'
import Header from '@cloudscape-design/components/header'
import KeyValuePairs from '@cloudscape-design/components/key-value-pairs'
import { useState } from 'react'
import { useIam } from '../../api/queries.ts'
import { useSigninIfThere } from '../../api/signin.ts'
import { Ago } from '../instant.tsx'
import { Known } from '../known.tsx'
import { ChangePassword } from './change-password.tsx'
import type { CredentialOwner } from './credential-owner.ts'
import { PasswordSet } from './password-set.tsx'

export function ConsolePassword({ userName }: CredentialOwner) {
  const [isChanging, setChanging] = useState(false)

  return (
    <Container
      header={
        <Header
          variant="h2"
          actions={<Button onClick={() => setChanging(true)}>Change password</Button>}
        >
          Console sign-in
        </Header>
      }
    >
      {userName === undefined ? 'The root user has a password.' : <Dates userName={userName} />}
      {isChanging && (
        <ChangePassword isRoot={userName === undefined} onClose={() => setChanging(false)} />
      )}
    </Container>
  )
}

function Dates({ userName: UserName }: { readonly userName: string }) {
  const profile = useSigninIfThere('GetLoginProfile', { UserName })
  const user = useIam('GetUser', { UserName })
  return (
    <KeyValuePairs
      columns={2}
      items={[
        {
          label: 'Password set',
          value: (
            <Known of={profile}>
              {answer => (answer ? <PasswordSet password={answer.Password} /> : 'No password')}
            </Known>
          ),
        },
        {
          label: 'Last console sign-in',
          value: <Known of={user}>{({ User }) => <Ago at={User?.PasswordLastUsed} />}</Known>,
        },
      ]}
    />
  )
}
