// One managed policy: its document, to whom it is attached, its tags and versions.
import type { Policy as IamPolicy } from '@aws-sdk/client-iam'
import Button from '@cloudscape-design/components/button'
import Container from '@cloudscape-design/components/container'
import Header from '@cloudscape-design/components/header'
import KeyValuePairs from '@cloudscape-design/components/key-value-pairs'
import SpaceBetween from '@cloudscape-design/components/space-between'
import { useState } from 'react'
import { useNavigate, useSearchParams } from 'react-router'
import { isAwsManaged, nameInArn, typeOfPolicy } from '../../api/arns.ts'
import { iam } from '../../api/iam.ts'
import { laidOut } from '../../api/policy-document.ts'
import { useIam, useIamList } from '../../api/queries.ts'
import { known } from '../../api/reading.ts'
import { ConsoleButton } from '../console-button.tsx'
import { Copyable } from '../copyable.tsx'
import { Failure } from '../failure.tsx'
import { Instant } from '../instant.tsx'
import { links } from '../links.ts'
import { PageTabs } from '../page-tabs.tsx'
import { Page } from '../page.tsx'
import { PolicyEditor } from '../policy-editor/policy-editor.tsx'
import { MANAGED_POLICY } from '../policy-editor/policy-options.ts'
import { PageLoading } from '../shell/page-loading.tsx'
import { Read } from '../read.tsx'
import { TagsTab } from '../tags/tags-tab.tsx'
import { DeletePolicy } from './delete-policy.tsx'
import { PolicyEntities } from './policy-entities.tsx'
import { usePolicyText } from './policy-text.ts'
import { PolicyVersions } from './policy-versions.tsx'

export function Policy() {
  const [search] = useSearchParams()
  const arn = search.get('arn') ?? ''
  const reading = useIam('GetPolicy', { PolicyArn: arn })
  const [isDeleting, setDeleting] = useState(false)
  const navigate = useNavigate()
  const policy = known(reading)?.Policy
  return (
    <Page
      title={nameInArn(arn)}
      description={policy?.Description}
      actions={
        policy &&
        !isAwsManaged(arn) && (
          <SpaceBetween direction="horizontal" size="xs">
            <Button onClick={() => setDeleting(true)}>Delete</Button>
            <ConsoleButton variant="primary" to={links.editPolicy(arn)}>
              Edit
            </ConsoleButton>
          </SpaceBetween>
        )
      }
    >
      <Read of={reading} what="The policy">
        {({ Policy }) =>
          Policy && (
            <SpaceBetween size="l">
              <Summary policy={Policy} />
              <PageTabs label={`Policy ${Policy.PolicyName}`} tabs={tabsOf(Policy, arn)} />
            </SpaceBetween>
          )
        }
      </Read>
      {isDeleting && policy && (
        <DeletePolicy
          policy={policy}
          onClose={isDone => (isDone ? navigate(links.policies) : setDeleting(false))}
        />
      )}
    </Page>
  )
}

function tabsOf(policy: IamPolicy, arn: string) {
  const versions = {
    id: 'policy_versions',
    label: 'Policy versions',
    content: <PolicyVersions policyArn={arn} isReadOnly={isAwsManaged(arn)} />,
  }
  return [
    {
      id: 'permissions',
      label: 'Permissions',
      content: <Document policy={policy} />,
    },
    {
      id: 'entities_attached',
      label: 'Entities attached',
      content: <PolicyEntities policyArn={arn} policyName={policy.PolicyName ?? ''} />,
    },
    ...(isAwsManaged(arn)
      ? []
      : [{ id: 'tags', label: 'Tags', content: <PolicyTags policyArn={arn} /> }]),
    versions,
  ]
}

function Summary({ policy }: { readonly policy: IamPolicy }) {
  const { Arn = '', CreateDate, UpdateDate } = policy
  return (
    <Container header={<Header variant="h2">Policy details</Header>}>
      <KeyValuePairs
        columns={2}
        minColumnWidth={220}
        items={[
          { label: 'ARN', value: <Copyable text={Arn} what="ARN" /> },
          { label: 'Type', value: typeOfPolicy(Arn) },
          { label: 'Creation time', value: <Instant at={CreateDate} /> },
          { label: 'Edited time', value: <Instant at={UpdateDate} /> },
        ]}
      />
    </Container>
  )
}

function Document({ policy: { Arn = '', DefaultVersionId = '' } }: { readonly policy: IamPolicy }) {
  const { data, error } = usePolicyText(Arn, DefaultVersionId)
  if (error) return <Failure error={error} />
  return (
    <Container
      header={
        <Header variant="h2" description={`Version ${DefaultVersionId}, which is in force`}>
          Permissions defined in this policy
        </Header>
      }
    >
      {data === undefined ? (
        <PageLoading />
      ) : (
        <PolicyEditor value={laidOut(data)} options={MANAGED_POLICY} ariaLabel="Policy document" />
      )}
    </Container>
  )
}

function PolicyTags({ policyArn: PolicyArn }: { readonly policyArn: string }) {
  const reading = useIamList('ListPolicyTags', 'Tags', { PolicyArn })
  return (
    <TagsTab
      name={nameInArn(PolicyArn)}
      keyCase="exact"
      reading={reading}
      tag={Tags => iam('TagPolicy', { PolicyArn, Tags })}
      untag={TagKeys => iam('UntagPolicy', { PolicyArn, TagKeys })}
    />
  )
}
