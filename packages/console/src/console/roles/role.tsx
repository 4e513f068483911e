// One role: what it may do, who may assume it, its tags.
import type { Role as IamRole } from '@aws-sdk/client-iam'
import Button from '@cloudscape-design/components/button'
import Container from '@cloudscape-design/components/container'
import Header from '@cloudscape-design/components/header'
import KeyValuePairs from '@cloudscape-design/components/key-value-pairs'
import SpaceBetween from '@cloudscape-design/components/space-between'
import { useMemo, useState } from 'react'
import { useNavigate, useParams } from 'react-router'
import { iam } from '../../api/iam.ts'
import { decodeDocument, laidOut } from '../../api/policy-document.ts'
import { useIam, useIamList } from '../../api/queries.ts'
import { known } from '../../api/reading.ts'
import { ConsoleButton } from '../console-button.tsx'
import { Copyable } from '../copyable.tsx'
import { Ago, Instant } from '../instant.tsx'
import { links } from '../links.ts'
import { PageTabs } from '../page-tabs.tsx'
import { Page } from '../page.tsx'
import { Boundary } from '../permissions/boundary.tsx'
import { PermissionsTab } from '../permissions/permissions-tab.tsx'
import { PolicyEditor } from '../policy-editor/policy-editor.tsx'
import { TRUST_POLICY } from '../policy-editor/policy-options.ts'
import { Read } from '../read.tsx'
import { TagsTab } from '../tags/tags-tab.tsx'
import { DeleteRole } from './delete-role.tsx'
import { EditRole } from './edit-role.tsx'
import { RevokeSessions } from './revoke-sessions.tsx'
import { durationText } from './session-durations.ts'
import { trustDemand } from './trust-demand.ts'
import { TrustMfa } from './trust-mfa.tsx'

export function Role() {
  const { roleName = '' } = useParams()
  const reading = useIam('GetRole', { RoleName: roleName })
  const [open, setOpen] = useState<'delete' | 'edit'>()
  const navigate = useNavigate()
  const role = known(reading)?.Role
  return (
    <Page
      title={roleName}
      description={role?.Description}
      actions={
        role && (
          <SpaceBetween direction="horizontal" size="xs">
            <ConsoleButton to={links.simulatorFor(role.Arn ?? '')}>Simulate</ConsoleButton>
            <Button onClick={() => setOpen('edit')}>Edit</Button>
            <Button onClick={() => setOpen('delete')}>Delete</Button>
          </SpaceBetween>
        )
      }
    >
      <Read of={reading} what={roleName}>
        {({ Role }) =>
          Role && (
            <SpaceBetween size="l">
              <Summary role={Role} />
              <PageTabs label={`Role ${roleName}`} tabs={tabsOf(Role, roleName)} />
            </SpaceBetween>
          )
        }
      </Read>
      {open === 'edit' && role && <EditRole role={role} onClose={() => setOpen(undefined)} />}
      {open === 'delete' && (
        <DeleteRole
          roleName={roleName}
          onClose={isDone => (isDone ? navigate(links.roles) : setOpen(undefined))}
        />
      )}
    </Page>
  )
}

function tabsOf(role: IamRole, roleName: string) {
  return [
    {
      id: 'permissions',
      label: 'Permissions',
      content: (
        <SpaceBetween size="l">
          <PermissionsTab identity={{ kind: 'role', name: roleName }} />
          <Boundary
            identity={{ kind: 'role', name: roleName }}
            boundary={role.PermissionsBoundary?.PermissionsBoundaryArn}
          />
        </SpaceBetween>
      ),
    },
    {
      id: 'trust_relationships',
      label: 'Trust relationships',
      content: <TrustRelationships role={role} />,
    },
    { id: 'tags', label: 'Tags', content: <RoleTags roleName={roleName} /> },
    {
      id: 'revoke_sessions',
      label: 'Revoke sessions',
      content: <RevokeSessions roleName={roleName} />,
    },
  ]
}

function Summary({ role }: { readonly role: IamRole }) {
  const { Arn = '', AssumeRolePolicyDocument, CreateDate, MaxSessionDuration = 3600 } = role
  const demand = useMemo(
    () => trustDemand(laidOut(decodeDocument(AssumeRolePolicyDocument))),
    [AssumeRolePolicyDocument],
  )
  return (
    <Container header={<Header variant="h2">Summary</Header>}>
      <KeyValuePairs
        columns={3}
        minColumnWidth={220}
        items={[
          { label: 'ARN', value: <Copyable text={Arn} what="ARN" /> },
          { label: 'MFA', value: <TrustMfa roleName={role.RoleName ?? ''} demand={demand} /> },
          { label: 'Maximum session duration', value: durationText(MaxSessionDuration) },
          { label: 'Creation time', value: <Instant at={CreateDate} /> },
          { label: 'Last activity', value: <Ago at={role.RoleLastUsed?.LastUsedDate} /> },
          { label: 'Switch role link', value: <Copyable text={switchLink(Arn)} what="link" /> },
        ]}
      />
    </Container>
  )
}

/** For those who may assume the role in the console. @param arn the role's */
function switchLink(arn: string): string {
  const [, account = '', roleName = ''] = /::(\d+):role\/(.+)$/.exec(arn) ?? []
  const query = new URLSearchParams({ account, roleName })
  return `${location.origin}/console${links.switchRole}?${query.toString()}`
}

function TrustRelationships({ role }: { readonly role: IamRole }) {
  return (
    <Container
      header={
        <Header
          variant="h2"
          description="Entities that can assume this role under the conditions told here."
          actions={
            <ConsoleButton to={links.role(role.RoleName ?? '', '/trust-policy')}>
              Edit trust policy
            </ConsoleButton>
          }
        >
          Trusted entities
        </Header>
      }
    >
      <PolicyEditor
        value={laidOut(decodeDocument(role.AssumeRolePolicyDocument))}
        options={TRUST_POLICY}
        ariaLabel="Trust policy"
      />
    </Container>
  )
}

function RoleTags({ roleName: RoleName }: { readonly roleName: string }) {
  const reading = useIamList('ListRoleTags', 'Tags', { RoleName })
  return (
    <TagsTab
      name={RoleName}
      reading={reading}
      tag={Tags => iam('TagRole', { RoleName, Tags })}
      untag={TagKeys => iam('UntagRole', { RoleName, TagKeys })}
    />
  )
}
