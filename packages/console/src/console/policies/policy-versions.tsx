// The versions of a managed policy: which is in force, and what one changes against another.
import type { PolicyVersion } from '@aws-sdk/client-iam'
import Container from '@cloudscape-design/components/container'
import Header from '@cloudscape-design/components/header'
import SpaceBetween from '@cloudscape-design/components/space-between'
import StatusIndicator from '@cloudscape-design/components/status-indicator'
import { useState } from 'react'
import { iam } from '../../api/iam.ts'
import { laidOut } from '../../api/policy-document.ts'
import { useIamList } from '../../api/queries.ts'
import { CollectionTable } from '../collections/collection-table.tsx'
import type { Column } from '../collections/column.ts'
import { ConfirmModal } from '../confirm-modal.tsx'
import { Failure } from '../failure.tsx'
import { GuardedButton } from '../guarded-button.tsx'
import { Instant } from '../instant.tsx'
import { TextDiff } from '../policy-editor/text-diff.tsx'
import { PageLoading } from '../shell/page-loading.tsx'
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

type Task = { readonly name: 'delete' | 'set default'; readonly version: string }

export function PolicyVersions({ policyArn: PolicyArn, isReadOnly }: Props) {
  const reading = useIamList('ListPolicyVersions', 'Versions', { PolicyArn })
  const [selectedIds, setSelectedIds] = useState<readonly string[]>([])
  const [task, setTask] = useState<Task>()
  const end = () => setTask(undefined)
  const current = reading.data?.find(({ IsDefaultVersion }) => IsDefaultVersion === true)
  const selected = reading.data?.find(({ VersionId = '' }) => selectedIds.includes(VersionId))
  return (
    <SpaceBetween size="l">
      <CollectionTable
        id="policy-versions"
        noun="policy versions"
        title="Policy versions"
        description="Up to five. Select one to see how it differs from the one in force."
        reading={reading}
        columns={COLUMNS}
        idOf={({ VersionId = '' }) => VersionId}
        textOf={({ VersionId = '' }) => VersionId}
        selection={{ type: 'single', ids: selectedIds, onChange: setSelectedIds }}
        actions={([version]) => {
          const obstacle = obstacleOf(version, isReadOnly)
          return (
            <SpaceBetween direction="horizontal" size="xs">
              <GuardedButton
                obstacle={obstacle}
                onClick={() => setTask({ name: 'delete', version: version?.VersionId ?? '' })}
              >
                Delete
              </GuardedButton>
              <GuardedButton
                obstacle={obstacle}
                onClick={() => setTask({ name: 'set default', version: version?.VersionId ?? '' })}
              >
                Set as default
              </GuardedButton>
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
      {task?.name === 'delete' && (
        <ConfirmModal
          title={`Delete version ${task.version}?`}
          confirmation={task.version}
          done={`Version ${task.version} was deleted.`}
          perform={() => iam('DeletePolicyVersion', { PolicyArn, VersionId: task.version })}
          onClose={end}
        >
          The version cannot be brought back.
        </ConfirmModal>
      )}
      {task?.name === 'set default' && (
        <ConfirmModal
          title={`Set version ${task.version} as default?`}
          confirmation={task.version}
          verb="Set as default"
          done={`Version ${task.version} is in force.`}
          perform={() => iam('SetDefaultPolicyVersion', { PolicyArn, VersionId: task.version })}
          onClose={end}
        >
          It is in force at once, for all to whom the policy is attached.
        </ConfirmModal>
      )}
    </SpaceBetween>
  )
}

function obstacleOf(version: PolicyVersion | undefined, isReadOnly: boolean): string | undefined {
  if (isReadOnly) return 'The policy belongs to AWS.'
  if (version === undefined) return 'Select a version.'
  return version.IsDefaultVersion === true ? 'It is in force.' : undefined
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
