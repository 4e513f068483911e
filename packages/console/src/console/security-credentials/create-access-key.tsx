// A new access key. Its secret is shown this once (https://docs.aws.amazon.com/IAM/latest/UserGuide/access-key-self-managed.html).
import type { AccessKey } from '@aws-sdk/client-iam'
import Alert from '@cloudscape-design/components/alert'
import Box from '@cloudscape-design/components/box'
import Button from '@cloudscape-design/components/button'
import KeyValuePairs from '@cloudscape-design/components/key-value-pairs'
import Modal from '@cloudscape-design/components/modal'
import SpaceBetween from '@cloudscape-design/components/space-between'
import { useState } from 'react'
import { iam } from '../../api/iam.ts'
import { useChange } from '../../api/queries.ts'
import { Failure } from '../failure.tsx'
import { Copyable } from './copyable.tsx'
import type { DeviceOwner } from './device-owner.ts'
import { userNameInput } from './device-owner.ts'

export function CreateAccessKey({
  owner,
  onClose,
}: {
  readonly owner: DeviceOwner
  readonly onClose: () => void
}) {
  const [created, setCreated] = useState<AccessKey>()
  const creation = useChange(async () => {
    setCreated((await iam('CreateAccessKey', userNameInput(owner))).AccessKey)
  })

  return (
    <Modal
      visible
      header={created === undefined ? 'Create access key' : 'Retrieve access key'}
      closeAriaLabel="Close"
      onDismiss={onClose}
      footer={
        <Box float="right">
          {created === undefined ? (
            <SpaceBetween direction="horizontal" size="xs">
              <Button variant="link" onClick={onClose}>
                Cancel
              </Button>
              <Button
                variant="primary"
                loading={creation.isPending}
                loadingText="Creating the access key"
                onClick={() => creation.mutate(undefined)}
              >
                Create access key
              </Button>
            </SpaceBetween>
          ) : (
            <SpaceBetween direction="horizontal" size="xs">
              <Button onClick={() => saveCsv(created)}>Download .csv file</Button>
              <Button variant="primary" onClick={onClose}>
                Done
              </Button>
            </SpaceBetween>
          )}
        </Box>
      }
    >
      <SpaceBetween size="m">
        {creation.error && <Failure error={creation.error} header="No key was created" />}
        {created === undefined ? <Advice owner={owner} /> : <Created accessKey={created} />}
      </SpaceBetween>
    </Modal>
  )
}

function Advice({ owner }: { readonly owner: DeviceOwner }) {
  if (owner.userName === undefined) {
    return (
      <Alert type="warning">
        Keys of the root user may do everything, and nothing can restrict them. Create a user or a
        role instead.
      </Alert>
    )
  }
  return (
    <Box>
      A key is valid until somebody deletes it, and proves no second factor. Where you can, use a
      role, or the temporary credentials of <Box variant="code">sts get-session-token</Box>.
    </Box>
  )
}

function Created({
  accessKey: { AccessKeyId = '', SecretAccessKey = '' },
}: {
  readonly accessKey: AccessKey
}) {
  return (
    <>
      <Alert type="warning">
        This is the only time that the secret access key can be seen. If you lose it, create a new
        key.
      </Alert>
      <KeyValuePairs
        items={[
          { label: 'Access key ID', value: <Copyable what="Access key ID" text={AccessKeyId} /> },
          {
            label: 'Secret access key',
            value: <Copyable what="Secret access key" text={SecretAccessKey} />,
          },
        ]}
      />
    </>
  )
}

/** The file that AWS's console offers, by its name and columns. */
function saveCsv({ AccessKeyId, SecretAccessKey, UserName }: AccessKey) {
  const text = `Access key ID,Secret access key\n${AccessKeyId},${SecretAccessKey}\n`
  const url = URL.createObjectURL(new Blob([text], { type: 'text/csv' }))
  const link = document.createElement('a')
  link.href = url
  link.download = `${UserName ?? 'rootkey'}_accessKeys.csv`
  link.click()
  URL.revokeObjectURL(url)
}
