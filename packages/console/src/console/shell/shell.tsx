// The frame around every page: top navigation, side navigation, breadcrumbs, notifications.
import AppLayout from '@cloudscape-design/components/app-layout'
import { useState } from 'react'
import { Outlet, ScrollRestoration } from 'react-router'
import { SwitchedRole } from '../switch-role/switched-role.tsx'
import { useArrival } from './arrival.ts'
import { Breadcrumbs } from './breadcrumbs.tsx'
import { ChangedPerson } from './changed-person.ts'
import { Notifications, NotificationsProvider } from './notifications.tsx'
import { useCrumbs } from './page-handle.ts'
import { PageProgress } from './page-progress.tsx'
import { useSamePerson } from './same-person.ts'
import styles from './shell.module.css'
import { SideNavigation } from './side-navigation.tsx'
import { TopNavigation } from './top-navigation.tsx'

export function Shell() {
  const [isOpen, setOpen] = useState(() => matchMedia('(min-width: 689px)').matches)
  useSamePerson()
  useArrival(
    useCrumbs()
      .map(({ text }) => text)
      .toReversed()
      .join(' · '),
  )
  return (
    <NotificationsProvider>
      <PageProgress />
      <ChangedPerson />
      <div id="top-navigation" className={styles['header']}>
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
        content={<Outlet />}
      />
      <ScrollRestoration />
    </NotificationsProvider>
  )
}
