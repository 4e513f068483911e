// A box to tick by whoever wants to see the password.
import Checkbox from '@cloudscape-design/components/checkbox'

/** Its name must not be taken for that of a password's field. */
export function ShowPassword({
  isShown,
  onChange,
}: {
  readonly isShown: boolean
  readonly onChange: (isShown: boolean) => void
}) {
  return (
    <Checkbox checked={isShown} onChange={({ detail }) => onChange(detail.checked)}>
      Show what I type
    </Checkbox>
  )
}
