// An ARN or an address, which breaks at the ends of its parts and not within a word.
import { Fragment } from 'react'

export function Breakable({ text }: { readonly text: string }) {
  return text.split(/(?<=[:/?&@])/).map((part, place) => (
    <Fragment key={place}>
      {place > 0 && <wbr />}
      {part}
    </Fragment>
  ))
}
