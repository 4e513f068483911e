// Users and their credentials, a page at a time: IAM answers user by user, which takes thousands of calls for a list.
import { readMfaRequirement } from '../../authentication/mfa-requirement.ts'
import type { EnrolmentDemand } from '../../authentication/sign-in-state.ts'
import { enrolmentOfUsers } from '../../authentication/sign-in-state.ts'
import { userArn } from '../../identifiers/arns.ts'
import type { CredentialAction } from '../../web/api.ts'
import type { Context } from '../context.ts'
import { readGroupNames } from '../iam/entity-details.ts'
import type { UserRow } from '../iam/user-lookup.ts'
import { page } from '../paging.ts'
import { consoleOperation } from './console-operation.ts'
import type { KeyUse, UserDevice } from './credential-rows.ts'
import {
  readAccessKeys,
  readKeyUses,
  readPasswords,
  readUserDevices,
  readUsers,
} from './credential-rows.ts'
import { sightOf } from './user-sight.ts'

export const ListUserCredentials = consoleOperation('ListUserCredentials', {
  permissions: (_, { account }) => [
    { action: 'iam:ListUsers', resource: '*', shownAs: userArn(account, '/', '') },
  ],

  async perform(input, context) {
    const { items, paging } = await page(
      input,
      context,
      'user credentials',
      (after = '', limit) => readUsers(context, after, limit),
      ({ userNameKey }) => userNameKey,
    )
    return { Users: await describeCredentials(context, items), ...paging }
  },
})

/** What hangs on the users of a page is read together, a query a part. */
async function describeCredentials(context: Context, users: readonly UserRow[]) {
  const sight = await sightOf(context, users)
  const passwords = await sight.read('iam:GetLoginProfile', ids => readPasswords(context, ids))
  const devices = await sight.read('iam:ListMFADevices', ids => readUserDevices(context, ids))
  const accessKeys = await sight.read('iam:ListAccessKeys', ids => readAccessKeys(context, ids))
  const keyUses = await sight.read('iam:GetAccessKeyLastUsed', ids => readKeyUses(context, ids))
  const groupNames = await sight.read('iam:ListGroupsForUser', ids => readGroupNames(context, ids))
  const demand = await findDemand(context)

  return users.map(user => {
    const password = passwords(user)
    const own = devices(user)
    // Who may not list the keys does not know which there are to ask about.
    const keys = accessKeys(user)
    const uses = keys && keyUses(user)
    const denied: readonly CredentialAction[] = sight.deniedOn(user)
    return {
      UserName: user.userName,
      UserId: user.userId,
      Arn: userArn(context.account, user.path, user.userName),
      Path: user.path,
      CreateDate: new Date(user.createDate),
      PasswordLastUsedDate: dateOf(user.passwordLastUsed),
      Password: password?.[0],
      MFADevices: own,
      StrongestMethod: strongestMethod(own),
      Enrolment: enrolmentOf(demand, password, own),
      AccessKeys: keys?.map(key => ({ ...key, ...useMembers(key.AccessKeyId, uses) })),
      LastActivityDate: uses && lastActivity(user, uses),
      GroupNames: groupNames(user),
      Denied: demand === undefined ? [...denied, REQUIREMENT] : denied,
    }
  })
}

const REQUIREMENT: CredentialAction = 'twinlock:GetMFARequirement'

/** What the account demands of users without a device, for who may know it. */
async function findDemand(context: Context): Promise<EnrolmentDemand | undefined> {
  const asked = [{ action: REQUIREMENT, resource: '*' }]
  const [mayKnow = false] = await context.house.authorizer.permits(context, asked)
  if (!mayKnow) return undefined
  return enrolmentOfUsers(await readMfaRequirement(context.db, context.account), context.now)
}

/** What the next sign-in demands: it is people with a password that sign in. */
function enrolmentOf(
  demand: EnrolmentDemand | undefined,
  password: readonly object[] | undefined,
  devices: readonly UserDevice[] | undefined,
) {
  if (demand === undefined || password === undefined || devices === undefined) return undefined
  if (password.length === 0 || devices.length > 0) return { Demand: 'none' as const }
  return { Demand: demand.demand, By: demand.demand === 'prompt' ? demand.by : undefined }
}

/** Strongest first: what cannot be phished, what cannot be copied, what can be either. */
const BY_STRENGTH = ['security-key', 'hardware-token', 'totp'] as const

const strongestMethod = (devices: readonly UserDevice[] = []) =>
  BY_STRENGTH.find(method => devices.some(({ Method }) => Method === method))

function useMembers(accessKeyId: string, uses: readonly KeyUse[] | undefined) {
  const use = uses?.find(each => each.accessKeyId === accessKeyId)
  return {
    LastUsedDate: dateOf(use?.lastUsedDate ?? null),
    ServiceName: use?.lastUsedService ?? undefined,
    Region: use?.lastUsedRegion ?? undefined,
  }
}

function lastActivity({ passwordLastUsed }: UserRow, uses: readonly KeyUse[]): Date | undefined {
  const latest = Math.max(passwordLastUsed ?? 0, ...uses.map(use => use.lastUsedDate ?? 0))
  return dateOf(latest || null)
}

const dateOf = (time: number | null) => (time === null ? undefined : new Date(time))
