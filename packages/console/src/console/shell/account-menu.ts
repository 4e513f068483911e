// Who is signed in, to which account and in which role, and the way out, which there is even where the rest is not known.
import type { ButtonDropdownProps } from '@cloudscape-design/components/button-dropdown'
import type { TopNavigationProps } from '@cloudscape-design/components/top-navigation'
import { nameInArn } from '../../api/arns.ts'
import { links } from '../links.ts'
import { useSwitchBack } from '../switch-role/become.ts'
import { useFollow } from '../use-follow.ts'
import { useNotify } from './notifications.tsx'
import type { Session } from './session.ts'
import { actorOf, useSession } from './session.ts'
import { signOut } from './sign-out.ts'

export function useAccountMenu(): TopNavigationProps.Utility {
  const session = useSession()
  const { hrefOf, follow } = useFollow()
  const switchBack = useSwitchBack()
  const notify = useNotify()
  const page = (text: string, to: string) => ({ id: to, text, href: hrefOf(to) })
  return {
    type: 'menu-dropdown',
    iconName: 'user-profile',
    ...labelsOf(session),
    items: [
      ...(session ? [{ text: session.arn, items: itemsOf(session, page) }] : []),
      { id: SIGN_OUT, text: 'Sign out' },
    ],
    onItemClick: event => {
      const { id } = event.detail
      if (id === SIGN_OUT) signOut().catch((error: Error) => notify(error.message, 'error'))
      else if (id === SWITCH_BACK) switchBack()
      else follow(event)
    },
  }
}

const SIGN_OUT = 'sign-out'
const SWITCH_BACK = 'switch-back'

function labelsOf(session: Session | undefined) {
  if (session === undefined) return { text: 'Account' }
  return { text: actorOf(session), description: `Account ${session.account}` }
}

/** A role has no credentials of its own. */
function itemsOf(
  { switchedRole }: Session,
  page: (text: string, to: string) => ButtonDropdownProps.Item,
): readonly ButtonDropdownProps.Item[] {
  const switchRole = page('Switch role', links.switchRole)
  if (switchedRole) {
    const text = `Switch back to ${nameInArn(switchedRole.SignedInAs)}`
    return [switchRole, { id: SWITCH_BACK, text }]
  }
  return [
    page('Security credentials', links.securityCredentials),
    page('Command line', links.commandLine),
    switchRole,
  ]
}
