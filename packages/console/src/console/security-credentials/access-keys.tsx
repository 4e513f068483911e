// Access keys of one person, two at most (https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_access-keys.html).
import type { AccessKeyLastUsed, AccessKeyMetadata } from '@aws-sdk/client-iam'
import SpaceBetween from '@cloudscape-design/components/space-between'
import StatusIndicator from '@cloudscape-design/components/status-indicator'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { isAccessDenied } from '../../api/api-error.ts'
import { iam } from '../../api/iam.ts'
import { readPages } from '../../api/pages.ts'
import { ACCOUNT, useChange } from '../../api/queries.ts'
import { CollectionTable } from '../collections/collection-table.tsx'
import type { Column } from '../collections/column.ts'
import { ConfirmModal } from '../confirm-modal.tsx'
import { Failure } from '../failure.tsx'
import { GuardedButton } from '../guarded-button.tsx'
import { Ago, Instant } from '../instant.tsx'
import { useNotify } from '../shell/notifications.tsx'
import { CreateAccessKey } from './create-access-key.tsx'
import type { CredentialOwner } from './credential-owner.ts'
import { userNameInput } from './credential-owner.ts'

const MOST_KEYS = 2

type AccessKey = AccessKeyMetadata & {
  /** Undefined: the caller may not know. */
  readonly lastUsed: AccessKeyLastUsed | undefined
}

const COLUMNS: readonly Column<AccessKey>[] = [
  {
    id: 'id',
    header: 'Access key ID',
    cell: ({ AccessKeyId }) => AccessKeyId,
    sortBy: ({ AccessKeyId }) => AccessKeyId,
    isRowHeader: true,
  },
  {
    id: 'created',
    header: 'Creation time',
    cell: ({ CreateDate }) => <Instant at={CreateDate} />,
    sortBy: ({ CreateDate }) => CreateDate,
  },
  {
    id: 'last-used',
    header: 'Last used',
    cell: ({ lastUsed }) => (lastUsed === undefined ? '-' : <Ago at={lastUsed.LastUsedDate} />),
    sortBy: ({ lastUsed }) => lastUsed?.LastUsedDate,
  },
  {
    id: 'service',
    header: 'Service last used',
    cell: ({ lastUsed }) => lastUsed?.ServiceName ?? '-',
    sortBy: ({ lastUsed }) => lastUsed?.ServiceName,
  },
  {
    id: 'status',
    header: 'Status',
    cell: key => <KeyStatus isActive={isActive(key)} />,
    sortBy: ({ Status }) => Status,
  },
]

export function AccessKeys({ owner }: { readonly owner: CredentialOwner }) {
  const input = userNameInput(owner)
  const reading = useQuery({
    queryKey: [ACCOUNT, 'access keys', input],
    queryFn: ({ signal }) => readAccessKeys(owner, signal),
  })
  const [isCreating, setCreating] = useState(false)
  const [deleting, setDeleting] = useState<AccessKey>()
  const toggle = useToggle(owner)
  const createButton = (
    <GuardedButton
      obstacle={
        (reading.data?.length ?? 0) < MOST_KEYS
          ? undefined
          : `There are ${MOST_KEYS} already, which is the most: delete one first.`
      }
      onClick={() => setCreating(true)}
    >
      Create access key
    </GuardedButton>
  )

  return (
    <>
      {toggle.error && <Failure error={toggle.error} header="The key was not changed" />}
      <CollectionTable
        id="access-keys"
        noun="access keys"
        title="Access keys"
        description="For programs and the command line. A key that nobody has cannot leak: prefer temporary credentials."
        reading={reading}
        columns={COLUMNS}
        idOf={({ AccessKeyId = '' }) => AccessKeyId}
        textOf={({ AccessKeyId, Status }) => `${AccessKeyId} ${Status}`}
        selection="single"
        actions={([key]) => (
          <SpaceBetween direction="horizontal" size="xs">
            <GuardedButton
              obstacle={key ? undefined : 'Select an access key.'}
              loading={toggle.isPending}
              onClick={() => key && toggle.mutate(key)}
            >
              {key === undefined || isActive(key) ? 'Deactivate' : 'Activate'}
            </GuardedButton>
            <GuardedButton
              obstacle={key ? undefined : 'Select an access key.'}
              onClick={() => setDeleting(key)}
            >
              Delete
            </GuardedButton>
            {createButton}
          </SpaceBetween>
        )}
        emptyAction={createButton}
      />
      {isCreating && <CreateAccessKey owner={owner} onClose={() => setCreating(false)} />}
      {deleting && (
        <DeleteAccessKey
          owner={owner}
          accessKey={deleting}
          onClose={() => setDeleting(undefined)}
        />
      )}
    </>
  )
}

async function readAccessKeys(owner: CredentialOwner, signal: AbortSignal): Promise<AccessKey[]> {
  const keys = await readPages('ListAccessKeys', 'AccessKeyMetadata', userNameInput(owner), signal)
  return Promise.all(keys.map(async key => ({ ...key, lastUsed: await readLastUse(key, signal) })))
}

async function readLastUse({ AccessKeyId }: AccessKeyMetadata, signal: AbortSignal) {
  try {
    return (await iam('GetAccessKeyLastUsed', { AccessKeyId }, signal)).AccessKeyLastUsed
  } catch (error) {
    if (isAccessDenied(error)) return undefined
    throw error
  }
}

const isActive = ({ Status }: AccessKeyMetadata) => Status === 'Active'

function KeyStatus({ isActive }: { readonly isActive: boolean }) {
  return (
    <StatusIndicator type={isActive ? 'success' : 'stopped'}>
      {isActive ? 'Active' : 'Inactive'}
    </StatusIndicator>
  )
}

/** Deactivating can be undone at once: nobody is asked first. */
function useToggle(owner: CredentialOwner) {
  const notify = useNotify()
  return useChange(async (key: AccessKey) => {
    const { AccessKeyId } = key
    const Status = isActive(key) ? 'Inactive' : 'Active'
    await iam('UpdateAccessKey', { ...userNameInput(owner), AccessKeyId, Status })
    notify(`${AccessKeyId} is ${Status.toLowerCase()}.`)
  })
}

function DeleteAccessKey({
  owner,
  accessKey: { AccessKeyId = '' },
  onClose,
}: {
  readonly owner: CredentialOwner
  readonly accessKey: AccessKey
  readonly onClose: () => void
}) {
  return (
    <ConfirmModal
      title={`Delete ${AccessKeyId}?`}
      confirmation={AccessKeyId}
      perform={() => iam('DeleteAccessKey', { ...userNameInput(owner), AccessKeyId })}
      done={`${AccessKeyId} was deleted.`}
      onClose={onClose}
    >
      Whatever still uses this key is refused from now on. If you are not sure, deactivate the key
      first: that can be undone.
    </ConfirmModal>
  )
}
