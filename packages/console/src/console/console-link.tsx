// A link to a page of the console.
import type { LinkProps } from '@cloudscape-design/components/link'
import Link from '@cloudscape-design/components/link'
import { useFollow } from './use-follow.ts'

type Props = Omit<LinkProps, 'href' | 'onFollow'> & { readonly to: string }

export function ConsoleLink({ to, ...props }: Props) {
  const { hrefOf, follow } = useFollow()
  return <Link {...props} href={hrefOf(to)} onFollow={follow} />
}
