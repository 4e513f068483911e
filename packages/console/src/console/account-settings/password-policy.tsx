// What passwords of IAM users must be like.
import Button from '@cloudscape-design/components/button'
import Container from '@cloudscape-design/components/container'
import Header from '@cloudscape-design/components/header'
import KeyValuePairs from '@cloudscape-design/components/key-value-pairs'
import SpaceBetween from '@cloudscape-design/components/space-between'
import StatusIndicator from '@cloudscape-design/components/status-indicator'
import { useState } from 'react'
import { iam } from '../../api/iam.ts'
import { useIamIfThere } from '../../api/queries.ts'
import { ConsoleButton } from '../console-button.tsx'
import { DeleteModal } from '../delete-modal.tsx'
import { Failure } from '../failure.tsx'
import { links } from '../links.ts'
import { DEFAULT_RULES, RULES, rulesOf } from './password-rules.ts'

export function PasswordPolicy() {
  const { data, error } = useIamIfThere('GetAccountPasswordPolicy', {})
  const [isDeleting, setDeleting] = useState(false)
  const policy = data?.PasswordPolicy
  const rules = policy ? rulesOf(policy) : DEFAULT_RULES
  return (
    <Container
      header={
        <Header
          variant="h2"
          description={
            policy
              ? "The account's own policy."
              : 'The default policy of IAM: three of the four kinds of characters, and not the user name.'
          }
          actions={
            <SpaceBetween direction="horizontal" size="xs">
              {policy && <Button onClick={() => setDeleting(true)}>Return to default</Button>}
              <ConsoleButton to={links.passwordPolicy}>Edit</ConsoleButton>
            </SpaceBetween>
          }
        >
          Password policy
        </Header>
      }
    >
      {error && <Failure error={error} />}
      {data !== undefined && (
        <SpaceBetween size="m">
          <KeyValuePairs
            columns={3}
            items={[
              { label: 'Minimum length', value: `${rules.MinimumPasswordLength} characters` },
              {
                label: 'Expiration',
                value: rules.MaxPasswordAge === '' ? 'Never' : `After ${rules.MaxPasswordAge} days`,
              },
              {
                label: 'Reuse',
                value:
                  rules.PasswordReusePrevention === ''
                    ? 'Allowed'
                    : `Not of the last ${rules.PasswordReusePrevention}`,
              },
            ]}
          />
          <SpaceBetween size="xxs">
            {RULES.map(({ key, label }) => (
              <div key={key}>
                <StatusIndicator type={rules[key] ? 'success' : 'stopped'}>
                  {label}
                  {!rules[key] && ': no'}
                </StatusIndicator>
              </div>
            ))}
          </SpaceBetween>
        </SpaceBetween>
      )}
      {isDeleting && (
        <DeleteModal
          title="Return to the default password policy?"
          confirmation="default"
          verb="Delete"
          done="The default password policy of IAM holds."
          perform={() => iam('DeleteAccountPasswordPolicy', {})}
          onClose={() => setDeleting(false)}
        >
          The account's own policy is deleted. Passwords that are set from then on obey the default
          one.
        </DeleteModal>
      )}
    </Container>
  )
}
