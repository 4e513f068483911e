// Who acts may change elsewhere: another tab signs out and in, or switches a role. This one must not go on showing what the old one was
// shown. The service does nothing for it any more; but whenever somebody comes back to it, it asks by itself.
import { useEffect, useRef } from 'react'
import { useSessionReading } from './session.ts'

/** Loads the page anew where it is somebody else's by now: a question in another session is refused, which does it. */
export function useSamePerson(): void {
  const { data, refetch } = useSessionReading()
  const person = data?.arn
  const believed = useRef<string>(undefined)
  useEffect(() => {
    // The same session, but a role's time is over. Undefined: one was switched in this tab, and what was read is forgotten already.
    if (believed.current !== undefined && person !== undefined && believed.current !== person) {
      location.reload()
    }
    believed.current = person
  }, [person])
  useEffect(() => {
    const ask = () => {
      if (document.visibilityState === 'visible') void refetch({ cancelRefetch: false })
    }
    // `pageshow`: the back button may bring a page back as it was left.
    for (const event of RETURNS) window.addEventListener(event, ask)
    return () => RETURNS.forEach(event => window.removeEventListener(event, ask))
  }, [refetch])
}

const RETURNS = ['focus', 'pageshow', 'visibilitychange'] as const
