// A button that says why it cannot be pressed, to the keyboard too. It keeps the focus while it is disabled: whoever deletes what was selected
// is not thrown to the top of the page.
import type { ButtonProps } from '@cloudscape-design/components/button'
import Button from '@cloudscape-design/components/button'

type Props = Omit<ButtonProps, 'disabled' | 'disabledReason'> & {
  /** What is in the way, as a sentence; undefined: nothing. */
  readonly obstacle: string | undefined
}

export function GuardedButton({ obstacle, ...button }: Props) {
  return (
    <Button
      {...button}
      disabled={obstacle !== undefined}
      {...(obstacle !== undefined && { disabledReason: obstacle })}
    />
  )
}
