// https://docs.aws.amazon.com/STS/latest/APIReference/API_GetCallerIdentity.html
// Whoever signs may ask who they are: no policy is asked, and an explicit Deny has no effect.
import type { GetCallerIdentityRequest, GetCallerIdentityResponse } from '@aws-sdk/client-sts'
import { callerArn, callerUserId } from '../../authentication/caller.ts'
import { noPermission, operation } from '../operation.ts'

export const GetCallerIdentity = operation<GetCallerIdentityRequest, GetCallerIdentityResponse>({
  permissions: noPermission,
  perform: (_, { caller }) => ({
    UserId: callerUserId(caller),
    Account: caller.account,
    Arn: callerArn(caller),
  }),
})
