// One user group: who is in it, and what it gives them.
import type { Group as IamGroup } from '@aws-sdk/client-iam'
import Button from '@cloudscape-design/components/button'
import Container from '@cloudscape-design/components/container'
import Header from '@cloudscape-design/components/header'
import KeyValuePairs from '@cloudscape-design/components/key-value-pairs'
import { useState } from 'react'
import { useNavigate, useParams } from 'react-router'
import { useIam } from '../../api/queries.ts'
import { Copied } from '../copied.tsx'
import { Failure } from '../failure.tsx'
import { Instant } from '../instant.tsx'
import { links } from '../links.ts'
import { PageTabs } from '../page-tabs.tsx'
import { Page } from '../page.tsx'
import { PermissionsTab } from '../permissions/permissions-tab.tsx'
import { PageLoading } from '../shell/page-loading.tsx'
import { DeleteGroup } from './delete-group.tsx'
import { GroupUsers } from './group-users.tsx'

export function Group() {
  const { groupName = '' } = useParams()
  const { data, error, refetch } = useIam('GetGroup', { GroupName: groupName })
  const [isDeleting, setDeleting] = useState(false)
  const navigate = useNavigate()
  if (error) {
    return (
      <Failure
        header={`${groupName} could not be read`}
        error={error}
        onRetry={() => void refetch()}
      />
    )
  }
  if (data?.Group === undefined) return <PageLoading />
  return (
    <Page title={groupName} actions={<Button onClick={() => setDeleting(true)}>Delete</Button>}>
      <Summary group={data.Group} />
      <PageTabs
        label={`User group ${groupName}`}
        tabs={[
          { id: 'users', label: 'Users', content: <GroupUsers groupName={groupName} /> },
          {
            id: 'permissions',
            label: 'Permissions',
            content: <PermissionsTab identity={{ kind: 'group', name: groupName }} />,
          },
        ]}
      />
      {isDeleting && (
        <DeleteGroup
          groupName={groupName}
          onClose={isDone => (isDone ? navigate(links.groups) : setDeleting(false))}
        />
      )}
    </Page>
  )
}

function Summary({ group: { Arn = '', Path, CreateDate } }: { readonly group: IamGroup }) {
  return (
    <Container header={<Header variant="h2">Summary</Header>}>
      <KeyValuePairs
        columns={3}
        items={[
          { label: 'ARN', value: <Copied text={Arn} what="ARN" /> },
          { label: 'Path', value: Path },
          { label: 'Creation time', value: <Instant at={CreateDate} /> },
        ]}
      />
    </Container>
  )
}
