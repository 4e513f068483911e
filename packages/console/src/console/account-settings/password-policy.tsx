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
import { known } from '../../api/reading.ts'
import { ConsoleButton } from '../console-button.tsx'
import { ConfirmModal } from '../confirm-modal.tsx'
import { links } from '../links.ts'
import { Read } from '../read.tsx'
import type { PasswordRules } from './password-rules.ts'
import { DEFAULT_RULES, RULES, rulesOf } from './password-rules.ts'

export function PasswordPolicy() {
  const reading = useIamIfThere('GetAccountPasswordPolicy', {})
  const [isDeleting, setDeleting] = useState(false)
  const answer = known(reading)
  return (
    <Container
      header={
        <Header
          variant="h2"
          description={answer !== undefined && sourceOf(answer?.PasswordPolicy)}
          actions={
            <SpaceBetween direction="horizontal" size="xs">
              {answer && <Button onClick={() => setDeleting(true)}>Return to default</Button>}
              <ConsoleButton to={links.passwordPolicy}>Edit</ConsoleButton>
            </SpaceBetween>
          }
        >
          Password policy
        </Header>
      }
    >
      <Read of={reading} what="The password policy">
        {answer => (
          <Rules rules={answer?.PasswordPolicy ? rulesOf(answer.PasswordPolicy) : DEFAULT_RULES} />
        )}
      </Read>
      {isDeleting && (
        <ConfirmModal
          title="Return to the default password policy?"
          confirmation="default"
          verb="Delete"
          done="The default password policy of IAM holds."
          perform={() => iam('DeleteAccountPasswordPolicy', {})}
          onClose={() => setDeleting(false)}
        >
          The account's own policy is deleted. Passwords that are set from then on obey the default
          one.
        </ConfirmModal>
      )}
    </Container>
  )
}

const sourceOf = (policy: object | undefined) =>
  policy
    ? "The account's own policy."
    : 'The default policy of IAM: three of the four kinds of characters, and not the user name.'

function Rules({ rules }: { readonly rules: PasswordRules }) {
  const { MinimumPasswordLength, MaxPasswordAge, PasswordReusePrevention } = rules
  return (
    <SpaceBetween size="m">
      <KeyValuePairs
        columns={3}
        items={[
          { label: 'Minimum length', value: `${MinimumPasswordLength} characters` },
          {
            label: 'Expiration',
            value: MaxPasswordAge === '' ? 'Never' : `After ${MaxPasswordAge} days`,
          },
          {
            label: 'Reuse',
            value:
              PasswordReusePrevention === ''
                ? 'Allowed'
                : `Not of the last ${PasswordReusePrevention}`,
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
  )
}
