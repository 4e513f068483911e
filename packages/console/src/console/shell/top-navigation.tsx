// Who is signed in, the theme, and the way home.
import type { TopNavigationProps } from '@cloudscape-design/components/top-navigation'
import CloudscapeTopNavigation from '@cloudscape-design/components/top-navigation'
import { useState } from 'react'
import type { Theme } from '../../theme.ts'
import { setTheme, storedTheme } from '../../theme.ts'
import { links } from '../links.ts'
import { useFollow } from '../use-follow.ts'
import { useAccountMenu } from './account-menu.ts'

const THEMES = [
  { id: 'system', text: 'As the system' },
  { id: 'light', text: 'Light' },
  { id: 'dark', text: 'Dark' },
] as const satisfies readonly { readonly id: Theme; readonly text: string }[]

export function TopNavigation() {
  const { hrefOf, follow } = useFollow()
  return (
    <CloudscapeTopNavigation
      identity={{
        href: hrefOf(links.dashboard),
        title: 'Twinlock',
        logo: { src: hrefOf('/icon.svg'), alt: '' },
        onFollow: follow,
      }}
      utilities={[useThemeMenu(), useAccountMenu()]}
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
