// Where a page stands.
import BreadcrumbGroup from '@cloudscape-design/components/breadcrumb-group'
import { useFollow } from '../use-follow.ts'
import { useCrumbs } from './page-handle.ts'

export function Breadcrumbs() {
  const { hrefOf, follow } = useFollow()
  const crumbs = useCrumbs()
  if (crumbs.length < 2) return null
  return (
    <BreadcrumbGroup
      ariaLabel="Breadcrumbs"
      items={crumbs.map(({ text, pathname }) => ({ text, href: hrefOf(pathname) }))}
      onFollow={follow}
    />
  )
}
