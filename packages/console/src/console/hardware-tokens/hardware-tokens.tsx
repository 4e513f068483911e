// Hardware TOTP tokens whose seeds the account knows: whoever holds one can enrol it.
import Button from '@cloudscape-design/components/button'
import SpaceBetween from '@cloudscape-design/components/space-between'
import type { HardwareToken } from '@twinlock/server/console-api'
import { useState } from 'react'
import { useQuery } from '@tanstack/react-query'
import { everyPage } from '../../api/pages.ts'
import { ACCOUNT } from '../../api/queries.ts'
import { signin } from '../../api/signin.ts'
import { CollectionTable } from '../collections/collection-table.tsx'
import type { Column } from '../collections/column.ts'
import { ConsoleLink } from '../console-link.tsx'
import { GuardedButton } from '../guarded-button.tsx'
import { links } from '../links.ts'
import { DeleteTokens } from './delete-tokens.tsx'
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
  const [deleted, setDeleted] = useState<readonly string[]>()
  const [isImporting, setImporting] = useState(false)
  return (
    <>
      <CollectionTable
        variant="full-page"
        id="hardware-tokens"
        noun="hardware tokens"
        title="Hardware tokens"
        description="Import the seed file of your tokens' vendor. A person then enrols a token by its serial number and two codes."
        reading={reading}
        columns={COLUMNS}
        idOf={({ SerialNumber }) => SerialNumber}
        textOf={token => `${token.SerialNumber} ${ownerText(token)}`}
        selection="multi"
        actions={selected => (
          <SpaceBetween direction="horizontal" size="xs">
            <GuardedButton
              obstacle={whyNotDeleted(selected)}
              onClick={() => setDeleted(selected.map(({ SerialNumber }) => SerialNumber))}
            >
              Delete
            </GuardedButton>
            <Button variant="primary" onClick={() => setImporting(true)}>
              Import tokens
            </Button>
          </SpaceBetween>
        )}
        emptyAction={<Button onClick={() => setImporting(true)}>Import tokens</Button>}
      />
      {isImporting && <ImportTokens onClose={() => setImporting(false)} />}
      {deleted && <DeleteTokens serialNumbers={deleted} onClose={() => setDeleted(undefined)} />}
    </>
  )
}

function whyNotDeleted(tokens: readonly HardwareToken[]): string | undefined {
  if (tokens.length === 0) return 'Select one or several tokens.'
  const assigned = tokens.find(token => ownerText(token) !== '')
  if (assigned === undefined) return undefined
  return `${assigned.SerialNumber} is assigned to ${ownerText(assigned)}: remove it there first.`
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
  const pages = everyPage(request => signin('ListHardwareTokens', request, signal))
  return (await Array.fromAsync(pages)).flatMap(({ HardwareTokens }) => HardwareTokens)
}
