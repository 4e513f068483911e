// Deletes a managed policy with all its versions, after it is detached from everybody.
import type { Policy } from '@aws-sdk/client-iam'
import { iam } from '../../api/iam.ts'
import { readPages } from '../../api/pages.ts'
import { ConfirmModal } from '../confirm-modal.tsx'
import { counted } from '../counted.ts'
import { detachEntity, entitiesOf } from './entities.ts'

type Props = { readonly policy: Policy; readonly onClose: (isDone: boolean) => unknown }

export function DeletePolicy({
  policy: { Arn = '', PolicyName = '', AttachmentCount = 0 },
  onClose,
}: Props) {
  return (
    <ConfirmModal
      title={`Delete ${PolicyName}?`}
      confirmation={PolicyName}
      done={`Policy ${PolicyName} was deleted.`}
      perform={() => deletePolicy(Arn)}
      onClose={onClose}
    >
      All versions of the policy are deleted.{' '}
      {AttachmentCount > 0 &&
        `It is attached to ${counted(AttachmentCount, 'entity', 'entities')}, from which it is detached first: what it allows they lose, and what it denies is denied no longer.`}
    </ConfirmModal>
  )
}

async function deletePolicy(PolicyArn: string): Promise<void> {
  for (const entity of await entitiesOf(PolicyArn)) await detachEntity(PolicyArn, entity)
  for (const { VersionId, IsDefaultVersion } of await readPages('ListPolicyVersions', 'Versions', {
    PolicyArn,
  })) {
    if (IsDefaultVersion !== true) await iam('DeletePolicyVersion', { PolicyArn, VersionId })
  }
  await iam('DeletePolicy', { PolicyArn })
}
