// To whom a managed policy is attached, and to whom else it could be.
import Button from '@cloudscape-design/components/button'
import SpaceBetween from '@cloudscape-design/components/space-between'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { ACCOUNT } from '../../api/queries.ts'
import { ChangeModal } from '../change-modal.tsx'
import { CollectionTable } from '../collections/collection-table.tsx'
import type { Column } from '../collections/column.ts'
import { ConsoleLink } from '../console-link.tsx'
import { DeleteModal } from '../delete-modal.tsx'
import type { Identity } from '../permissions/identity.ts'
import { IDENTITIES } from '../permissions/identity.ts'
import { allEntities, attachEntity, detachEntity, entitiesOf } from './entities.ts'

type Props = { readonly policyArn: string; readonly policyName: string }

const KINDS = { user: 'IAM user', group: 'User group', role: 'Role' } as const

const COLUMNS: readonly Column<Identity>[] = [
  {
    id: 'name',
    header: 'Entity name',
    isRowHeader: true,
    cell: ({ kind, name }) => <ConsoleLink to={IDENTITIES[kind].link(name)}>{name}</ConsoleLink>,
    sortBy: ({ name }) => name,
  },
  {
    id: 'kind',
    header: 'Entity type',
    cell: ({ kind }) => KINDS[kind],
    sortBy: ({ kind }) => KINDS[kind],
  },
]

const idOf = ({ kind, name }: Identity) => `${KINDS[kind]} ${name}`

export function PolicyEntities({ policyArn, policyName }: Props) {
  const reading = useQuery({
    queryKey: [ACCOUNT, 'entities', policyArn],
    queryFn: () => entitiesOf(policyArn),
  })
  const [detached, setDetached] = useState<Identity>()
  const [isAttaching, setAttaching] = useState(false)
  return (
    <>
      <CollectionTable
        of="entities"
        title="Entities attached"
        reading={reading}
        columns={COLUMNS}
        idOf={idOf}
        textOf={idOf}
        selection="single"
        actions={([selected]) => (
          <SpaceBetween direction="horizontal" size="xs">
            <Button disabled={selected === undefined} onClick={() => setDetached(selected)}>
              Detach
            </Button>
            <Button onClick={() => setAttaching(true)}>Attach</Button>
          </SpaceBetween>
        )}
      />
      {isAttaching && (
        <Attach
          policyArn={policyArn}
          policyName={policyName}
          without={reading.data ?? []}
          onClose={() => setAttaching(false)}
        />
      )}
      {detached && (
        <DeleteModal
          title={`Detach ${policyName} from ${detached.name}?`}
          confirmation={detached.name}
          verb="Detach"
          done={`${policyName} was detached from ${detached.name}.`}
          perform={() => detachEntity(policyArn, detached)}
          onClose={() => setDetached(undefined)}
        >
          {detached.name} loses what the policy allows, and what it denies is denied no longer.
        </DeleteModal>
      )}
    </>
  )
}

function Attach({
  policyArn,
  policyName,
  without,
  onClose,
}: Props & { readonly without: readonly Identity[]; readonly onClose: () => void }) {
  const all = useQuery({ queryKey: [ACCOUNT, 'all entities'], queryFn: allEntities })
  const taken = new Set(without.map(idOf))
  const offered = all.data?.filter(entity => !taken.has(idOf(entity)))
  const [chosen, setChosen] = useState<readonly Identity[]>([])
  return (
    <ChangeModal
      size="large"
      title={`Attach ${policyName}`}
      submitText="Attach policy"
      isReady={chosen.length > 0}
      perform={async () => {
        for (const entity of chosen) await attachEntity(policyArn, entity)
      }}
      done={`${policyName} was attached to ${chosen.map(({ name }) => name).join(', ')}.`}
      onClose={onClose}
    >
      <CollectionTable
        of="identities"
        title="IAM entities"
        reading={{ ...all, data: offered }}
        columns={COLUMNS}
        idOf={idOf}
        textOf={idOf}
        selection="multi"
        onSelect={setChosen}
      />
    </ChangeModal>
  )
}
