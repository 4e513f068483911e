// Tags of managed policies. Their keys compare exactly.
import type {
  ListPolicyTagsRequest,
  ListPolicyTagsResponse,
  TagPolicyRequest,
  UntagPolicyRequest,
} from '@aws-sdk/client-iam'
import type { Operations } from '../operation.ts'
import { operation } from '../operation.ts'
import { checkOwn, onPolicy, thePolicy, thePolicyToRead } from './policies.ts'
import { addTags, pageOfTags, removeTags } from './tags.ts'

// https://docs.aws.amazon.com/IAM/latest/APIReference/API_TagPolicy.html
export const TagPolicy = operation<TagPolicyRequest>({
  changes: true,

  permissions: async ({ PolicyArn, Tags }, context) => [
    await onPolicy('iam:TagPolicy', context, PolicyArn, { requestTags: Tags }),
  ],

  async perform({ PolicyArn, Tags }, context) {
    checkOwn(context, PolicyArn, 'tag policies')
    const { policyId } = await thePolicy(context, PolicyArn)
    await addTags(context, policyId, Tags, 'exact')
  },
})

// https://docs.aws.amazon.com/IAM/latest/APIReference/API_UntagPolicy.html
export const UntagPolicy = operation<UntagPolicyRequest>({
  changes: true,

  permissions: async ({ PolicyArn, TagKeys }, context) => [
    await onPolicy('iam:UntagPolicy', context, PolicyArn, { requestTagKeys: TagKeys }),
  ],

  async perform({ PolicyArn, TagKeys }, context) {
    checkOwn(context, PolicyArn, 'untag policies')
    const { policyId } = await thePolicy(context, PolicyArn)
    await removeTags(context, policyId, TagKeys, 'exact')
  },
})

// https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListPolicyTags.html
export const ListPolicyTags = operation<ListPolicyTagsRequest, ListPolicyTagsResponse>({
  permissions: async ({ PolicyArn }, context) => [
    await onPolicy('iam:ListPolicyTags', context, PolicyArn),
  ],

  async perform({ PolicyArn, ...input }, context) {
    const { policyId } = await thePolicyToRead(context, 'iam:ListPolicyTags', PolicyArn)
    const { items, paging } = await pageOfTags(input, context, policyId)
    return { Tags: [...items], ...paging }
  },
})

export const policyTagOperations = { TagPolicy, UntagPolicy, ListPolicyTags } satisfies Operations
