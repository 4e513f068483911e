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
import { useIam, useIamIfThere, useIamList } from '../../api/queries.ts'
import { ConsoleButton } from '../console-button.tsx'
import { Copied } from '../copied.tsx'
import { Failure } from '../failure.tsx'
import { Ago, Instant } from '../instant.tsx'
import { links } from '../links.ts'
import { PageTabs } from '../page-tabs.tsx'
import { Page } from '../page.tsx'
import { Boundary } from '../permissions/boundary.tsx'
import { PermissionsTab } from '../permissions/permissions-tab.tsx'
import { AccessKeys } from '../security-credentials/access-keys.tsx'
import { MfaDevices } from '../security-credentials/mfa-devices.tsx'
import { PageLoading } from '../shell/page-loading.tsx'
import { TagsTab } from '../tags/tags-tab.tsx'
import { ConsoleAccess } from './console-access.tsx'
import { DeleteUsers } from './delete-users.tsx'
import { UserGroups } from './user-groups.tsx'

export function User() {
  const { userName = '' } = useParams()
  const { data, error, refetch } = useIam('GetUser', { UserName: userName })
  const [isDeleting, setDeleting] = useState(false)
  const navigate = useNavigate()
  const user = data?.User
  if (error) {
    return (
      <Failure
        header={`${userName} could not be read`}
        error={error}
        onRetry={() => void refetch()}
      />
    )
  }
  if (user === undefined) return <PageLoading />
  return (
    <Page
      title={userName}
      actions={
        <SpaceBetween direction="horizontal" size="xs">
          <ConsoleButton to={links.simulatorFor(user.Arn ?? '')}>Simulate</ConsoleButton>
          <Button onClick={() => setDeleting(true)}>Delete</Button>
        </SpaceBetween>
      }
    >
      <Summary user={user} />
      <PageTabs label={`User ${userName}`} tabs={tabsOf(user, userName)} />
      {isDeleting && (
        <DeleteUsers
          users={[user]}
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
  const { data } = useIamList('ListUserTags', 'Tags', { UserName })
  return (
    <TagsTab
      name={UserName}
      tags={data}
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
        columns={4}
        items={[
          { label: 'ARN', value: <Copied text={Arn} what="ARN" /> },
          { label: 'Console access', value: <ConsoleAccessStatus userName={UserName} /> },
          { label: 'Created', value: <Instant at={CreateDate} /> },
          { label: 'Last console sign-in', value: <Ago at={PasswordLastUsed} /> },
        ]}
      />
    </Container>
  )
}

function ConsoleAccessStatus({ userName: UserName }: { readonly userName: string }) {
  const profile = useIamIfThere('GetLoginProfile', { UserName })
  const devices = useIamList('ListMFADevices', 'MFADevices', { UserName })
  if (profile.data === undefined || devices.data === undefined) {
    return <StatusIndicator type="loading">Loading</StatusIndicator>
  }
  if (profile.data === null) return <StatusIndicator type="stopped">Disabled</StatusIndicator>
  return devices.data.length > 0 ? (
    <StatusIndicator type="success">Enabled with MFA</StatusIndicator>
  ) : (
    <StatusIndicator type="warning">Enabled without MFA</StatusIndicator>
  )
}
