// The policies that speak for an identity, with the way by which each came to it.
import { typeOfPolicy } from '../../api/arns.ts'
import { ACCOUNT } from '../../api/queries.ts'
import type { UseQueryResult } from '@tanstack/react-query'
import { useQuery } from '@tanstack/react-query'
import { readPages } from '../../api/pages.ts'
import type { Identity } from './identity.ts'
import { IDENTITIES } from './identity.ts'

export type Permission = {
  readonly name: string
  /** Undefined: an inline policy. */
  readonly arn: string | undefined
  /** To whom it is attached, or in whom it is inline: the identity itself or a group of the user's. */
  readonly via: Identity
}

export function typeOf({ arn }: Permission): string {
  if (arn === undefined) return 'Customer inline'
  return typeOfPolicy(arn)
}

/** The identity's own policies, and a user's groups'. */
export function usePermissions(identity: Identity): UseQueryResult<readonly Permission[]> {
  return useQuery({
    queryKey: [ACCOUNT, 'permissions', identity],
    queryFn: async () => {
      const groups = identity.kind === 'user' ? await groupsOf(identity.name) : []
      const lists = await Promise.all([identity, ...groups].map(ownPermissions))
      return lists.flat()
    },
  })
}

async function groupsOf(UserName: string): Promise<readonly Identity[]> {
  const groups = await readPages('ListGroupsForUser', 'Groups', { UserName })
  return groups.map(({ GroupName = '' }) => ({ kind: 'group', name: GroupName }))
}

async function ownPermissions(via: Identity): Promise<readonly Permission[]> {
  const { attached, inlineNames } = IDENTITIES[via.kind]
  const [managed, inline] = await Promise.all([attached(via.name), inlineNames(via.name)])
  return [
    ...managed.map(({ PolicyName = '', PolicyArn }) => ({ name: PolicyName, arn: PolicyArn, via })),
    ...inline.map(name => ({ name, arn: undefined, via })),
  ]
}
