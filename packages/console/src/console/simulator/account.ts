// The account as policies see it, made of what GetAccountAuthorizationDetails answers: who is in it, and which documents speak for each.
// https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetAccountAuthorizationDetails.html
import type {
  AttachedPolicy,
  GroupDetail,
  ManagedPolicyDetail,
  PolicyDetail,
  RoleDetail,
  Tag,
  UserDetail,
} from '@aws-sdk/client-iam'
import type { PolicyKind, PolicySource } from '@twinlock/policy'
import { decodeDocument } from '../../api/policy-document.ts'

export type PolicyText = {
  readonly source: PolicySource
  readonly kind: PolicyKind
  /** Undefined for one that is attached but whose document was not answered. */
  readonly text: string | undefined
  /** To whom an inline policy belongs. */
  readonly owner?: { readonly kind: 'user' | 'group' | 'role'; readonly name: string }
}

export type Principal = {
  readonly kind: 'user' | 'role'
  readonly name: string
  readonly path: string
  readonly arn: string
  /** AIDA… or AROA… */
  readonly id: string
  readonly tags: readonly Tag[]
  /** Inline and attached, a user's groups' too. */
  readonly policies: readonly PolicyText[]
  readonly boundary: PolicyText | undefined
  /** A role's. */
  readonly trust: PolicyText | undefined
}

export type AuthorizationDetails = {
  readonly UserDetailList: readonly UserDetail[]
  readonly GroupDetailList: readonly GroupDetail[]
  readonly RoleDetailList: readonly RoleDetail[]
  readonly Policies: readonly ManagedPolicyDetail[]
}

/** Users, then roles. */
export function principalsIn(details: AuthorizationDetails): readonly Principal[] {
  const texts = new Map(details.Policies.map(policy => [policy.Arn, defaultText(policy)]))
  const managed = (arn: string, kind: 'identity' | 'boundary'): PolicyText => ({
    source: { type: kind === 'identity' ? 'managed' : 'boundary', name: nameIn(arn), arn },
    kind,
    text: texts.get(arn),
  })
  const attached = (policies: readonly AttachedPolicy[] = []) =>
    policies.map(({ PolicyArn = '' }) => managed(PolicyArn, 'identity'))
  const boundary = (arn: string | undefined) =>
    arn === undefined ? undefined : managed(arn, 'boundary')
  const groups = new Map(
    details.GroupDetailList.map(group => [
      group.GroupName,
      [
        ...inline('group', group.GroupName, group.GroupPolicyList),
        ...attached(group.AttachedManagedPolicies),
      ],
    ]),
  )

  const users = details.UserDetailList.map((user): Principal => ({
    kind: 'user',
    name: user.UserName ?? '',
    path: user.Path ?? '/',
    arn: user.Arn ?? '',
    id: user.UserId ?? '',
    tags: user.Tags ?? [],
    policies: [
      ...inline('user', user.UserName, user.UserPolicyList),
      ...attached(user.AttachedManagedPolicies),
      ...(user.GroupList ?? []).flatMap(group => groups.get(group) ?? []),
    ],
    boundary: boundary(user.PermissionsBoundary?.PermissionsBoundaryArn),
    trust: undefined,
  }))
  const roles = details.RoleDetailList.map((role): Principal => ({
    kind: 'role',
    name: role.RoleName ?? '',
    path: role.Path ?? '/',
    arn: role.Arn ?? '',
    id: role.RoleId ?? '',
    tags: role.Tags ?? [],
    policies: [
      ...inline('role', role.RoleName, role.RolePolicyList),
      ...attached(role.AttachedManagedPolicies),
    ],
    boundary: boundary(role.PermissionsBoundary?.PermissionsBoundaryArn),
    trust: {
      source: { type: 'trust', name: `trust policy of ${role.RoleName}` },
      kind: 'trust',
      text: decodeDocument(role.AssumeRolePolicyDocument),
      owner: { kind: 'role', name: role.RoleName ?? '' },
    },
  }))
  return [...users, ...roles]
}

function inline(
  kind: 'user' | 'group' | 'role',
  name = '',
  policies: readonly PolicyDetail[] = [],
): readonly PolicyText[] {
  return policies.map(({ PolicyName = '', PolicyDocument }) => ({
    source: { type: 'inline', name: `${kind}/${name}/${PolicyName}` },
    kind: 'identity',
    text: decodeDocument(PolicyDocument),
    owner: { kind, name },
  }))
}

function defaultText({ DefaultVersionId, PolicyVersionList = [] }: ManagedPolicyDetail) {
  const version = PolicyVersionList.find(({ VersionId }) => VersionId === DefaultVersionId)
  return version && decodeDocument(version.Document)
}

const nameIn = (arn: string) => arn.split('/').at(-1) ?? arn
