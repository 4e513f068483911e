// One user: what it may do, which groups it is in, its tags and its credentials.
import type { User as IamUser } from '@aws-sdk/client-iam'
import Button from '@cloudscape-design/components/button'
import Container from '@cloudscape-design/components/container'
import Header from '@cloudscape-design/components/header'
import KeyValuePairs from '@cloudscape-design/components/key-value-pairs'
import SpaceBetween from '@cloudscape-design/components/space-between'
import StatusIndicator from '@cloudscape-design/components/status-indicator'
import { useState } from 'react'
import { useNavigate, useParams } from 'react-router'
import { iam } from '../../api/iam.ts'
import { useIam, useIamList } from '../../api/queries.ts'
import { known } from '../../api/reading.ts'
import { useSigninIfThere } from '../../api/signin.ts'
import { ConsoleButton } from '../console-button.tsx'
import { Copyable } from '../copyable.tsx'
import { Ago, Instant } from '../instant.tsx'
import { Known } from '../known.tsx'
import { links } from '../links.ts'
import { PageTabs } from '../page-tabs.tsx'
import { Page } from '../page.tsx'
import { Boundary } from '../permissions/boundary.tsx'
import { PermissionsTab } from '../permissions/permissions-tab.tsx'
import { Read } from '../read.tsx'
import { AccessKeys } from '../security-credentials/access-keys.tsx'
import { MfaDevices } from '../security-credentials/mfa-devices.tsx'
import { TagsTab } from '../tags/tags-tab.tsx'
import { ConsoleAccess } from './console-access.tsx'
import { DeleteUsers } from './delete-users.tsx'
import { UserGroups } from './user-groups.tsx'

export function User() {
  const { userName = '' } = useParams()
  const reading = useIam('GetUser', { UserName: userName })
  const [isDeleting, setDeleting] = useState(false)
  const navigate = useNavigate()
  const user = known(reading)?.User
  return (
    <Page
      title={userName}
      actions={
        user && (
          <SpaceBetween direction="horizontal" size="xs">
            <ConsoleButton to={links.simulatorFor(user.Arn ?? '')}>Simulate</ConsoleButton>
            <Button onClick={() => setDeleting(true)}>Delete</Button>
          </SpaceBetween>
        )
      }
    >
      <Read of={reading} what={userName}>
        {({ User }) =>
          User && (
            <SpaceBetween size="l">
              <Summary user={User} />
              <PageTabs label={`User ${userName}`} tabs={tabsOf(User, userName)} />
            </SpaceBetween>
          )
        }
      </Read>
      {isDeleting && (
        <DeleteUsers
          names={[userName]}
          onClose={isDone => (isDone ? navigate(links.users) : setDeleting(false))}
        />
      )}
    </Page>
  )
}

function tabsOf(user: IamUser, userName: string) {
  return [
    {
      id: 'permissions',
      label: 'Permissions',
      content: (
        <SpaceBetween size="l">
          <PermissionsTab identity={{ kind: 'user', name: userName }} />
          <Boundary
            identity={{ kind: 'user', name: userName }}
            boundary={user.PermissionsBoundary?.PermissionsBoundaryArn}
          />
        </SpaceBetween>
      ),
    },
    { id: 'groups', label: 'Groups', content: <UserGroups userName={userName} /> },
    { id: 'tags', label: 'Tags', content: <UserTags userName={userName} /> },
    {
      id: 'security_credentials',
      label: 'Security credentials',
      content: (
        <SpaceBetween size="l">
          <ConsoleAccess user={user} />
          <MfaDevices owner={{ userName }} assignTo={links.user(userName, '/assign-mfa-device')} />
          <AccessKeys owner={{ userName }} />
        </SpaceBetween>
      ),
    },
  ]
}

function UserTags({ userName: UserName }: { readonly userName: string }) {
  const reading = useIamList('ListUserTags', 'Tags', { UserName })
  return (
    <TagsTab
      name={UserName}
      reading={reading}
      tag={Tags => iam('TagUser', { UserName, Tags })}
      untag={TagKeys => iam('UntagUser', { UserName, TagKeys })}
    />
  )
}

function Summary({
  user: { Arn = '', UserName = '', CreateDate, PasswordLastUsed },
}: {
  readonly user: IamUser
}) {
  return (
    <Container header={<Header variant="h2">Summary</Header>}>
      <KeyValuePairs
        columns={2}
        minColumnWidth={220}
        items={[
          { label: 'ARN', value: <Copyable text={Arn} what="ARN" /> },
          { label: 'Console access', value: <ConsoleAccessStatus userName={UserName} /> },
          { label: 'Creation time', value: <Instant at={CreateDate} /> },
          { label: 'Last console sign-in', value: <Ago at={PasswordLastUsed} /> },
        ]}
      />
    </Container>
  )
}

function ConsoleAccessStatus({ userName: UserName }: { readonly userName: string }) {
  const profile = useSigninIfThere('GetLoginProfile', { UserName })
  const devices = useIamList('ListMFADevices', 'MFADevices', { UserName })
  return (
    <Known of={profile}>
      {login =>
        login === null ? (
          <StatusIndicator type="stopped">Disabled</StatusIndicator>
        ) : (
          <>
            <Known of={devices}>
              {({ length }) =>
                length > 0 ? (
                  <StatusIndicator type="success">Enabled with MFA</StatusIndicator>
                ) : (
                  <StatusIndicator type="warning">Enabled without MFA</StatusIndicator>
                )
              }
            </Known>
            {login.Password.Expired && (
              <div>
                <StatusIndicator type="warning">Password expired</StatusIndicator>
              </div>
            )}
          </>
        )
      }
    </Known>
  )
}
