// https://docs.aws.amazon.com/STS/latest/APIReference/API_DecodeAuthorizationMessage.html
// Why a request was denied, told to whom the account lets know it.
import type {
  DecodeAuthorizationMessageRequest,
  DecodeAuthorizationMessageResponse,
} from '@aws-sdk/client-sts'
import { AwsError } from '@twinlock/protocol'
import { decodeAuthorizationMessage } from '../../authorization/authorization-message.ts'
import { operation } from '../operation.ts'

export const DecodeAuthorizationMessage = operation<
  DecodeAuthorizationMessageRequest,
  DecodeAuthorizationMessageResponse
>({
  permissions: () => [{ action: 'sts:DecodeAuthorizationMessage', resource: '*' }],

  perform({ EncodedMessage }, { account, house, now }) {
    const DecodedMessage = decodeAuthorizationMessage(house.keyring, EncodedMessage, account, now)
    if (DecodedMessage !== undefined) return { DecodedMessage }
    throw new AwsError('InvalidAuthorizationMessageException', 'Message is not valid')
  },
})
