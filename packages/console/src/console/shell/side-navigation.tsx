// The console's pages, in the order of AWS's.
import type { SideNavigationProps } from '@cloudscape-design/components/side-navigation'
import CloudscapeSideNavigation from '@cloudscape-design/components/side-navigation'
import { useLocation, useNavigate } from 'react-router'
import { links } from '../links.ts'

const BASE = '/console'

const page = (text: string, to: string): SideNavigationProps.Link => ({
  type: 'link',
  text,
  href: BASE + to,
})

const ITEMS: readonly SideNavigationProps.Item[] = [
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
  const navigate = useNavigate()
  return (
    <CloudscapeSideNavigation
      header={{ text: 'Identity and Access Management', href: `${BASE}/` }}
      activeHref={BASE + collectionOf(pathname)}
      items={ITEMS}
      onFollow={event => {
        if (event.detail.external === true) return
        event.preventDefault()
        void navigate(event.detail.href.slice(BASE.length))
      }}
    />
  )
}

/** A user's own page is one of the users'. */
const collectionOf = (pathname: string) => `/${pathname.split('/')[1] ?? ''}`
