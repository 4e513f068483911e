// A field for a one-time code. People paste codes with spaces in them: only the digits stay.
import FormField from '@cloudscape-design/components/form-field'
import Input from '@cloudscape-design/components/input'
import type { ReactNode } from 'react'

/** The longest that a hardware token shows. */
const LONGEST = 8

export function CodeField({
  label,
  value,
  onChange,
  constraint,
}: {
  readonly label: string
  readonly value: string
  readonly onChange: (value: string) => void
  readonly constraint?: ReactNode
}) {
  return (
    <FormField label={label} constraintText={constraint}>
      <Input
        name="code"
        value={value}
        inputMode="numeric"
        autoComplete="one-time-code"
        disableBrowserAutocorrect
        spellcheck={false}
        ariaRequired
        onChange={({ detail }) => onChange(digitsOf(detail.value))}
      />
    </FormField>
  )
}

export const isCode = (value: string) => /^\d{6,8}$/.test(value)

const digitsOf = (text: string) => text.replaceAll(/\D/g, '').slice(0, LONGEST)
