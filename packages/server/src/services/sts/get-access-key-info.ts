// https://docs.aws.amazon.com/STS/latest/APIReference/API_GetAccessKeyInfo.html
// The account that an access key id names. It is read from the id itself, so it says nothing of whether the key exists.
import type { GetAccessKeyInfoRequest, GetAccessKeyInfoResponse } from '@aws-sdk/client-sts'
import { AwsError } from '@twinlock/protocol'
import { accountOfId } from '../../identifiers/unique-ids.ts'
import { operation } from '../operation.ts'

export const GetAccessKeyInfo = operation<GetAccessKeyInfoRequest, GetAccessKeyInfoResponse>({
  permissions: () => [{ action: 'sts:GetAccessKeyInfo', resource: '*' }],
  perform({ AccessKeyId }) {
    const account = /^A[KS]IA/.test(AccessKeyId) ? accountOfId(AccessKeyId) : undefined
    if (account !== undefined) return { Account: account }
    throw new AwsError(
      'InvalidClientTokenId',
      'The security token included in the request is invalid',
    )
  },
})
