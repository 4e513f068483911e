// One user group: who is in it, and what it gives them.
import type { Group as IamGroup } from '@aws-sdk/client-iam'
import Button from '@cloudscape-design/components/button'
import Container from '@cloudscape-design/components/container'
import Header from '@cloudscape-design/components/header'
import KeyValuePairs from '@cloudscape-design/components/key-value-pairs'
import SpaceBetween from '@cloudscape-design/components/space-between'
import { useState } from 'react'
import { useNavigate, useParams } from 'react-router'
import { useIam } from '../../api/queries.ts'
import { known } from '../../api/reading.ts'
import { Copyable } from '../copyable.tsx'
import { Instant } from '../instant.tsx'
import { links } from '../links.ts'
import { PageTabs } from '../page-tabs.tsx'
import { Page } from '../page.tsx'
import { PermissionsTab } from '../permissions/permissions-tab.tsx'
import { Read } from '../read.tsx'
import { DeleteGroup } from './delete-group.tsx'
import { GroupUsers } from './group-users.tsx'

export function Group() {
  const { groupName = '' } = useParams()
  const reading = useIam('GetGroup', { GroupName: groupName })
  const [isDeleting, setDeleting] = useState(false)
  const navigate = useNavigate()
  return (
    <Page
      title={groupName}
      actions={known(reading) && <Button onClick={() => setDeleting(true)}>Delete</Button>}
    >
      <Read of={reading} what={groupName}>
        {({ Group }) => Group && <Details group={Group} />}
      </Read>
      {isDeleting && (
        <DeleteGroup
          groupName={groupName}
          onClose={isDone => (isDone ? navigate(links.groups) : setDeleting(false))}
        />
      )}
    </Page>
  )
}

function Details({ group }: { readonly group: IamGroup }) {
  const { GroupName: name = '' } = group
  return (
    <SpaceBetween size="l">
      <Summary group={group} />
      <PageTabs
        label={`User group ${name}`}
        tabs={[
          { id: 'users', label: 'Users', content: <GroupUsers groupName={name} /> },
          {
            id: 'permissions',
            label: 'Permissions',
            content: <PermissionsTab identity={{ kind: 'group', name }} />,
          },
        ]}
      />
    </SpaceBetween>
  )
}

function Summary({ group: { Arn = '', Path, CreateDate } }: { readonly group: IamGroup }) {
  return (
    <Container header={<Header variant="h2">Summary</Header>}>
      <KeyValuePairs
        columns={3}
        items={[
          { label: 'ARN', value: <Copyable text={Arn} what="ARN" /> },
          { label: 'Path', value: Path },
          { label: 'Creation time', value: <Instant at={CreateDate} /> },
        ]}
      />
    </Container>
  )
}
