// The frame around every page: top navigation, side navigation, breadcrumbs, notifications.
import AppLayout from '@cloudscape-design/components/app-layout'
import { Suspense, useEffect, useState } from 'react'
import { Outlet, useMatches } from 'react-router'
import { SwitchedRole } from '../switch-role/switched-role.tsx'
import { Breadcrumbs } from './breadcrumbs.tsx'
import { Notifications, NotificationsProvider } from './notifications.tsx'
import { PageLoading } from './page-loading.tsx'
import { SideNavigation } from './side-navigation.tsx'
import { TopNavigation } from './top-navigation.tsx'
import { crumbsOf } from './page-handle.ts'

export function Shell() {
  const [isOpen, setOpen] = useState(() => matchMedia('(min-width: 689px)').matches)
  useDocumentTitle()
  return (
    <NotificationsProvider>
      <div id="top-navigation">
        <TopNavigation />
        <SwitchedRole />
      </div>
      <AppLayout
        headerSelector="#top-navigation"
        toolsHide
        navigation={<SideNavigation />}
        navigationOpen={isOpen}
        onNavigationChange={({ detail }) => setOpen(detail.open)}
        breadcrumbs={<Breadcrumbs />}
        notifications={<Notifications />}
        stickyNotifications
        content={
          <Suspense fallback={<PageLoading />}>
            <Outlet />
          </Suspense>
        }
      />
    </NotificationsProvider>
  )
}

/** What the browser calls the page, in its history too. */
function useDocumentTitle() {
  const matches = useMatches()
  const title = crumbsOf(matches)
    .map(({ text }) => text)
    .toReversed()
    .join(' · ')
  useEffect(() => {
    document.title = `${title} · Twinlock`
  }, [title])
}
