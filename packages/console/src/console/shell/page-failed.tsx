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
  const { header, text } = faultOf(error)
  return (
    <Page title="This page failed">
      <Alert
        type="error"
        header={header}
        action={<Button onClick={() => location.reload()}>Reload the page</Button>}
      >
        {text}
      </Alert>
    </Page>
  )
}

/** How Chromium and Firefox, Safari, and Vite for a page's styles, say that a file did not come. */
const NOT_LOADED = /dynamically imported module|Importing a module script failed|Unable to preload/

function faultOf(error: unknown): { readonly header: string; readonly text: string } {
  const message = error instanceof Error ? error.message : 'Nothing more is known.'
  return NOT_LOADED.test(message)
    ? {
        header: 'The script of this page could not be loaded',
        text: 'The service cannot be reached, or it was renewed after you opened the console.',
      }
    : { header: 'This is a fault of the console', text: message }
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
