// Tags of roles. Their keys compare ignoring case.
import type {
  ListRoleTagsRequest,
  ListRoleTagsResponse,
  TagRoleRequest,
  UntagRoleRequest,
} from '@aws-sdk/client-iam'
import type { Operations } from '../operation.ts'
import { operation } from '../operation.ts'
import { onRole, theRole } from './role-lookup.ts'
import { addTags, pageOfTags, removeTags } from './tags.ts'

// https://docs.aws.amazon.com/IAM/latest/APIReference/API_TagRole.html
export const TagRole = operation<TagRoleRequest>({
  changes: true,
  permissions: async ({ RoleName, Tags }, context) => [
    await onRole('iam:TagRole', context, RoleName, { requestTags: Tags }),
  ],
  async perform({ RoleName, Tags }, context) {
    const { roleId } = await theRole(context, RoleName)
    await addTags(context, roleId, Tags, 'ignoring case')
  },
})

// https://docs.aws.amazon.com/IAM/latest/APIReference/API_UntagRole.html
export const UntagRole = operation<UntagRoleRequest>({
  changes: true,
  permissions: async ({ RoleName, TagKeys }, context) => [
    await onRole('iam:UntagRole', context, RoleName, { requestTagKeys: TagKeys }),
  ],
  async perform({ RoleName, TagKeys }, context) {
    const { roleId } = await theRole(context, RoleName)
    await removeTags(context, roleId, TagKeys, 'ignoring case')
  },
})

// https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListRoleTags.html
export const ListRoleTags = operation<ListRoleTagsRequest, ListRoleTagsResponse>({
  permissions: async ({ RoleName }, context) => [
    await onRole('iam:ListRoleTags', context, RoleName),
  ],
  async perform(input, context) {
    const { roleId } = await theRole(context, input.RoleName)
    const { items, paging } = await pageOfTags(input, context, roleId)
    return { Tags: [...items], ...paging }
  },
})

export const roleTagOperations = { TagRole, UntagRole, ListRoleTags } satisfies Operations
