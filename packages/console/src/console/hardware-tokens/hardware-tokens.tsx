// Hardware TOTP tokens whose seeds the account knows: whoever holds one can enrol it.
import Button from '@cloudscape-design/components/button'
import SpaceBetween from '@cloudscape-design/components/space-between'
import type { HardwareToken } from '@twinlock/server/console-api'
import { useState } from 'react'
import { useQuery } from '@tanstack/react-query'
import { ACCOUNT } from '../../api/queries.ts'
import { signin } from '../../api/signin.ts'
import { CollectionTable } from '../collections/collection-table.tsx'
import type { Column } from '../collections/column.ts'
import { ConsoleLink } from '../console-link.tsx'
import { DeleteModal } from '../delete-modal.tsx'
import { links } from '../links.ts'
import { ImportTokens } from './import-tokens.tsx'

const COLUMNS: readonly Column<HardwareToken>[] = [
  {
    id: 'SerialNumber',
    header: 'Serial number',
    isRowHeader: true,
    cell: ({ SerialNumber }) => SerialNumber,
    sortBy: ({ SerialNumber }) => SerialNumber,
  },
  {
    id: 'owner',
    header: 'Assigned to',
    cell: token => <Owner token={token} />,
    sortBy: ownerText,
  },
  {
    id: 'format',
    header: 'Codes',
    cell: ({ Digits, PeriodSeconds, Algorithm }) =>
      `${Digits} digits every ${PeriodSeconds} s, ${Algorithm}`,
    sortBy: ({ Digits, PeriodSeconds }) => Digits * 1000 + PeriodSeconds,
  },
]

export function HardwareTokens() {
  const reading = useQuery({
    queryKey: [ACCOUNT, 'hardware tokens'],
    queryFn: ({ signal }) => readTokens(signal),
  })
  const [deleted, setDeleted] = useState<string>()
  const [isImporting, setImporting] = useState(false)
  return (
    <>
      <CollectionTable
        variant="full-page"
        of="hardware tokens"
        title="Hardware tokens"
        description="Import the seed file of your tokens' vendor. A person then enrols a token by its serial number and two codes."
        reading={reading}
        columns={COLUMNS}
        idOf={({ SerialNumber }) => SerialNumber}
        textOf={token => `${token.SerialNumber} ${ownerText(token)}`}
        selection="single"
        actions={([selected]) => (
          <SpaceBetween direction="horizontal" size="xs">
            <Button
              disabled={selected === undefined || ownerText(selected) !== ''}
              onClick={() => setDeleted(selected?.SerialNumber)}
            >
              Delete
            </Button>
            <Button variant="primary" onClick={() => setImporting(true)}>
              Import tokens
            </Button>
          </SpaceBetween>
        )}
      />
      {isImporting && <ImportTokens onClose={() => setImporting(false)} />}
      {deleted !== undefined && (
        <DeleteModal
          title={`Delete hardware token ${deleted}?`}
          confirmation={deleted}
          done={`Hardware token ${deleted} was deleted.`}
          perform={() => signin('DeleteHardwareToken', { SerialNumber: deleted })}
          onClose={() => setDeleted(undefined)}
        >
          Its seed is deleted. Nobody can enrol the token until it is imported again.
        </DeleteModal>
      )}
    </>
  )
}

function ownerText({ UserName, OfRoot }: HardwareToken): string {
  return OfRoot ? 'Root user' : (UserName ?? '')
}

function Owner({ token }: { readonly token: HardwareToken }) {
  const { UserName } = token
  if (UserName === undefined) return ownerText(token) || 'Nobody'
  return (
    <ConsoleLink to={links.user(UserName, '?tab=security_credentials')}>{UserName}</ConsoleLink>
  )
}

async function readTokens(signal: AbortSignal): Promise<readonly HardwareToken[]> {
  const tokens: HardwareToken[] = []
  let Marker: string | undefined
  do {
    const asked = Marker === undefined ? {} : { Marker }
    const page = await signin('ListHardwareTokens', asked, signal)
    tokens.push(...page.HardwareTokens)
    Marker = page.Marker
  } while (Marker !== undefined)
  return tokens
}
