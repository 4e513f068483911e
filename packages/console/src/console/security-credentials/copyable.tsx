// A text that people take elsewhere.
import CopyToClipboard from '@cloudscape-design/components/copy-to-clipboard'

export function Copyable({ what, text }: { readonly what: string; readonly text: string }) {
  return (
    <CopyToClipboard
      variant="inline"
      wrapText
      textToCopy={text}
      copyButtonAriaLabel={`Copy ${what}`}
      copySuccessText={`${what} copied`}
      copyErrorText={`${what} could not be copied`}
    />
  )
}
