// A button that leads to a page of the console.
import type { ButtonProps } from '@cloudscape-design/components/button'
import Button from '@cloudscape-design/components/button'
import { useHref, useNavigate } from 'react-router'

type Props = Omit<ButtonProps, 'href' | 'onFollow'> & { readonly to: string }

export function ConsoleButton({ to, ...props }: Props) {
  const href = useHref(to)
  const navigate = useNavigate()
  return (
    <Button
      {...props}
      href={href}
      onFollow={event => {
        event.preventDefault()
        void navigate(to)
      }}
    />
  )
}
