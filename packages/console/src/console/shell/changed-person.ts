// What somebody is told whose page was loaded anew, because it was another session's.
import { useEffect, useState } from 'react'
import { nameInArn } from '../../api/arns.ts'
import { takeFormerArn } from '../../api/session-over.ts'
import { useNotify } from './notifications.tsx'
import type { Session } from './session.ts'
import { actorOf, useSession } from './session.ts'

/** Says it once it is known who is signed in now. */
export function ChangedPerson() {
  const session = useSession()
  const notify = useNotify()
  const [former, setFormer] = useState(takeFormerArn)
  useEffect(() => {
    if (session === undefined || former === undefined) return
    notify(whatChanged(session, former), 'info')
    setFormer(undefined)
  }, [session, former, notify])
  return null
}

function whatChanged(session: Session, former: string): string {
  const now = actorOf(session)
  return former === session.arn
    ? `You are still ${now}, but signed in or switched roles anew in another tab. Since then, nothing was done from this page.`
    : `You are ${now} now: somebody signed in, or switched roles, in another tab while this page was still ${nameInArn(former)}’s. Since then, nothing was done from it.`
}
