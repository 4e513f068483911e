// A button that leads to a page of the console.
import type { ButtonProps } from '@cloudscape-design/components/button'
import Button from '@cloudscape-design/components/button'
import { useFollow } from './use-follow.ts'

type Props = Omit<ButtonProps, 'href' | 'onFollow'> & { readonly to: string }

export function ConsoleButton({ to, ...props }: Props) {
  const { hrefOf, follow } = useFollow()
  return <Button {...props} href={hrefOf(to)} onFollow={follow} />
}
