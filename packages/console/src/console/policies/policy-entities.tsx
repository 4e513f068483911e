// To whom a managed policy is attached, and to whom else it could be.
import Button from '@cloudscape-design/components/button'
import SpaceBetween from '@cloudscape-design/components/space-between'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { ACCOUNT } from '../../api/queries.ts'
import { ChangeModal } from '../change-modal.tsx'
import { ChooseList } from '../collections/choose-list.tsx'
import { CollectionTable } from '../collections/collection-table.tsx'
import type { Column } from '../collections/column.ts'
import { ConsoleLink } from '../console-link.tsx'
import { ConfirmModal } from '../confirm-modal.tsx'
import { GuardedButton } from '../guarded-button.tsx'
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
        id="policy-entities"
        noun="entities"
        title="Entities attached"
        reading={reading}
        columns={COLUMNS}
        idOf={idOf}
        textOf={idOf}
        selection="single"
        actions={([selected]) => (
          <SpaceBetween direction="horizontal" size="xs">
            <GuardedButton
              obstacle={selected ? undefined : 'Select an entity.'}
              onClick={() => setDetached(selected)}
            >
              Detach
            </GuardedButton>
            <Button onClick={() => setAttaching(true)}>Attach</Button>
          </SpaceBetween>
        )}
        emptyAction={<Button onClick={() => setAttaching(true)}>Attach</Button>}
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
        <ConfirmModal
          title={`Detach ${policyName} from ${detached.name}?`}
          confirmation={detached.name}
          verb="Detach"
          done={`${policyName} was detached from ${detached.name}.`}
          perform={() => detachEntity(policyArn, detached)}
          onClose={() => setDetached(undefined)}
        >
          {detached.name} loses what the policy allows, and what it denies is denied no longer.
        </ConfirmModal>
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
  const [ids, setIds] = useState<readonly string[]>([])
  const chosen = all.data?.filter(entity => ids.includes(idOf(entity))) ?? []
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
      <ChooseList
        id="choose-entities"
        noun="entities"
        title="IAM entities"
        reading={all}
        columns={COLUMNS}
        idOf={idOf}
        textOf={idOf}
        without={without.map(idOf)}
        chosen={ids}
        onChoose={setIds}
      />
    </ChangeModal>
  )
}
