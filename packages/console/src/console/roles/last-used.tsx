import { useIam } from '../../api/queries.ts'
import { Ago } from '../instant.tsx'

/** When anybody last did anything as the role: lists of roles don't tell it. */
export function LastUsed({ roleName: RoleName }: { readonly roleName: string }) {
  const { data } = useIam('GetRole', { RoleName })
  if (data === undefined) return '-'
  return <Ago at={data.Role?.RoleLastUsed?.LastUsedDate} />
}
