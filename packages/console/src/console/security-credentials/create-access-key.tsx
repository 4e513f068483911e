// A new access key. Its secret is shown this once (https://docs.aws.amazon.com/IAM/latest/UserGuide/access-key-self-managed.html).
import type { AccessKey } from '@aws-sdk/client-iam'
import Alert from '@cloudscape-design/components/alert'
import Box from '@cloudscape-design/components/box'
import Button from '@cloudscape-design/components/button'
import KeyValuePairs from '@cloudscape-design/components/key-value-pairs'
import { useState } from 'react'
import { iam } from '../../api/iam.ts'
import { useChange } from '../../api/queries.ts'
import { Dialog } from '../dialog.tsx'
import { SecretModal } from '../secret-modal.tsx'
import { Copyable } from '../copyable.tsx'
import type { CredentialOwner } from './credential-owner.ts'
import { userNameInput } from './credential-owner.ts'

export function CreateAccessKey({
  owner,
  onClose,
}: {
  readonly owner: CredentialOwner
  readonly onClose: () => void
}) {
  const [created, setCreated] = useState<AccessKey>()
  const creation = useChange(
    () => iam('CreateAccessKey', userNameInput(owner)),
    ({ AccessKey }) => setCreated(AccessKey),
  )
  if (created) return <Created accessKey={created} onDone={onClose} />
  return (
    <Dialog
      title="Create access key"
      submitText="Create access key"
      doing={creation}
      onSubmit={() => creation.mutate(undefined)}
      onClose={onClose}
    >
      <Advice owner={owner} />
    </Dialog>
  )
}

function Advice({ owner }: { readonly owner: CredentialOwner }) {
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
  accessKey,
  onDone,
}: {
  readonly accessKey: AccessKey
  readonly onDone: () => void
}) {
  const { AccessKeyId = '', SecretAccessKey = '' } = accessKey
  return (
    <SecretModal
      title="Retrieve access key"
      actions={<Button onClick={() => saveCsv(accessKey)}>Download .csv file</Button>}
      onDone={onDone}
    >
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
    </SecretModal>
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
