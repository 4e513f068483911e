// One step of what a person goes through: a heading, what went wrong, fields, buttons. The keyboard's focus goes to where the
// person must act, so that nobody has to look for it, with eyes or with a screen reader.
import Container from '@cloudscape-design/components/container'
import SpaceBetween from '@cloudscape-design/components/space-between'
import type { ReactNode } from 'react'
import { useEffect, useId, useRef } from 'react'
import type { Problem } from './problem-alert.tsx'
import { ProblemAlert } from './problem-alert.tsx'
import { StepHeading } from './step-heading.tsx'
import styles from './announcement.module.css'

type StepProps = {
  readonly heading: string
  /** Under the heading: what the step is for. */
  readonly description?: ReactNode
  readonly problem?: Problem | undefined
  /** What is told besides: read out when it comes, without taking the focus. */
  readonly notice?: ReactNode
  readonly begin?: Begin
  readonly onSubmit: () => void
  readonly children?: ReactNode
  readonly actions: ReactNode
  /** Below the buttons: other ways to go on. */
  readonly others?: ReactNode
}

/** Where the focus begins: in the first empty field, or on the heading when there is something to read first. */
type Begin = 'field' | 'heading'

export function Step({ begin = 'field', problem, ...step }: StepProps) {
  const headingId = useId()
  const section = useRef<HTMLElement>(null)
  useEffect(() => focusBeginning(section.current, begin), [begin])
  useEffect(() => {
    if (problem !== undefined) focusCorrection(section.current)
  }, [problem])

  return (
    <section ref={section} aria-labelledby={headingId}>
      <Container
        header={
          <StepHeading id={headingId} description={step.description}>
            {step.heading}
          </StepHeading>
        }
      >
        <form
          noValidate
          onSubmit={event => {
            event.preventDefault()
            step.onSubmit()
          }}
        >
          <ProblemAlert problem={problem} />
          <div role="status" className={styles['announcement']}>
            {step.notice}
          </div>
          <SpaceBetween size="l">
            {step.children}
            {step.actions}
            {step.others}
          </SpaceBetween>
        </form>
      </Container>
    </section>
  )
}

const FIELDS = 'form :is(input, textarea):not([disabled], [hidden], [type="checkbox"])'

function focusBeginning(section: HTMLElement | null, begin: Begin) {
  const field = begin === 'field' ? fieldToFillIn(section) : undefined
  if (field === undefined) section?.querySelector('h1')?.focus()
  else field.focus()
}

/** What went wrong is put right in a field or, where there is none, by trying again. */
function focusCorrection(section: HTMLElement | null) {
  const field = fieldToFillIn(section)
  if (field === undefined) section?.querySelector<HTMLElement>('button[type="submit"]')?.focus()
  else field.focus()
}

/** The first empty field; the first one where none is empty. */
function fieldToFillIn(section: HTMLElement | null): HTMLInputElement | undefined {
  const fields = [...(section?.querySelectorAll<HTMLInputElement>(FIELDS) ?? [])]
  return fields.find(({ value }) => value === '') ?? fields[0]
}
