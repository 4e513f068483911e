// The console's pages, in the order of AWS's.
import type { SideNavigationProps } from '@cloudscape-design/components/side-navigation'
import CloudscapeSideNavigation from '@cloudscape-design/components/side-navigation'
import { useLocation } from 'react-router'
import { links } from '../links.ts'
import { useFollow } from '../use-follow.ts'

type PageOf = (text: string, to: string) => SideNavigationProps.Link

const itemsOf = (page: PageOf): readonly SideNavigationProps.Item[] => [
  page('Dashboard', links.dashboard),
  {
    type: 'section',
    text: 'Access management',
    items: [
      page('User groups', links.groups),
      page('Users', links.users),
      page('Roles', links.roles),
      page('Policies', links.policies),
      page('Hardware tokens', links.hardwareTokens),
      page('Account settings', links.accountSettings),
    ],
  },
  {
    type: 'section',
    text: 'Access reports',
    items: [page('Policy simulator', links.simulator)],
  },
  {
    type: 'section',
    text: 'My account',
    items: [
      page('Security credentials', links.securityCredentials),
      page('Command line', links.commandLine),
      page('Switch role', links.switchRole),
    ],
  },
]

export function SideNavigation() {
  const { pathname } = useLocation()
  const { hrefOf, follow } = useFollow()
  return (
    <CloudscapeSideNavigation
      header={{ text: 'Identity and Access Management', href: hrefOf(links.dashboard) }}
      activeHref={hrefOf(collectionOf(pathname))}
      items={itemsOf((text, to) => ({ type: 'link', text, href: hrefOf(to) }))}
      onFollow={follow}
    />
  )
}

/** A user's own page is one of the users'. */
const collectionOf = (pathname: string) => `/${pathname.split('/')[1] ?? ''}`
