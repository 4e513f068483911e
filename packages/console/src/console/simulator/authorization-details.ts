// GetAccountAuthorizationDetails, all its pages.
import { iam } from '../../api/iam.ts'
import type { AuthorizationDetails } from './account.ts'

export async function readDetails(signal: AbortSignal): Promise<AuthorizationDetails> {
  const lists = {
    UserDetailList: [] as AuthorizationDetails['UserDetailList'][number][],
    GroupDetailList: [] as AuthorizationDetails['GroupDetailList'][number][],
    RoleDetailList: [] as AuthorizationDetails['RoleDetailList'][number][],
    Policies: [] as AuthorizationDetails['Policies'][number][],
  }
  let Marker: string | undefined
  do {
    const asked = { MaxItems: 1000, ...(Marker !== undefined && { Marker }) }
    const page = await iam('GetAccountAuthorizationDetails', asked, signal)
    lists.UserDetailList.push(...(page.UserDetailList ?? []))
    lists.GroupDetailList.push(...(page.GroupDetailList ?? []))
    lists.RoleDetailList.push(...(page.RoleDetailList ?? []))
    lists.Policies.push(...(page.Policies ?? []))
    Marker = page.Marker
  } while (Marker !== undefined)
  return lists
}
