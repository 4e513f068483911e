// Changes what passwords of IAM users must be like.
import Checkbox from '@cloudscape-design/components/checkbox'
import Container from '@cloudscape-design/components/container'
import FormField from '@cloudscape-design/components/form-field'
import Input from '@cloudscape-design/components/input'
import SpaceBetween from '@cloudscape-design/components/space-between'
import { useState } from 'react'
import { iam } from '../../api/iam.ts'
import { useIamIfThere } from '../../api/queries.ts'
import { FormPage } from '../form-page.tsx'
import { links } from '../links.ts'
import { Read } from '../read.tsx'
import type { PasswordRules } from './password-rules.ts'
import { DEFAULT_RULES, policyOf, RULES, rulesOf } from './password-rules.ts'

export function EditPasswordPolicy() {
  return (
    <Read of={useIamIfThere('GetAccountPasswordPolicy', {})} what="The password policy">
      {answer => (
        <PolicyForm
          before={answer?.PasswordPolicy ? rulesOf(answer.PasswordPolicy) : DEFAULT_RULES}
        />
      )}
    </Read>
  )
}

const NUMBERS = [
  { key: 'MinimumPasswordLength', label: 'Minimum length', constraint: '6 to 128 characters' },
  {
    key: 'MaxPasswordAge',
    label: 'Expiration in days - optional',
    constraint: '1 to 1,095 days; empty: passwords do not expire',
  },
  {
    key: 'PasswordReusePrevention',
    label: 'Remembered passwords - optional',
    constraint: '1 to 24 passwords that cannot be used again; empty: none',
  },
] as const

function PolicyForm({ before: current }: { readonly before: PasswordRules }) {
  const [before] = useState(current)
  const [rules, setRules] = useState(before)
  const edit = (changed: Partial<PasswordRules>) => setRules({ ...rules, ...changed })
  const perform = () => iam('UpdateAccountPasswordPolicy', policyOf(rules))
  return (
    <FormPage
      title="Edit password policy"
      description="Holds for passwords that are set from now on, and expiration for all."
      submitText="Save changes"
      cancelTo={links.accountSettings}
      isChanged={rules !== before}
      perform={perform}
      done="The password policy was changed."
      doneTo={links.accountSettings}
    >
      <Container>
        <SpaceBetween size="l">
          {NUMBERS.map(({ key, label, constraint }) => (
            <FormField key={key} label={label} constraintText={constraint}>
              <Input
                type="number"
                value={rules[key]}
                onChange={({ detail }) => edit({ [key]: detail.value })}
              />
            </FormField>
          ))}
          <SpaceBetween size="xs">
            {RULES.map(({ key, label }) => (
              <Checkbox
                key={key}
                checked={rules[key]}
                disabled={key === 'HardExpiry' && rules.MaxPasswordAge === ''}
                onChange={({ detail }) => edit({ [key]: detail.checked })}
              >
                {label}
              </Checkbox>
            ))}
          </SpaceBetween>
        </SpaceBetween>
      </Container>
    </FormPage>
  )
}
