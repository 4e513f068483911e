// Which account this is, and where its users sign in.
import Container from '@cloudscape-design/components/container'
import Header from '@cloudscape-design/components/header'
import KeyValuePairs from '@cloudscape-design/components/key-value-pairs'
import { ConsoleLink } from '../console-link.tsx'
import { Copied } from '../copied.tsx'
import { links } from '../links.ts'
import { useSession } from '../shell/session.ts'

export function AccountDetails() {
  const session = useSession()
  const account = session?.account ?? '-'
  return (
    <Container header={<Header variant="h2">AWS account</Header>}>
      <KeyValuePairs
        columns={1}
        items={[
          { label: 'Account ID', value: <Copied text={account} what="account ID" /> },
          {
            label: 'Account alias',
            value: session?.alias ?? (
              <ConsoleLink to={links.accountSettings}>Create an alias</ConsoleLink>
            ),
          },
          {
            label: 'Sign-in URL for IAM users in this account',
            value: <Copied text={signInUrl(session?.alias ?? account)} what="sign-in URL" />,
          },
        ]}
      />
    </Container>
  )
}

/** @param account id or alias */
const signInUrl = (account: string) =>
  `${location.origin}/signin?account=${encodeURIComponent(account)}`
