// Imports a vendor's seed file: PSKC (RFC 6030) or CSV. All of it, or nothing.
import FileUpload from '@cloudscape-design/components/file-upload'
import FormField from '@cloudscape-design/components/form-field'
import Input from '@cloudscape-design/components/input'
import { useState } from 'react'
import { signin } from '../../api/signin.ts'
import { ChangeModal } from '../change-modal.tsx'
import { counted } from '../counted.ts'

export function ImportTokens({ onClose }: { readonly onClose: () => void }) {
  const [file, setFile] = useState<File>()
  const [Passphrase, setPassphrase] = useState('')
  const isCsv = file?.name.toLowerCase().endsWith('.csv') ?? false
  return (
    <ChangeModal
      title="Import hardware tokens"
      submitText="Import"
      isReady={file !== undefined}
      perform={async () =>
        signin('ImportHardwareTokens', {
          Format: isCsv ? 'CSV' : 'PSKC',
          Document: (await file?.text()) ?? '',
          ...(Passphrase !== '' && !isCsv && { Passphrase }),
        })
      }
      done={({ SerialNumbers }) =>
        `${counted(SerialNumbers.length, 'hardware token was', 'hardware tokens were')} imported.`
      }
      onClose={onClose}
    >
      <FormField
        label="Seed file"
        description="PSKC (RFC 6030), or CSV whose first line names its columns: serial, and seedHex or seedBase32; digits, period and algorithm where they are not 6, 30 and SHA1."
      >
        <FileUpload
          value={file === undefined ? [] : [file]}
          accept=".xml,.pskc,.csv"
          showFileSize
          onChange={({ detail }) => setFile(detail.value[0])}
          i18nStrings={{
            uploadButtonText: () => 'Choose file',
            dropzoneText: () => 'Drop file to upload',
            removeFileAriaLabel: () => 'Remove file',
            limitShowFewer: 'Show fewer files',
            limitShowMore: 'Show more files',
            errorIconAriaLabel: 'Error',
          }}
        />
      </FormField>
      {!isCsv && (
        <FormField
          label="Passphrase - optional"
          description="If the file is encrypted. Your vendor sends it by another way."
        >
          <Input
            type="password"
            autoComplete="off"
            value={Passphrase}
            onChange={({ detail }) => setPassphrase(detail.value)}
          />
        </FormField>
      )}
    </ChangeModal>
  )
}
