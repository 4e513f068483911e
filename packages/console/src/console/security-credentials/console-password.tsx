// "Console sign-in": the own password.
import Button from '@cloudscape-design/components/button'
import Container from '@cloudscape-design/components/container'
import Header from '@cloudscape-design/components/header'
import KeyValuePairs from '@cloudscape-design/components/key-value-pairs'
import { useState } from 'react'
import { useIam, useIamIfThere } from '../../api/queries.ts'
import { Ago } from '../instant.tsx'
import { ChangePassword } from './change-password.tsx'
import type { DeviceOwner } from './device-owner.ts'

export function ConsolePassword({ userName }: DeviceOwner) {
  const [isChanging, change] = useState(false)

  return (
    <Container
      header={
        <Header
          variant="h2"
          actions={<Button onClick={() => change(true)}>Change password</Button>}
        >
          Console sign-in
        </Header>
      }
    >
      {userName === undefined ? 'The root user has a password.' : <Dates userName={userName} />}
      {isChanging && (
        <ChangePassword isRoot={userName === undefined} onClose={() => change(false)} />
      )}
    </Container>
  )
}

function Dates({ userName: UserName }: { readonly userName: string }) {
  const profile = useIamIfThere('GetLoginProfile', { UserName })
  const user = useIam('GetUser', { UserName })
  return (
    <KeyValuePairs
      columns={2}
      items={[
        {
          label: 'Password set',
          value: <Ago at={profile.data?.LoginProfile?.CreateDate} never="-" />,
        },
        { label: 'Last sign-in', value: <Ago at={user.data?.User?.PasswordLastUsed} never="-" /> },
      ]}
    />
  )
}
