// A page that is one form: fill in, send, and go where the result is.
import Button from '@cloudscape-design/components/button'
import Form from '@cloudscape-design/components/form'
import SpaceBetween from '@cloudscape-design/components/space-between'
import type { PropsWithChildren } from 'react'
import { useState } from 'react'
import { useNavigate } from 'react-router'
import { useChange } from '../api/queries.ts'
import { ConsoleButton } from './console-button.tsx'
import { Failure } from './failure.tsx'
import { Page } from './page.tsx'
import { useNotify } from './shell/notifications.tsx'
import { useUnsavedChanges } from './unsaved-changes.tsx'

type Props = PropsWithChildren<{
  readonly title: string
  readonly description?: string
  readonly submitText: string
  /** Where Cancel leads. */
  readonly cancelTo: string
  readonly perform: () => Promise<unknown>
  /** Whether something is written that leaving the page would lose. */
  readonly isChanged?: boolean
  /** Why what was filled in cannot be sent, if it cannot. */
  readonly validate?: () => string | undefined
  /** `User group developers was created.` */
  readonly done: string
  readonly doneTo: string
}>

export function FormPage({
  title,
  description,
  submitText,
  cancelTo,
  perform,
  isChanged = false,
  validate = () => undefined,
  done,
  doneTo,
  children,
}: Props) {
  const notify = useNotify()
  const navigate = useNavigate()
  const [problem, setProblem] = useState<string>()
  const unsaved = useUnsavedChanges(isChanged)
  const { isPending, error, mutate } = useChange(
    () => unsaved.saving(perform),
    () => {
      notify(done)
      return navigate(doneTo)
    },
  )
  const submit = () => {
    const found = validate()
    setProblem(found)
    if (found === undefined) mutate(undefined)
  }
  return (
    <Page title={title} {...(description !== undefined && { description })}>
      <form
        noValidate
        onSubmit={event => {
          event.preventDefault()
          submit()
        }}
      >
        <Form
          errorText={problem}
          actions={
            <SpaceBetween direction="horizontal" size="xs">
              <ConsoleButton variant="link" formAction="none" to={cancelTo}>
                Cancel
              </ConsoleButton>
              <Button variant="primary" loading={isPending}>
                {submitText}
              </Button>
            </SpaceBetween>
          }
        >
          <SpaceBetween size="l">
            {children}
            {error && problem === undefined && <Failure error={error} />}
          </SpaceBetween>
        </Form>
      </form>
      {unsaved.question}
    </Page>
  )
}
