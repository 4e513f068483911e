// Deletes hardware tokens that nobody has.
import { unlessMissing } from '../../api/api-error.ts'
import { signin } from '../../api/signin.ts'
import type { TellProgress } from '../change-modal.tsx'
import { ConfirmModal } from '../confirm-modal.tsx'
import { counted } from '../counted.ts'

type Props = { readonly serialNumbers: readonly string[]; readonly onClose: () => void }

export function DeleteTokens({ serialNumbers, onClose }: Props) {
  const [first = ''] = serialNumbers
  const isOne = serialNumbers.length === 1
  const tokens = counted(serialNumbers.length, 'hardware token')
  return (
    <ConfirmModal
      title={isOne ? `Delete hardware token ${first}?` : `Delete ${tokens}?`}
      confirmation={isOne ? first : `delete ${tokens}`}
      done={isOne ? `Hardware token ${first} was deleted.` : `${tokens} were deleted.`}
      perform={tell => deleteAll(serialNumbers, tell)}
      onClose={onClose}
    >
      The seed of {isOne ? 'the token' : serialNumbers.join(', ')} is deleted. Nobody can enrol{' '}
      {isOne ? 'it' : 'them'} until the seed is imported again.
    </ConfirmModal>
  )
}

/** Those that are gone already are deleted: a deletion that stopped half-way can be tried again. */
async function deleteAll(serialNumbers: readonly string[], tell: TellProgress): Promise<void> {
  for (const [index, SerialNumber] of serialNumbers.entries()) {
    tell(`Deleting ${SerialNumber}, ${index + 1} of ${serialNumbers.length}`)
    await unlessMissing(signin('DeleteHardwareToken', { SerialNumber }))
  }
}
