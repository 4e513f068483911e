// The users, groups and roles to which a managed policy is attached.
import { readPages } from '../../api/pages.ts'
import type { Identity } from '../permissions/identity.ts'
import { IDENTITIES } from '../permissions/identity.ts'

export async function entitiesOf(PolicyArn: string): Promise<readonly Identity[]> {
  const input = { PolicyArn, PolicyUsageFilter: 'PermissionsPolicy' } as const
  const [users, groups, roles] = await Promise.all([
    readPages('ListEntitiesForPolicy', 'PolicyUsers', { ...input, EntityFilter: 'User' }),
    readPages('ListEntitiesForPolicy', 'PolicyGroups', { ...input, EntityFilter: 'Group' }),
    readPages('ListEntitiesForPolicy', 'PolicyRoles', { ...input, EntityFilter: 'Role' }),
  ])
  return [
    ...users.map(({ UserName = '' }) => ({ kind: 'user', name: UserName }) as const),
    ...groups.map(({ GroupName = '' }) => ({ kind: 'group', name: GroupName }) as const),
    ...roles.map(({ RoleName = '' }) => ({ kind: 'role', name: RoleName }) as const),
  ]
}

export const detachEntity = (PolicyArn: string, { kind, name }: Identity) =>
  IDENTITIES[kind].detach(name, PolicyArn)

export const attachEntity = (PolicyArn: string, { kind, name }: Identity) =>
  IDENTITIES[kind].attach(name, PolicyArn)

/** All to whom a policy can be attached. */
export async function allEntities(): Promise<readonly Identity[]> {
  const [users, groups, roles] = await Promise.all([
    readPages('ListUsers', 'Users', {}),
    readPages('ListGroups', 'Groups', {}),
    readPages('ListRoles', 'Roles', {}),
  ])
  return [
    ...users.map(({ UserName = '' }) => ({ kind: 'user', name: UserName }) as const),
    ...groups.map(({ GroupName = '' }) => ({ kind: 'group', name: GroupName }) as const),
    ...roles.map(({ RoleName = '' }) => ({ kind: 'role', name: RoleName }) as const),
  ]
}
