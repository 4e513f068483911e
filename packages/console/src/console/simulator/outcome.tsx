// What is shown below the question: what to do, how far it is, what it came to.
import Alert from '@cloudscape-design/components/alert'
import Box from '@cloudscape-design/components/box'
import Container from '@cloudscape-design/components/container'
import Header from '@cloudscape-design/components/header'
import ProgressBar from '@cloudscape-design/components/progress-bar'
import type { ReactNode } from 'react'
import type { Asking } from './answering.ts'
import { useAnswering } from './answering.ts'
import { Answers } from './answers.tsx'
import { MOST_REQUESTS } from './requests.ts'
import type { PlaceOf } from './statement-places.ts'

type Props = {
  /** Undefined while nobody is chosen. */
  readonly asking: Asking | undefined
  /** How many requests the question comes to. */
  readonly asked: number
  readonly placeOf: PlaceOf
  readonly isRefreshing: boolean
  readonly onRefresh: () => unknown
}

export function Outcome({ asking, asked, placeOf, isRefreshing, onRefresh }: Props) {
  const answering = useAnswering(asking)
  if (answering === undefined) return <Told>Choose a user or role.</Told>
  if (asked === 0) return <Told>Enter an action.</Told>
  switch (answering.state) {
    case 'working':
      return (
        <Told>
          <Progress done={answering.done} of={Math.min(asked, MOST_REQUESTS)} />
        </Told>
      )
    case 'refused':
      return (
        <Alert type="error" header="Nothing can be said">
          {answering.why}
        </Alert>
      )
    case 'answered':
      return (
        <>
          {asked > MOST_REQUESTS && (
            <Alert type="warning" header="Not everything was asked">
              The question comes to {count(asked)} requests, of which the first{' '}
              {count(MOST_REQUESTS)} are answered. Name fewer actions or resources.
            </Alert>
          )}
          <Answers
            answers={answering.answers}
            explain={answering.explain}
            placeOf={placeOf}
            isRefreshing={isRefreshing}
            onRefresh={onRefresh}
          />
        </>
      )
    default:
      return answering satisfies never
  }
}

function Told({ children }: { readonly children: ReactNode }) {
  return (
    <Container header={<Header variant="h2">Decisions</Header>}>
      <Box color="text-body-secondary">{children}</Box>
    </Container>
  )
}

function Progress({ done, of }: { readonly done: number; readonly of: number }) {
  return (
    <ProgressBar
      value={(100 * done) / of}
      label="Asking the policies"
      description={`${count(done)} of ${count(of)} requests`}
    />
  )
}

const count = (many: number) => many.toLocaleString('en')
