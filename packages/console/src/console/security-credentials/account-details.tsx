// What others ask for when they grant something: account and ARN.
import Container from '@cloudscape-design/components/container'
import Header from '@cloudscape-design/components/header'
import KeyValuePairs from '@cloudscape-design/components/key-value-pairs'
import type { Session } from '../shell/session.ts'
import { Copyable } from '../copyable.tsx'

export function AccountDetails({ session }: { readonly session: Session }) {
  return (
    <Container header={<Header variant="h2">Account details</Header>}>
      <KeyValuePairs
        columns={2}
        minColumnWidth={220}
        items={[
          { label: 'Account ID', value: <Copyable what="Account ID" text={session.account} /> },
          { label: 'ARN', value: <Copyable what="ARN" text={session.arn} /> },
        ]}
      />
    </Container>
  )
}
