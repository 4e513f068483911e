// A link to a page of the console: the router follows it, and a click with a modifier key opens it elsewhere as any link does.
import type { LinkProps } from '@cloudscape-design/components/link'
import Link from '@cloudscape-design/components/link'
import { useHref, useNavigate } from 'react-router'

type Props = Omit<LinkProps, 'href' | 'onFollow'> & { readonly to: string }

export function ConsoleLink({ to, ...props }: Props) {
  const href = useHref(to)
  const navigate = useNavigate()
  return (
    <Link
      {...props}
      href={href}
      onFollow={event => {
        event.preventDefault()
        void navigate(to)
      }}
    />
  )
}
