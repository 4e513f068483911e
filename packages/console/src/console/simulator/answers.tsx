// Every action in three columns, and the explanation of the one that is opened.
import Alert from '@cloudscape-design/components/alert'
import Box from '@cloudscape-design/components/box'
import Button from '@cloudscape-design/components/button'
import ColumnLayout from '@cloudscape-design/components/column-layout'
import SpaceBetween from '@cloudscape-design/components/space-between'
import Table from '@cloudscape-design/components/table'
import type { MfaState } from '@twinlock/policy'
import { MFA_STATES } from '@twinlock/policy'
import { useState } from 'react'
import { decisionIn, hasGap, STATES, statesWithoutMfa } from './columns.ts'
import { Decision } from './decision.tsx'
import { Explanation } from './explanation.tsx'
import type { Answer } from './simulation.ts'
import type { PlaceOf } from './statement-places.ts'

type Props = {
  readonly answers: readonly Answer[]
  readonly isEmpty: boolean
  readonly placeOf: PlaceOf
}

export function Answers({ answers, isEmpty, placeOf }: Props) {
  const [opened, setOpened] = useState<string>()
  const gaps = answers.filter(hasGap).map(({ action }) => action)
  const shown = answers.find(({ action }) => action === opened) ?? answers[0]
  return (
    <SpaceBetween size="l">
      {gaps.length > 0 && (
        <Alert
          type="warning"
          header="A long-term access key and a session without MFA are not treated alike"
        >
          {gaps.join(', ')}: requests with a long-term key do not have aws:MultiFactorAuthPresent at
          all, and Bool does not hold for a key that is absent. BoolIfExists closes the hole.
        </Alert>
      )}
      <Table
        variant="embedded"
        items={answers}
        trackBy="action"
        wrapLines
        empty={isEmpty ? 'Enter an action.' : 'No decisions'}
        ariaLabels={{ tableLabel: 'Decisions' }}
        columnDefinitions={[
          {
            id: 'action',
            header: 'Action',
            isRowHeader: true,
            minWidth: 140,
            cell: ({ action }) => action,
          },
          {
            id: 'none',
            header: 'No MFA',
            minWidth: 210,
            cell: answer => <WithoutMfa answer={answer} />,
          },
          {
            id: 'fresh',
            header: 'Fresh MFA',
            minWidth: 160,
            cell: answer => <Decision decision={decisionIn(answer, 'freshMfa')} />,
          },
          {
            id: 'stale',
            header: 'Stale MFA',
            minWidth: 160,
            cell: answer => <Decision decision={decisionIn(answer, 'staleMfa')} />,
          },
          {
            id: 'why',
            header: 'Reasons',
            cell: ({ action }) => (
              <Button
                variant="inline-link"
                ariaLabel={`Explain ${action}`}
                onClick={() => setOpened(action)}
              >
                Explain
              </Button>
            ),
          },
        ]}
      />
      {shown && <Reasons answer={shown} placeOf={placeOf} />}
    </SpaceBetween>
  )
}

function WithoutMfa({ answer }: { readonly answer: Answer }) {
  const states = statesWithoutMfa(answer)
  if (states.length === 1) return <Decision decision={decisionIn(answer, 'longTermKey')} />
  return (
    <SpaceBetween size="xxs">
      {states.map(state => (
        <Decision key={state} decision={decisionIn(answer, state)} prefix={SHORT[state]} />
      ))}
    </SpaceBetween>
  )
}

const SHORT: Readonly<Partial<Record<MfaState, string>>> = {
  longTermKey: 'Key',
  noMfaSession: 'Session',
}

function Reasons({ answer, placeOf }: { readonly answer: Answer; readonly placeOf: PlaceOf }) {
  return (
    <section aria-label={`Reasons for ${answer.action}`}>
      <Box variant="h3">{answer.action}</Box>
      <ColumnLayout columns={2} borders="all">
        {MFA_STATES.map(state => (
          <div key={state}>
            <Box variant="h4">{STATES[state]}</Box>
            <Explanation explanation={answer.explanations[state]} placeOf={placeOf} />
          </div>
        ))}
      </ColumnLayout>
    </section>
  )
}
