// Becomes a role for a while: https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_switch-role-console.html
import Container from '@cloudscape-design/components/container'
import FormField from '@cloudscape-design/components/form-field'
import Input from '@cloudscape-design/components/input'
import RadioGroup from '@cloudscape-design/components/radio-group'
import SpaceBetween from '@cloudscape-design/components/space-between'
import { useState } from 'react'
import { useSearchParams } from 'react-router'
import { FormPage } from '../form-page.tsx'
import { links } from '../links.ts'
import { useBecome } from './become.ts'

/** AWS's five, as its links name them: RGB in hexadecimal. */
const COLORS = [
  { value: 'F2B0A9', label: 'Red' },
  { value: 'FBBF93', label: 'Orange' },
  { value: 'FAD791', label: 'Yellow' },
  { value: 'B7CA9D', label: 'Green' },
  { value: '99BCE3', label: 'Blue' },
] as const

/** Its address may fill it in, as AWS's does: `?account=…&roleName=…&displayName=…`. */
export function SwitchRole() {
  const [search] = useSearchParams()
  const [Account, setAccount] = useState(search.get('account') ?? '')
  const [RoleName, setRoleName] = useState(search.get('roleName') ?? '')
  const [DisplayName, setDisplayName] = useState(search.get('displayName') ?? '')
  const [Color, setColor] = useState<string>(search.get('color') ?? COLORS[4].value)
  const [isTried, setTried] = useState(false)
  const become = useBecome()
  const perform = () =>
    become('SwitchRole', {
      Account: Account.trim(),
      RoleName: RoleName.trim(),
      Color,
      ...(DisplayName !== '' && { DisplayName }),
    })
  return (
    <FormPage
      title="Switch role"
      description="Act with the permissions of a role instead of your own. Your sign-in, and how you proved MFA, decide whether you may."
      submitText="Switch role"
      cancelTo={links.dashboard}
      perform={perform}
      validate={() => {
        setTried(true)
        return Account.trim() === '' || RoleName.trim() === '' ? 'Something is missing.' : undefined
      }}
      done={`You act as role ${RoleName}.`}
      doneTo={links.dashboard}
    >
      <Container>
        <SpaceBetween size="l">
          <FormField
            label="Account ID or alias"
            {...(isTried && Account.trim() === '' && { errorText: 'Enter an account.' })}
          >
            <Input value={Account} onChange={({ detail }) => setAccount(detail.value)} />
          </FormField>
          <FormField
            label="IAM role name"
            description="With its path, if it has one."
            {...(isTried && RoleName.trim() === '' && { errorText: 'Enter the name of a role.' })}
          >
            <Input value={RoleName} onChange={({ detail }) => setRoleName(detail.value)} />
          </FormField>
          <FormField
            label="Display name - optional"
            description="What the navigation shows while you act as the role."
          >
            <Input value={DisplayName} onChange={({ detail }) => setDisplayName(detail.value)} />
          </FormField>
          <FormField label="Display color">
            <RadioGroup
              direction="horizontal"
              value={Color}
              items={COLORS}
              onChange={({ detail }) => setColor(detail.value)}
            />
          </FormField>
        </SpaceBetween>
      </Container>
    </FormPage>
  )
}
