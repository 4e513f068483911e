// What can be given to users, groups and roles in the same way, by AWS's operations for each.
import type { SizeQuota } from '@twinlock/policy'
import { iam } from '../../api/iam.ts'
import { readPages } from '../../api/pages.ts'
import { decodeDocument } from '../../api/policy-document.ts'
import { links } from '../links.ts'

export type IdentityKind = 'user' | 'group' | 'role'

export type Identity = { readonly kind: IdentityKind; readonly name: string }

/** One kind's operations, all in terms of the identity's name. */
type PolicyOperations = {
  readonly attached: (name: string) => Promise<readonly AttachedPolicy[]>
  readonly inlineNames: (name: string) => Promise<readonly string[]>
  readonly readInline: (name: string, PolicyName: string) => Promise<string>
  readonly putInline: (name: string, PolicyName: string, document: string) => Promise<unknown>
  readonly deleteInline: (name: string, PolicyName: string) => Promise<unknown>
  readonly attach: (name: string, PolicyArn: string) => Promise<unknown>
  readonly detach: (name: string, PolicyArn: string) => Promise<unknown>
  readonly link: (name: string, page?: string) => string
  readonly quota: SizeQuota
}

type AttachedPolicy = { PolicyName?: string | undefined; PolicyArn?: string | undefined }

export const IDENTITIES: Readonly<Record<IdentityKind, PolicyOperations>> = {
  user: {
    attached: UserName => readPages('ListAttachedUserPolicies', 'AttachedPolicies', { UserName }),
    inlineNames: UserName => readPages('ListUserPolicies', 'PolicyNames', { UserName }),
    readInline: async (UserName, PolicyName) =>
      decodeDocument((await iam('GetUserPolicy', { UserName, PolicyName })).PolicyDocument),
    putInline: (UserName, PolicyName, PolicyDocument) =>
      iam('PutUserPolicy', { UserName, PolicyName, PolicyDocument }),
    deleteInline: (UserName, PolicyName) => iam('DeleteUserPolicy', { UserName, PolicyName }),
    attach: (UserName, PolicyArn) => iam('AttachUserPolicy', { UserName, PolicyArn }),
    detach: (UserName, PolicyArn) => iam('DetachUserPolicy', { UserName, PolicyArn }),
    link: links.user,
    quota: 'userInlinePolicies',
  },
  group: {
    attached: GroupName =>
      readPages('ListAttachedGroupPolicies', 'AttachedPolicies', { GroupName }),
    inlineNames: GroupName => readPages('ListGroupPolicies', 'PolicyNames', { GroupName }),
    readInline: async (GroupName, PolicyName) =>
      decodeDocument((await iam('GetGroupPolicy', { GroupName, PolicyName })).PolicyDocument),
    putInline: (GroupName, PolicyName, PolicyDocument) =>
      iam('PutGroupPolicy', { GroupName, PolicyName, PolicyDocument }),
    deleteInline: (GroupName, PolicyName) => iam('DeleteGroupPolicy', { GroupName, PolicyName }),
    attach: (GroupName, PolicyArn) => iam('AttachGroupPolicy', { GroupName, PolicyArn }),
    detach: (GroupName, PolicyArn) => iam('DetachGroupPolicy', { GroupName, PolicyArn }),
    link: links.group,
    quota: 'groupInlinePolicies',
  },
  role: {
    attached: RoleName => readPages('ListAttachedRolePolicies', 'AttachedPolicies', { RoleName }),
    inlineNames: RoleName => readPages('ListRolePolicies', 'PolicyNames', { RoleName }),
    readInline: async (RoleName, PolicyName) =>
      decodeDocument((await iam('GetRolePolicy', { RoleName, PolicyName })).PolicyDocument),
    putInline: (RoleName, PolicyName, PolicyDocument) =>
      iam('PutRolePolicy', { RoleName, PolicyName, PolicyDocument }),
    deleteInline: (RoleName, PolicyName) => iam('DeleteRolePolicy', { RoleName, PolicyName }),
    attach: (RoleName, PolicyArn) => iam('AttachRolePolicy', { RoleName, PolicyArn }),
    detach: (RoleName, PolicyArn) => iam('DetachRolePolicy', { RoleName, PolicyArn }),
    link: links.role,
    quota: 'roleInlinePolicies',
  },
}
