// A password, as browsers and password managers must see it.
import FormField from '@cloudscape-design/components/form-field'
import Input from '@cloudscape-design/components/input'

export type PasswordInputProps = {
  readonly label: string
  readonly value: string
  readonly autoComplete: 'current-password' | 'new-password'
  readonly errorText?: string | undefined
  readonly onChange: (value: string) => void
}

export function PasswordInput({
  label,
  value,
  autoComplete,
  errorText,
  isShown,
  onChange,
}: PasswordInputProps & { readonly isShown: boolean }) {
  return (
    <FormField
      label={label}
      errorText={errorText}
      i18nStrings={{ errorIconAriaLabel: 'Error' }}
      stretch
    >
      <Input
        name={autoComplete}
        type={isShown ? 'text' : 'password'}
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
