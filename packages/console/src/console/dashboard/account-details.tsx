// Which account this is, and where its users sign in.
import Container from '@cloudscape-design/components/container'
import Header from '@cloudscape-design/components/header'
import KeyValuePairs from '@cloudscape-design/components/key-value-pairs'
import { ConsoleLink } from '../console-link.tsx'
import { Copyable } from '../copyable.tsx'
import { links, signInUrl } from '../links.ts'
import { useSession } from '../shell/session.ts'

export function AccountDetails() {
  const session = useSession()
  const account = session?.account ?? '-'
  return (
    <Container header={<Header variant="h2">AWS account</Header>}>
      <KeyValuePairs
        columns={1}
        items={[
          { label: 'Account ID', value: <Copyable text={account} what="account ID" /> },
          {
            label: 'Account alias',
            value: session?.alias ?? (
              <ConsoleLink to={links.accountSettings}>Create an alias</ConsoleLink>
            ),
          },
          {
            label: 'Sign-in URL for IAM users in this account',
            value: <Copyable text={signInUrl(session?.alias ?? account)} what="sign-in URL" />,
          },
        ]}
      />
    </Container>
  )
}
