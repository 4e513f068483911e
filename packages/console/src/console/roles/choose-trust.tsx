// Who may assume a role, and with which proof.
import Checkbox from '@cloudscape-design/components/checkbox'
import Container from '@cloudscape-design/components/container'
import FormField from '@cloudscape-design/components/form-field'
import Header from '@cloudscape-design/components/header'
import Input from '@cloudscape-design/components/input'
import RadioGroup from '@cloudscape-design/components/radio-group'
import Select from '@cloudscape-design/components/select'
import SpaceBetween from '@cloudscape-design/components/space-between'
import Tiles from '@cloudscape-design/components/tiles'
import type { Trust } from './trust-policy.ts'

type Props = {
  readonly trust: Trust
  readonly isTried: boolean
  readonly onChange: (trust: Trust) => void
}

const KINDS = [
  {
    value: 'account',
    label: 'AWS account',
    description: 'People and roles of this account or another one.',
  },
  { value: 'service', label: 'AWS service', description: 'A service that acts for you.' },
  { value: 'custom', label: 'Custom trust policy', description: 'Written below, as JSON.' },
] as const

const MFA_AGES = [
  { value: '', label: 'Any age' },
  { value: '900', label: '15 minutes' },
  { value: '3600', label: '1 hour' },
  { value: '14400', label: '4 hours' },
  { value: '28800', label: '8 hours' },
]

export function ChooseTrust({ trust, isTried, onChange }: Props) {
  const edit = (changed: Partial<Trust>) => onChange({ ...trust, ...changed })
  return (
    <Container header={<Header variant="h2">Trusted entity</Header>}>
      <SpaceBetween size="l">
        <FormField label="Trusted entity type" stretch>
          <Tiles
            value={trust.kind}
            items={KINDS}
            onChange={({ detail }) =>
              edit({ kind: KINDS.find(({ value }) => value === detail.value)?.value ?? 'account' })
            }
          />
        </FormField>
        {trust.kind === 'account' && <AccountTrust trust={trust} isTried={isTried} edit={edit} />}
        {trust.kind === 'service' && (
          <FormField label="Service" description="Its principal, as policies name it.">
            <Input
              value={trust.service}
              placeholder="ec2.amazonaws.com"
              onChange={({ detail }) => edit({ service: detail.value.trim() })}
            />
          </FormField>
        )}
      </SpaceBetween>
    </Container>
  )
}

function AccountTrust({
  trust,
  isTried,
  edit,
}: Pick<Props, 'trust' | 'isTried'> & { readonly edit: (changed: Partial<Trust>) => void }) {
  const { otherAccount, requiresMfa, mfaMaxAgeSeconds, externalId } = trust
  const isOther = otherAccount !== undefined
  return (
    <SpaceBetween size="l">
      <FormField label="An AWS account">
        <RadioGroup
          value={isOther ? 'other' : 'this'}
          items={[
            { value: 'this', label: 'This account' },
            { value: 'other', label: 'Another AWS account' },
          ]}
          onChange={({ detail }) =>
            edit({ otherAccount: detail.value === 'other' ? '' : undefined, externalId: '' })
          }
        />
      </FormField>
      {isOther && (
        <FormField
          label="Account ID"
          {...(isTried &&
            !/^\d{12}$/.test(otherAccount) && { errorText: 'An account ID has twelve digits.' })}
        >
          <Input
            value={otherAccount}
            inputMode="numeric"
            onChange={({ detail }) => edit({ otherAccount: detail.value.trim() })}
          />
        </FormField>
      )}
      <Checkbox
        checked={requiresMfa}
        description="Whoever assumes the role must have proved a second factor. Writes the condition aws:MultiFactorAuthPresent."
        onChange={({ detail }) => edit({ requiresMfa: detail.checked })}
      >
        Require MFA
      </Checkbox>
      {requiresMfa && (
        <FormField
          label="Oldest MFA that will do"
          description="Writes the condition aws:MultiFactorAuthAge."
        >
          <Select
            selectedOption={
              MFA_AGES.find(({ value }) => value === String(mfaMaxAgeSeconds ?? '')) ?? null
            }
            options={MFA_AGES}
            onChange={({ detail: { selectedOption } }) =>
              edit({
                mfaMaxAgeSeconds:
                  selectedOption.value === '' ? undefined : Number(selectedOption.value),
              })
            }
          />
        </FormField>
      )}
      {isOther && (
        <FormField
          label="External ID - optional"
          description="What a third party must name when it assumes the role for you. Its programs have no MFA to show."
        >
          <Input
            value={externalId}
            onChange={({ detail }) => edit({ externalId: detail.value.trim() })}
          />
        </FormField>
      )}
    </SpaceBetween>
  )
}
