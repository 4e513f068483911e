// Light or dark: as the system says, unless this browser was told otherwise.
import { applyMode, Mode } from '@cloudscape-design/global-styles'

export type Theme = 'system' | 'light' | 'dark'

const KEY = 'twinlock-theme'
const DARK = matchMedia('(prefers-color-scheme: dark)')

export function storedTheme(): Theme {
  const stored = localStorage.getItem(KEY)
  return stored === 'light' || stored === 'dark' ? stored : 'system'
}

export function setTheme(theme: Theme): void {
  if (theme === 'system') localStorage.removeItem(KEY)
  else localStorage.setItem(KEY, theme)
  show()
}

/** Shows the theme, and follows the system from now on. */
export function followTheme(): void {
  show()
  DARK.addEventListener('change', show)
}

function show(): void {
  const theme = storedTheme()
  applyMode(theme === 'dark' || (theme === 'system' && DARK.matches) ? Mode.Dark : Mode.Light)
}
