// A text with a button that copies it: ARNs above all.
import CopyToClipboard from '@cloudscape-design/components/copy-to-clipboard'

export function Copied({ text, what }: { readonly text: string; readonly what: string }) {
  return (
    <CopyToClipboard
      variant="inline"
      textToCopy={text}
      copyButtonAriaLabel={`Copy ${what}`}
      copySuccessText="Copied"
      copyErrorText="Not copied"
    />
  )
}
