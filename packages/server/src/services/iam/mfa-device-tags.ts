// Tags of virtual MFA devices. Their keys compare exactly, unlike those of users and roles; no other device can be tagged.
import type {
  ListMFADeviceTagsRequest,
  ListMFADeviceTagsResponse,
  TagMFADeviceRequest,
  UntagMFADeviceRequest,
} from '@aws-sdk/client-iam'
import type { Operations } from '../operation.ts'
import { operation } from '../operation.ts'
import { addTags, pageOfTags, removeTags } from './tags.ts'
import { onMfaDevice, theVirtualMfaDevice } from './virtual-mfa-devices.ts'

// https://docs.aws.amazon.com/IAM/latest/APIReference/API_TagMFADevice.html
export const TagMFADevice = operation<TagMFADeviceRequest>({
  changes: true,
  permissions: async ({ SerialNumber, Tags }, context) => [
    await onMfaDevice('iam:TagMFADevice', context, SerialNumber, { requestTags: Tags }),
  ],
  async perform({ SerialNumber, Tags }, context) {
    const { serialNumber } = await theVirtualMfaDevice(context, SerialNumber)
    await addTags(context, serialNumber, Tags, 'exact')
  },
})

// https://docs.aws.amazon.com/IAM/latest/APIReference/API_UntagMFADevice.html
export const UntagMFADevice = operation<UntagMFADeviceRequest>({
  changes: true,
  permissions: async ({ SerialNumber, TagKeys }, context) => [
    await onMfaDevice('iam:UntagMFADevice', context, SerialNumber, { requestTagKeys: TagKeys }),
  ],
  async perform({ SerialNumber, TagKeys }, context) {
    const { serialNumber } = await theVirtualMfaDevice(context, SerialNumber)
    await removeTags(context, serialNumber, TagKeys, 'exact')
  },
})

// https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListMFADeviceTags.html
export const ListMFADeviceTags = operation<ListMFADeviceTagsRequest, ListMFADeviceTagsResponse>({
  permissions: async ({ SerialNumber }, context) => [
    await onMfaDevice('iam:ListMFADeviceTags', context, SerialNumber),
  ],
  async perform({ SerialNumber, ...input }, context) {
    const { serialNumber } = await theVirtualMfaDevice(context, SerialNumber)
    const { items, paging } = await pageOfTags(input, context, serialNumber)
    return { Tags: [...items], ...paging }
  },
})

export const mfaDeviceTagOperations = {
  TagMFADevice,
  UntagMFADevice,
  ListMFADeviceTags,
} satisfies Operations
