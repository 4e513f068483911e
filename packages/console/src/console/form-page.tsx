// A page that is one form: fill in, send, and go where the result is.
import Button from '@cloudscape-design/components/button'
import Form from '@cloudscape-design/components/form'
import SpaceBetween from '@cloudscape-design/components/space-between'
import type { PropsWithChildren } from 'react'
import { useNavigate } from 'react-router'
import { useChange } from '../api/queries.ts'
import { ConsoleButton } from './console-button.tsx'
import { Failure } from './failure.tsx'
import { Page } from './page.tsx'
import { useNotify } from './shell/notifications.tsx'

type Props = PropsWithChildren<{
  readonly title: string
  readonly description?: string
  readonly submitText: string
  /** Where Cancel leads. */
  readonly cancelTo: string
  readonly perform: () => Promise<unknown>
  /** Whether what was filled in can be sent; a form that finds a fault in itself shows it. */
  readonly validate?: () => boolean
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
  validate = () => true,
  done,
  doneTo,
  children,
}: Props) {
  const notify = useNotify()
  const navigate = useNavigate()
  const change = useChange(perform, () => {
    notify(done)
    return navigate(doneTo)
  })
  const submit = () => {
    if (!change.isPending && validate()) change.mutate(undefined)
  }
  return (
    <Page title={title} {...(description !== undefined && { description })}>
      <form
        onSubmit={event => {
          event.preventDefault()
          submit()
        }}
      >
        <Form
          actions={
            <SpaceBetween direction="horizontal" size="xs">
              <ConsoleButton variant="link" formAction="none" to={cancelTo}>
                Cancel
              </ConsoleButton>
              <Button variant="primary" loading={change.isPending}>
                {submitText}
              </Button>
            </SpaceBetween>
          }
        >
          <SpaceBetween size="l">
            {children}
            {change.error && <Failure error={change.error} />}
          </SpaceBetween>
        </Form>
      </form>
    </Page>
  )
}
