// Tabs of a page. Which is open stands in the address, for links and the back button.
import type { TabsProps } from '@cloudscape-design/components/tabs'
import Tabs from '@cloudscape-design/components/tabs'
import { useSearchParams } from 'react-router'

export function PageTabs({
  tabs,
  label,
}: {
  readonly tabs: TabsProps.Tab[]
  readonly label: string
}) {
  const [search, setSearch] = useSearchParams()
  const [first] = tabs
  const isKnown = tabs.some(({ id }) => id === search.get('tab'))
  return (
    <Tabs
      ariaLabel={label}
      tabs={tabs}
      activeTabId={(isKnown ? search.get('tab') : first?.id) ?? ''}
      onChange={({ detail }) =>
        setSearch(before => withTab(before, detail.activeTabId), { preventScrollReset: true })
      }
    />
  )
}

function withTab(search: URLSearchParams, tab: string): URLSearchParams {
  const changed = new URLSearchParams(search)
  changed.set('tab', tab)
  return changed
}
