// Where a page stands.
import BreadcrumbGroup from '@cloudscape-design/components/breadcrumb-group'
import { useMatches, useNavigate } from 'react-router'
import { crumbsOf } from './page-handle.ts'

export function Breadcrumbs() {
  const navigate = useNavigate()
  const crumbs = crumbsOf(useMatches())
  if (crumbs.length < 2) return null
  return (
    <BreadcrumbGroup
      items={crumbs.map(({ text, pathname }) => ({ text, href: pathname }))}
      onFollow={event => {
        event.preventDefault()
        void navigate(withoutBase(event.detail.href))
      }}
    />
  )
}

const withoutBase = (pathname: string) => pathname.replace(/^\/console/, '') || '/'
