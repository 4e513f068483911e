// The pages on which users, groups and roles are given policies, for whom the address names.
import type { ComponentType } from 'react'
import { useParams } from 'react-router'
import { AttachPolicies } from './attach-policies.tsx'
import type { Identity, IdentityKind } from './identity.ts'
import { InlinePolicy } from './inline-policy.tsx'

type Pages = Readonly<Record<IdentityKind, ComponentType>>

export const ATTACH_POLICIES = pagesOf(AttachPolicies)
export const INLINE_POLICY = pagesOf(InlinePolicy)

function pagesOf(Page: ComponentType<{ readonly identity: Identity }>): Pages {
  const of = (kind: IdentityKind, parameter: string) =>
    function IdentityPage() {
      const { [parameter]: name = '' } = useParams()
      return <Page identity={{ kind, name }} />
    }
  return {
    user: of('user', 'userName'),
    group: of('group', 'groupName'),
    role: of('role', 'roleName'),
  }
}
