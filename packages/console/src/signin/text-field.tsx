// A field of a name, as browsers and password managers must see it.
import FormField from '@cloudscape-design/components/form-field'
import Input from '@cloudscape-design/components/input'

export function TextField({
  label,
  name,
  value,
  autoComplete,
  type = 'text',
  onChange,
}: {
  readonly label: string
  readonly name: string
  readonly value: string
  readonly autoComplete: string
  readonly type?: 'text' | 'email'
  readonly onChange: (value: string) => void
}) {
  return (
    <FormField label={label} stretch>
      <Input
        name={name}
        type={type}
        value={value}
        autoComplete={autoComplete}
        disableBrowserAutocorrect
        spellcheck={false}
        ariaRequired
        onChange={({ detail }) => onChange(detail.value)}
      />
    </FormField>
  )
}
