// What every page stands on: answers that were read, texts of the components, and the pages by their addresses.
import { I18nProvider } from '@cloudscape-design/components/i18n'
import messages from '@cloudscape-design/components/i18n/messages/all.en'
import { QueryClientProvider } from '@tanstack/react-query'
import { createBrowserRouter } from 'react-router'
import { RouterProvider } from 'react-router/dom'
import { newQueryClient } from '../api/queries.ts'
import { routes } from './routes.tsx'
import { SESSION } from './shell/session.ts'

const queries = newQueryClient()
// Before anything is drawn: all that a page asks waits until it is known whose page it is.
void queries.prefetchQuery(SESSION)
const router = createBrowserRouter(routes, { basename: '/console' })

export function Console() {
  return (
    <I18nProvider locale="en" messages={[messages]}>
      <QueryClientProvider client={queries}>
        <RouterProvider router={router} />
      </QueryClientProvider>
    </I18nProvider>
  )
}
