// Why a request comes to what it comes to, in each of the four states.
import ColumnLayout from '@cloudscape-design/components/column-layout'
import Container from '@cloudscape-design/components/container'
import Header from '@cloudscape-design/components/header'
import Box from '@cloudscape-design/components/box'
import { MFA_STATES } from '@twinlock/policy'
import { useEffect, useMemo, useRef } from 'react'
import { STATES } from './columns.ts'
import { Explanation } from './explanation.tsx'
import type { Answer, Simulation } from './simulation.ts'
import type { PlaceOf } from './statement-places.ts'

type Props = {
  readonly answer: Answer
  readonly explain: Simulation['explain']
  readonly placeOf: PlaceOf
  /** By a button, from which the reader is led here. */
  readonly isAskedFor: boolean
}

export function Reasons({ answer, explain, placeOf, isAskedFor }: Props) {
  const explanations = useMemo(() => explain(answer), [explain, answer])
  const section = useRef<HTMLElement>(null)
  useEffect(() => {
    if (isAskedFor) section.current?.focus()
  }, [isAskedFor])
  return (
    <section ref={section} tabIndex={-1} aria-label={`Reasons for ${answer.action}`}>
      <Container
        header={
          <Header variant="h2" description={answer.resource === '*' ? undefined : answer.resource}>
            {answer.action}
          </Header>
        }
      >
        <ColumnLayout columns={2} borders="all">
          {MFA_STATES.map(state => (
            <div key={state}>
              <Box variant="h3">{STATES[state]}</Box>
              <Explanation explanation={explanations[state]} placeOf={placeOf} />
            </div>
          ))}
        </ColumnLayout>
      </Container>
    </section>
  )
}
