// The root user gives the e-mail address of the account first (https://docs.aws.amazon.com/signin/latest/userguide/introduction-to-root-user-sign-in-tutorial.html).
// Whether there is such an account, the next page does not tell.
import Button from '@cloudscape-design/components/button'
import Container from '@cloudscape-design/components/container'
import FormField from '@cloudscape-design/components/form-field'
import Header from '@cloudscape-design/components/header'
import Input from '@cloudscape-design/components/input'
import SpaceBetween from '@cloudscape-design/components/space-between'
import { useState } from 'react'

export function RootUser({ onNext }: { readonly onNext: (email: string) => void }) {
  const [email, setEmail] = useState('')
  const [problem, setProblem] = useState<string>()

  function next() {
    const isAddress = /^[^\s@]+@[^\s@]+$/.test(email.trim())
    if (isAddress) onNext(email.trim())
    else setProblem('Enter an e-mail address.')
  }

  return (
    <Container
      header={
        <Header variant="h2" description="The owner of the account, for the few tasks that need it">
          Root user
        </Header>
      }
    >
      <form
        noValidate
        onSubmit={event => {
          event.preventDefault()
          next()
        }}
      >
        <SpaceBetween size="m">
          <FormField
            label="Root user email address"
            errorText={problem}
            i18nStrings={{ errorIconAriaLabel: 'Error' }}
            stretch
          >
            <Input
              name="email"
              type="email"
              value={email}
              autoComplete="username"
              disableBrowserAutocorrect
              spellcheck={false}
              ariaRequired
              onChange={({ detail }) => setEmail(detail.value)}
            />
          </FormField>
          <Button fullWidth>Next</Button>
        </SpaceBetween>
      </form>
    </Container>
  )
}
