// Who acts here may change elsewhere: another tab signs out and in, or switches a role. This tab must not go on under the old name, with what
// the old one was shown, while each of its calls is the new one's. Whenever somebody comes back to it, it asks who they are.
import { useEffect, useRef } from 'react'
import { useSignin } from '../../api/signin.ts'

/** Loads the page anew where it is somebody else's. */
export function useSamePerson(): void {
  const { data, refetch } = useSignin('GetSession', {})
  const person = data && [data.Account, data.Arn, data.SwitchedRole?.RoleArn].join(' ')
  const believed = useRef<string>(undefined)
  useEffect(() => {
    // Undefined: a role was switched in this tab, and what was read is forgotten already.
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
