// Light or dark: as the system says, unless this browser was told otherwise.
import { applyMode, Mode } from '@cloudscape-design/global-styles'
import { keep, readKept } from './kept.ts'

export type Theme = 'system' | 'light' | 'dark'

const KEY = 'twinlock-theme'
const DARK = matchMedia('(prefers-color-scheme: dark)')

export function storedTheme(): Theme {
  return readKept(KEY, themeIn) ?? 'system'
}

const themeIn = (text: string): Theme | undefined =>
  text === 'light' || text === 'dark' ? text : undefined

export function setTheme(theme: Theme): void {
  keep(KEY, theme === 'system' ? undefined : theme)
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
