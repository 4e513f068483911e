// What is shown where a page failed: the frame around it goes on working.
import Alert from '@cloudscape-design/components/alert'
import Button from '@cloudscape-design/components/button'
import { isRouteErrorResponse, useRouteError } from 'react-router'
import { ConsoleButton } from '../console-button.tsx'
import { links } from '../links.ts'
import { Page } from '../page.tsx'

export function PageFailed() {
  const error = useRouteError()
  if (isRouteErrorResponse(error) && error.status === 404) return <PageNotFound />
  return (
    <Page title="This page failed">
      <Alert
        type="error"
        header="This is a fault of the console"
        action={<Button onClick={() => location.reload()}>Reload the page</Button>}
      >
        {error instanceof Error ? error.message : 'Nothing more is known.'}
      </Alert>
    </Page>
  )
}

export function PageNotFound() {
  return (
    <Page title="Page not found">
      <Alert
        type="info"
        action={<ConsoleButton to={links.dashboard}>Go to the dashboard</ConsoleButton>}
      >
        The console has no page at this address.
      </Alert>
    </Page>
  )
}
