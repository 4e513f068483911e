// What the list of answers shows of each.
import Button from '@cloudscape-design/components/button'
import SpaceBetween from '@cloudscape-design/components/space-between'
import type { Column } from '../collections/column.ts'
import { DECISIONS, decisionIn, STATES, statesWithoutMfa } from './columns.ts'
import { Deciding } from './deciding.tsx'
import type { Answer } from './simulation.ts'
import type { PlaceOf } from './statement-places.ts'

export const keyOf = ({ action, resource }: Answer): string => `${action} on ${resource}`

/** @param hasResources whether there are several: of one a column would say nothing */
export function answerColumns(
  placeOf: PlaceOf,
  onExplain: (key: string) => void,
  hasResources: boolean,
): readonly Column<Answer>[] {
  const withMfa = (state: 'freshMfa' | 'staleMfa'): Column<Answer> => ({
    id: state,
    header: STATES[state],
    minWidth: 170,
    cell: answer => <Deciding answer={answer} state={state} placeOf={placeOf} />,
    sortBy: answer => DECISIONS[decisionIn(answer, state)].text,
  })
  const resource: Column<Answer> = {
    id: 'resource',
    header: 'Resource',
    minWidth: 160,
    cell: answer => answer.resource,
    sortBy: answer => answer.resource,
  }
  return [
    {
      id: 'action',
      header: 'Action',
      isRowHeader: true,
      minWidth: 150,
      cell: ({ action }) => action,
      sortBy: ({ action }) => action,
    },
    ...(hasResources ? [resource] : []),
    {
      id: 'none',
      header: 'No MFA',
      minWidth: 200,
      cell: answer => <WithoutMfa answer={answer} placeOf={placeOf} />,
      sortBy: answer => DECISIONS[decisionIn(answer, 'longTermKey')].text,
    },
    withMfa('freshMfa'),
    withMfa('staleMfa'),
    {
      id: 'why',
      header: 'Reasons',
      cell: answer => (
        <Button
          variant="inline-link"
          ariaLabel={`Explain ${hasResources ? keyOf(answer) : answer.action}`}
          onClick={() => onExplain(keyOf(answer))}
        >
          Explain
        </Button>
      ),
    },
  ]
}

const SHORT = { longTermKey: 'Key', noMfaSession: 'Session', freshMfa: '', staleMfa: '' } as const

function WithoutMfa({ answer, placeOf }: { readonly answer: Answer; readonly placeOf: PlaceOf }) {
  const states = statesWithoutMfa(answer)
  return (
    <SpaceBetween size="xxs">
      {states.map(state => (
        <Deciding
          key={state}
          answer={answer}
          state={state}
          placeOf={placeOf}
          prefix={states.length > 1 ? SHORT[state] : undefined}
        />
      ))}
    </SpaceBetween>
  )
}
