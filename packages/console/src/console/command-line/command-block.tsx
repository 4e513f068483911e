// A command with its reason and a button that copies it.
import Container from '@cloudscape-design/components/container'
import CopyToClipboard from '@cloudscape-design/components/copy-to-clipboard'
import Header from '@cloudscape-design/components/header'
import SpaceBetween from '@cloudscape-design/components/space-between'
import type { ReactNode } from 'react'
import styles from './command-block.module.css'
import type { Command } from './commands.ts'

export function CommandBlock({
  title,
  why,
  text,
  children,
}: Command & {
  /** What the command is made of. */
  readonly children?: ReactNode
}) {
  return (
    <Container
      header={
        <Header
          variant="h2"
          description={why}
          actions={
            <CopyToClipboard
              textToCopy={text}
              copyButtonText="Copy"
              copyButtonAriaLabel={`Copy: ${title}`}
              copySuccessText="Copied"
              copyErrorText="It could not be copied"
            />
          }
        >
          {title}
        </Header>
      }
    >
      <SpaceBetween size="m">
        {children}
        {/* It may be wider than a phone: then the keyboard must be able to scroll it. */}
        <pre className={styles['command']} tabIndex={0} aria-label={title}>
          {text}
        </pre>
      </SpaceBetween>
    </Container>
  )
}
