// The versions of a managed policy: which is in force, and what one changes against another.
import type { PolicyVersion } from '@aws-sdk/client-iam'
import Button from '@cloudscape-design/components/button'
import Container from '@cloudscape-design/components/container'
import Header from '@cloudscape-design/components/header'
import SpaceBetween from '@cloudscape-design/components/space-between'
import StatusIndicator from '@cloudscape-design/components/status-indicator'
import { useState } from 'react'
import { iam } from '../../api/iam.ts'
import { laidOut } from '../../api/policy-document.ts'
import { useChange, useIamList } from '../../api/queries.ts'
import { CollectionTable } from '../collections/collection-table.tsx'
import type { Column } from '../collections/column.ts'
import { DeleteModal } from '../delete-modal.tsx'
import { Failure } from '../failure.tsx'
import { Instant } from '../instant.tsx'
import { TextDiff } from '../policy-editor/text-diff.tsx'
import { PageLoading } from '../shell/page-loading.tsx'
import { useNotify } from '../shell/notifications.tsx'
import { usePolicyText } from './policy-text.ts'

type Props = { readonly policyArn: string; readonly isReadOnly: boolean }

const COLUMNS: readonly Column<PolicyVersion>[] = [
  {
    id: 'VersionId',
    header: 'Version',
    isRowHeader: true,
    cell: ({ VersionId }) => VersionId,
    sortBy: ({ VersionId }) => VersionId,
  },
  {
    id: 'IsDefaultVersion',
    header: 'In force',
    cell: ({ IsDefaultVersion }) =>
      IsDefaultVersion === true ? <StatusIndicator>Default</StatusIndicator> : '-',
    sortBy: ({ IsDefaultVersion }) => IsDefaultVersion !== true,
  },
  {
    id: 'CreateDate',
    header: 'Creation time',
    cell: ({ CreateDate }) => <Instant at={CreateDate} />,
    sortBy: ({ CreateDate }) => CreateDate,
  },
]

export function PolicyVersions({ policyArn: PolicyArn, isReadOnly }: Props) {
  const reading = useIamList('ListPolicyVersions', 'Versions', { PolicyArn })
  const [selected, setSelected] = useState<PolicyVersion>()
  const [deleted, setDeleted] = useState<string>()
  const notify = useNotify()
  const setDefault = useChange(
    async (VersionId: string) => {
      await iam('SetDefaultPolicyVersion', { PolicyArn, VersionId })
      return VersionId
    },
    version => notify(`Version ${version} is in force.`),
  )
  const current = reading.data?.find(({ IsDefaultVersion }) => IsDefaultVersion === true)
  return (
    <SpaceBetween size="l">
      {setDefault.error && <Failure error={setDefault.error} />}
      <CollectionTable
        of="policy versions"
        title="Policy versions"
        description="Up to five. Select one to see how it differs from the one in force."
        reading={reading}
        columns={COLUMNS}
        idOf={({ VersionId = '' }) => VersionId}
        textOf={({ VersionId = '' }) => VersionId}
        selection="single"
        onSelect={([version]) => setSelected(version)}
        actions={([version]) => {
          const isOther = version !== undefined && version.IsDefaultVersion !== true && !isReadOnly
          return (
            <SpaceBetween direction="horizontal" size="xs">
              <Button disabled={!isOther} onClick={() => setDeleted(version?.VersionId)}>
                Delete
              </Button>
              <Button
                disabled={!isOther}
                loading={setDefault.isPending}
                onClick={() => setDefault.mutate(version?.VersionId ?? '')}
              >
                Set as default
              </Button>
            </SpaceBetween>
          )
        }}
      />
      {selected && current && selected.VersionId !== current.VersionId && (
        <VersionDiff
          policyArn={PolicyArn}
          before={selected.VersionId ?? ''}
          after={current.VersionId ?? ''}
        />
      )}
      {deleted !== undefined && (
        <DeleteModal
          title={`Delete version ${deleted}?`}
          confirmation={deleted}
          done={`Version ${deleted} was deleted.`}
          perform={() => iam('DeletePolicyVersion', { PolicyArn, VersionId: deleted })}
          onClose={() => setDeleted(undefined)}
        >
          The version cannot be brought back.
        </DeleteModal>
      )}
    </SpaceBetween>
  )
}

function VersionDiff({
  policyArn,
  before,
  after,
}: {
  readonly policyArn: string
  readonly before: string
  readonly after: string
}) {
  const old = usePolicyText(policyArn, before)
  const current = usePolicyText(policyArn, after)
  const error = old.error ?? current.error
  return (
    <Container
      header={
        <Header variant="h2">
          From {before} to {after}, which is in force
        </Header>
      }
    >
      {error && <Failure error={error} />}
      {old.data === undefined || current.data === undefined ? (
        <PageLoading />
      ) : (
        <TextDiff before={laidOut(old.data)} after={laidOut(current.data)} />
      )}
    </Container>
  )
}
