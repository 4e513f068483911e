// Every request in three columns, and the explanation of the one that is opened.
import Alert from '@cloudscape-design/components/alert'
import SpaceBetween from '@cloudscape-design/components/space-between'
import { useMemo, useState } from 'react'
import { CollectionTable } from '../collections/collection-table.tsx'
import { answerColumns, keyOf } from './answer-columns.tsx'
import { BY_REACH } from './by-reach.ts'
import { hasGap } from './columns.ts'
import { Reasons } from './reasons.tsx'
import type { Answer, Simulation } from './simulation.ts'
import type { PlaceOf } from './statement-places.ts'

type Props = {
  readonly answers: readonly Answer[]
  readonly explain: Simulation['explain']
  readonly placeOf: PlaceOf
  /** Reads the account's policies anew. */
  readonly onRefresh: () => unknown
  readonly isRefreshing: boolean
}

export function Answers({ answers, explain, placeOf, onRefresh, isRefreshing }: Props) {
  const [opened, setOpened] = useState<string>()
  const explained = answers.find(answer => keyOf(answer) === opened) ?? answers[0]
  const hasResources = answers.some(({ resource }) => resource !== answers[0]?.resource)
  const columns = useMemo(
    () => answerColumns(placeOf, setOpened, hasResources),
    [placeOf, hasResources],
  )
  return (
    <SpaceBetween size="l">
      <Gaps answers={answers} />
      <CollectionTable
        id="decisions"
        noun="decisions"
        title="Decisions"
        reading={{ data: answers, error: null, isFetching: isRefreshing, refetch: onRefresh }}
        columns={columns}
        idOf={keyOf}
        textOf={({ action, resource }) => `${action} ${resource}`}
        filter={BY_REACH}
      />
      {explained && (
        <Reasons
          key={keyOf(explained)}
          answer={explained}
          explain={explain}
          placeOf={placeOf}
          isAskedFor={opened !== undefined}
        />
      )}
    </SpaceBetween>
  )
}

const MOST_NAMED = 5

function Gaps({ answers }: Pick<Props, 'answers'>) {
  const gaps = [...new Set(answers.filter(hasGap).map(({ action }) => action))]
  if (gaps.length === 0) return null
  const more = gaps.length - MOST_NAMED
  return (
    <Alert
      type="warning"
      header="A long-term access key and a session without MFA are not treated alike"
    >
      {gaps.slice(0, MOST_NAMED).join(', ')}
      {more > 0 && ` and ${more} more`}: requests with a long-term key do not have
      aws:MultiFactorAuthPresent at all, and Bool does not hold for a key that is absent.
      BoolIfExists closes the hole.
    </Alert>
  )
}
