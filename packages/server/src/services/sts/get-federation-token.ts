// https://docs.aws.amazon.com/STS/latest/APIReference/API_GetFederationToken.html
// Credentials for somebody of the caller's own, under a name that IAM does not know. They may do what both the caller's policies
// and the passed ones allow; with none passed, only what a resource's policy grants to that name.
import type { GetFederationTokenRequest, GetFederationTokenResponse } from '@aws-sdk/client-sts'
import { AwsError } from '@twinlock/protocol'
import { federatedUserArn } from '../../identifiers/arns.ts'
import { operation } from '../operation.ts'
import { issueCredentials, secondsFor } from './credentials.ts'
import { packedPolicySize } from './packed-policy-size.ts'
import { demandManagedPolicies, readSessionPolicies } from './session-policies.ts'
import { newSessionTags } from './session-tags.ts'

export const GetFederationToken = operation<GetFederationTokenRequest, GetFederationTokenResponse>({
  readOnly: false,

  permissions({ Name, Tags = [] }, { account, caller }) {
    if (caller.session !== undefined) {
      throw new AwsError('AccessDenied', 'Cannot call GetFederationToken with session credentials')
    }
    const asked = { resource: federatedUserArn(account, Name), requestTags: Tags }
    const get = { action: 'sts:GetFederationToken', ...asked }
    return Tags.length === 0 ? [get] : [get, { action: 'sts:TagSession', ...asked }]
  },

  async perform(input, context) {
    const { account, caller } = context
    const { Name: name, DurationSeconds } = input
    const { tags } = newSessionTags(input, [])
    const policies = readSessionPolicies(input)
    const packedSize = packedPolicySize({ ...policies, tags })
    await demandManagedPolicies(context, policies.policyArns)
    const validity = {
      durationSeconds: secondsFor(caller, DurationSeconds),
      minimumTokenSize: undefined,
    }
    return {
      Credentials: issueCredentials(context, validity, {
        issuedBy: 'GetFederationToken',
        principalId: caller.id,
        federatedUser: { name, tags, ...policies },
      }),
      FederatedUser: {
        FederatedUserId: `${account}:${name}`,
        Arn: federatedUserArn(account, name),
      },
      // Told even when nothing is packed (recorded), unlike AssumeRole's.
      PackedPolicySize: packedSize ?? 0,
    }
  },
})
