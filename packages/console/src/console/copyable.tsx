// A text that people take elsewhere, with a button that copies it.
import CopyToClipboard from '@cloudscape-design/components/copy-to-clipboard'
import { Breakable } from './breakable.tsx'
import styles from './copyable.module.css'

export function Copyable({ what, text }: { readonly what: string; readonly text: string }) {
  return (
    <CopyToClipboard
      variant="inline"
      wrapText
      textToCopy={text}
      textToDisplay={
        <span className={styles['text']}>
          <Breakable text={text} />
        </span>
      }
      copyButtonAriaLabel={`Copy ${what}`}
      copySuccessText="Copied"
      copyErrorText="It could not be copied"
    />
  )
}
