// Tags of users. Their keys compare ignoring case.
import type {
  ListUserTagsRequest,
  ListUserTagsResponse,
  TagUserRequest,
  UntagUserRequest,
} from '@aws-sdk/client-iam'
import type { Operations } from '../operation.ts'
import { operation } from '../operation.ts'
import { addTags, pageOfTags, removeTags } from './tags.ts'
import { onUser, theUser } from './user-lookup.ts'

// https://docs.aws.amazon.com/IAM/latest/APIReference/API_TagUser.html
export const TagUser = operation<TagUserRequest>({
  changes: true,

  permissions: async ({ UserName, Tags }, context) => [
    await onUser('iam:TagUser', context, UserName, { requestTags: Tags }),
  ],

  async perform({ UserName, Tags }, context) {
    const { userId } = await theUser(context, UserName)
    await addTags(context, userId, Tags, 'ignoring case')
  },
})

// https://docs.aws.amazon.com/IAM/latest/APIReference/API_UntagUser.html
export const UntagUser = operation<UntagUserRequest>({
  changes: true,

  permissions: async ({ UserName, TagKeys }, context) => [
    await onUser('iam:UntagUser', context, UserName, { requestTagKeys: TagKeys }),
  ],

  async perform({ UserName, TagKeys }, context) {
    const { userId } = await theUser(context, UserName)
    await removeTags(context, userId, TagKeys, 'ignoring case')
  },
})

// https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListUserTags.html
export const ListUserTags = operation<ListUserTagsRequest, ListUserTagsResponse>({
  permissions: async ({ UserName }, context) => [
    await onUser('iam:ListUserTags', context, UserName),
  ],

  async perform({ UserName, ...input }, context) {
    const { userId } = await theUser(context, UserName)
    const { items, paging } = await pageOfTags(input, context, userId)
    return { Tags: [...items], ...paging }
  },
})

export const userTagOperations = { TagUser, UntagUser, ListUserTags } satisfies Operations
