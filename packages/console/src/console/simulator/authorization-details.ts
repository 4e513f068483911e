// GetAccountAuthorizationDetails, all its pages.
import { iam } from '../../api/iam.ts'
import { everyPage } from '../../api/pages.ts'
import type { AuthorizationDetails } from './account.ts'

export async function readDetails(signal: AbortSignal): Promise<AuthorizationDetails> {
  const pages = await Array.fromAsync(
    everyPage(request => iam('GetAccountAuthorizationDetails', request, signal)),
  )
  return {
    UserDetailList: pages.flatMap(({ UserDetailList = [] }) => UserDetailList),
    GroupDetailList: pages.flatMap(({ GroupDetailList = [] }) => GroupDetailList),
    RoleDetailList: pages.flatMap(({ RoleDetailList = [] }) => RoleDetailList),
    Policies: pages.flatMap(({ Policies = [] }) => Policies),
  }
}
