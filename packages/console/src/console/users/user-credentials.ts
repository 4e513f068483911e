// What users can prove who they are with: console password, access keys, MFA devices. AWS's API tells passwords and keys user by user.
import type { AccessKeyLastUsed, AccessKeyMetadata, User } from '@aws-sdk/client-iam'
import type { SigninOperations } from '@twinlock/server/console-api'
import type { UseQueryOptions } from '@tanstack/react-query'
import { useQueries, useQuery } from '@tanstack/react-query'
import { unlessMissing } from '../../api/api-error.ts'
import { iam } from '../../api/iam.ts'
import { readPages } from '../../api/pages.ts'
import { ACCOUNT } from '../../api/queries.ts'
import { signin } from '../../api/signin.ts'

export type AccessKey = AccessKeyMetadata & { readonly lastUsed: AccessKeyLastUsed | undefined }

export type UserCredentials = {
  /** When the console password was made; undefined: there is none. */
  readonly passwordDate: Date | undefined
  readonly accessKeys: readonly AccessKey[]
  readonly groupNames: readonly string[]
}

export type CredentialsReading = {
  readonly byUserName: ReadonlyMap<string, UserCredentials>
  /** Out of how many; reading a large account takes a while. */
  readonly read: number
  readonly total: number
  readonly error: Error | undefined
}

/** The credentials of all these users, as they come in. */
export function useCredentialsOf(users: readonly User[]): CredentialsReading {
  return useQueries({
    queries: users.map(({ UserName = '' }) => credentialsQuery(UserName)),
    combine: results => {
      const byUserName = new Map<string, UserCredentials>()
      for (const [index, { data }] of results.entries()) {
        const userName = users[index]?.UserName
        if (userName !== undefined && data !== undefined) byUserName.set(userName, data)
      }
      return {
        byUserName,
        read: results.filter(({ isPending }) => !isPending).length,
        total: results.length,
        error: results.find(({ error }) => error !== null)?.error ?? undefined,
      }
    },
  })
}

function credentialsQuery(userName: string): UseQueryOptions<UserCredentials> {
  return {
    queryKey: [ACCOUNT, 'credentials', userName],
    queryFn: ({ signal }) => readCredentials(userName, signal),
  }
}

async function readCredentials(UserName: string, signal: AbortSignal): Promise<UserCredentials> {
  const [profile, keys, groups] = await Promise.all([
    unlessMissing(iam('GetLoginProfile', { UserName }, signal)),
    readPages('ListAccessKeys', 'AccessKeyMetadata', { UserName }, signal),
    readPages('ListGroupsForUser', 'Groups', { UserName }, signal),
  ])
  const lastUses = await Promise.all(
    keys.map(({ AccessKeyId }) => iam('GetAccessKeyLastUsed', { AccessKeyId }, signal)),
  )
  return {
    passwordDate: profile?.LoginProfile?.CreateDate,
    accessKeys: keys.map((key, index) => ({
      ...key,
      lastUsed: lastUses[index]?.AccessKeyLastUsed,
    })),
    groupNames: groups.map(({ GroupName = '' }) => GroupName),
  }
}

/** A device with its owner's name; without one it is root's. */
export type AssignedDevice =
  SigninOperations['ListAssignedMFADevices']['output']['MFADevices'][number]

/** The MFA devices of all users by user name, in one reading. */
export function useAssignedDevices() {
  return useQuery({
    queryKey: [ACCOUNT, 'assigned MFA devices'],
    queryFn: async ({ signal }) => Map.groupBy(await readAssignedDevices(signal), ownerOf),
  })
}

const ownerOf = ({ UserName = '' }: AssignedDevice) => UserName

async function readAssignedDevices(signal: AbortSignal): Promise<readonly AssignedDevice[]> {
  const devices: AssignedDevice[] = []
  let Marker: string | undefined
  do {
    const asked = Marker === undefined ? {} : { Marker }
    const page = await signin('ListAssignedMFADevices', asked, signal)
    devices.push(...page.MFADevices)
    Marker = page.Marker
  } while (Marker !== undefined)
  return devices
}

/** The oldest key that can be used; undefined: there is none. */
export function oldestActiveKey({ accessKeys }: UserCredentials): AccessKey | undefined {
  return accessKeys
    .filter(({ Status }) => Status === 'Active')
    .sort((a, b) => Number(a.CreateDate) - Number(b.CreateDate))[0]
}

/** When the user last did anything: with a password or with a key. */
export function lastActivity(
  { PasswordLastUsed }: User,
  credentials: UserCredentials | undefined,
): Date | undefined {
  const uses = [
    PasswordLastUsed,
    ...(credentials?.accessKeys.map(({ lastUsed }) => lastUsed?.LastUsedDate) ?? []),
  ].filter(date => date !== undefined)
  return uses.sort((a, b) => Number(b) - Number(a))[0]
}
