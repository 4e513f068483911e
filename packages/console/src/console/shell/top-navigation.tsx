// Who is signed in to which account and in which role, the theme, and the way out.
import type { ButtonDropdownProps } from '@cloudscape-design/components/button-dropdown'
import type { TopNavigationProps } from '@cloudscape-design/components/top-navigation'
import CloudscapeTopNavigation from '@cloudscape-design/components/top-navigation'
import { useState } from 'react'
import { useHref, useNavigate } from 'react-router'
import type { Theme } from '../../theme.ts'
import { setTheme, storedTheme } from '../../theme.ts'
import { links } from '../links.ts'
import { useSwitchBack } from '../switch-role/become.ts'
import type { Session } from './session.ts'
import { nameInArn, useSession } from './session.ts'
import { signOut } from './sign-out.ts'

const THEMES = [
  { id: 'system', text: 'As the system' },
  { id: 'light', text: 'Light' },
  { id: 'dark', text: 'Dark' },
] as const satisfies readonly { readonly id: Theme; readonly text: string }[]

export function TopNavigation() {
  const home = useHref('/')
  const navigate = useNavigate()
  const session = useSession()
  const theme = useThemeMenu()
  const switchBack = useSwitchBack()
  const act = (id: string) => {
    if (id === 'sign-out') void signOut()
    else if (id === 'switch-back') switchBack()
    else void navigate(id)
  }
  return (
    <CloudscapeTopNavigation
      identity={{
        href: home,
        title: 'Twinlock',
        logo: { src: '/console/icon.svg', alt: '' },
        onFollow: event => {
          event.preventDefault()
          void navigate('/')
        },
      }}
      utilities={[theme, ...(session ? [accountMenu(session, act)] : [])]}
    />
  )
}

function useThemeMenu(): TopNavigationProps.Utility {
  const [shown, setShown] = useState(storedTheme)
  return {
    type: 'menu-dropdown',
    iconName: 'settings',
    ariaLabel: 'Theme',
    title: 'Theme',
    items: THEMES.map(({ id, text }) => ({
      id,
      text,
      itemType: 'checkbox',
      checked: id === shown,
    })),
    onItemClick: ({ detail }) => {
      const theme = THEMES.find(({ id }) => id === detail.id)?.id ?? 'system'
      setTheme(theme)
      setShown(theme)
    },
  }
}

function accountMenu(session: Session, act: (id: string) => void): TopNavigationProps.Utility {
  const { account, alias, name, switchedRole } = session
  return {
    type: 'menu-dropdown',
    iconName: 'user-profile',
    text: switchedRole?.DisplayName ?? `${name} @ ${alias ?? account}`,
    description: `Account ${account}`,
    items: accountItems(session),
    onItemClick: event => {
      event.preventDefault()
      act(event.detail.id)
    },
  }
}

/** Ids of pages are their addresses below /console. */
function accountItems({ arn, switchedRole }: Session): readonly ButtonDropdownProps.ItemOrGroup[] {
  const own = [
    page('Security credentials', links.securityCredentials),
    page('Command line', links.commandLine),
  ]
  return [
    {
      text: arn,
      items: [
        ...(switchedRole ? [] : own),
        page('Switch role', links.switchRole),
        ...(switchedRole
          ? [{ id: 'switch-back', text: `Switch back to ${nameInArn(switchedRole.SignedInAs)}` }]
          : []),
      ],
    },
    { id: 'sign-out', text: 'Sign out' },
  ]
}

const page = (text: string, to: string) => ({ id: to, text, href: `/console${to}` })
