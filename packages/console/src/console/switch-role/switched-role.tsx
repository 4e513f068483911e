// The strip that says, in the colour that was chosen, as which role somebody acts.
import { nameInArn } from '../../api/arns.ts'
import { useSession } from '../shell/session.ts'
import styles from './switched-role.module.css'

export function SwitchedRole() {
  const role = useSession()?.switchedRole
  if (role === undefined) return null
  const { DisplayName, RoleArn, SignedInAs, Color = '99BCE3' } = role
  return (
    <div className={styles['strip']} style={{ background: `#${Color}` }} role="status">
      You act as <strong>{DisplayName}</strong> ({RoleArn}), signed in as {nameInArn(SignedInAs)}
    </div>
  )
}
