// A password that was set, for this once: how to sign in with it, ready to hand over.
import Alert from '@cloudscape-design/components/alert'
import CopyToClipboard from '@cloudscape-design/components/copy-to-clipboard'
import KeyValuePairs from '@cloudscape-design/components/key-value-pairs'
import SpaceBetween from '@cloudscape-design/components/space-between'
import { useState } from 'react'
import Button from '@cloudscape-design/components/button'
import { Copyable } from '../copyable.tsx'
import { signInUrl } from '../links.ts'
import { useSession } from '../shell/session.ts'

type Props = { readonly userName: string; readonly password: string }

export function ShownPassword({ userName, password }: Props) {
  const session = useSession()
  const [isShown, setShown] = useState(false)
  const url = signInUrl(session?.alias ?? session?.account ?? '')
  return (
    <SpaceBetween size="m">
      <Alert type="warning">
        This is the only time that this password can be seen or copied. Hand it over by a way that
        you trust.
      </Alert>
      <KeyValuePairs
        columns={1}
        items={[
          { label: 'Console sign-in URL', value: <Copyable text={url} what="sign-in URL" /> },
          { label: 'User name', value: <Copyable text={userName} what="user name" /> },
          {
            label: 'Console password',
            value: (
              <SpaceBetween direction="horizontal" size="xs" alignItems="center">
                <code>{isShown ? password : '•'.repeat(12)}</code>
                <Button variant="inline-link" onClick={() => setShown(!isShown)}>
                  {isShown ? 'Hide' : 'Show'}
                </Button>
                <CopyToClipboard
                  variant="icon"
                  textToCopy={password}
                  copyButtonAriaLabel="Copy password"
                  copySuccessText="Copied"
                  copyErrorText="Not copied"
                />
              </SpaceBetween>
            ),
          },
        ]}
      />
    </SpaceBetween>
  )
}
