// When anybody last did anything as a role: lists of roles do not tell it.
import { useIam } from '../../api/queries.ts'
import { Ago } from '../instant.tsx'
import { Known } from '../known.tsx'

export function LastUsed({ roleName: RoleName }: { readonly roleName: string }) {
  return (
    <Known of={useIam('GetRole', { RoleName })}>
      {({ Role }) => <Ago at={Role?.RoleLastUsed?.LastUsedDate} />}
    </Known>
  )
}
