// https://docs.aws.amazon.com/STS/latest/APIReference/API_GetSessionToken.html
// Exchanges a long-term key, and a code where one is sent, for a session of the same user. Policies cannot stop it: it is
// how a user proves MFA at all.
import type { GetSessionTokenRequest, GetSessionTokenResponse } from '@aws-sdk/client-sts'
import { AwsError } from '@twinlock/protocol'
import { proveMfa } from '../../authentication/mfa.ts'
import { noPermission, operation } from '../operation.ts'
import { issueCredentials, secondsFor } from './credentials.ts'

export const GetSessionToken = operation<GetSessionTokenRequest, GetSessionTokenResponse>({
  readOnly: false,
  permissions: noPermission,
  async perform(input, context) {
    const { caller } = context
    if (caller.session !== undefined) {
      throw new AwsError('AccessDenied', 'Cannot call GetSessionToken with session credentials')
    }
    const mfa = await proveMfa(input, context)
    const validity = {
      durationSeconds: secondsFor(caller, input.DurationSeconds),
      minimumTokenSize: input.MinimumSessionTokenSize,
    }
    const Credentials = issueCredentials(context, validity, {
      issuedBy: 'GetSessionToken',
      principalId: caller.id,
      ...(mfa && { mfa }),
    })
    return { Credentials }
  },
})
