// Lists of what no account has, as long as there is no operation that makes any. They are there for clients that look before
// they delete: Terraform asks for the instance profiles of every role, and for all credentials of a user.
import type {
  ListInstanceProfilesForRoleRequest,
  ListInstanceProfilesForRoleResponse,
  ListInstanceProfilesRequest,
  ListInstanceProfilesResponse,
  ListOpenIDConnectProvidersResponse,
  ListSAMLProvidersResponse,
  ListSSHPublicKeysRequest,
  ListSSHPublicKeysResponse,
  ListServerCertificatesRequest,
  ListServerCertificatesResponse,
  ListServiceSpecificCredentialsRequest,
  ListServiceSpecificCredentialsResponse,
  ListSigningCertificatesRequest,
  ListSigningCertificatesResponse,
} from '@aws-sdk/client-iam'
import { AwsError } from '@twinlock/protocol'
import type { Context } from '../context.ts'
import type { Operations } from '../operation.ts'
import { operation } from '../operation.ts'
import type { PageInput } from '../paging.ts'
import { pageOf } from '../paging.ts'
import { onRole, theRole } from './role-lookup.ts'
import { onSubject, subjectOf } from './subject.ts'
import { theUser } from './user-lookup.ts'

// https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListInstanceProfiles.html
export const ListInstanceProfiles = operation<
  ListInstanceProfilesRequest,
  ListInstanceProfilesResponse
>({
  permissions: ({ PathPrefix = '/' }, { account }) => [
    {
      action: 'iam:ListInstanceProfiles',
      resource: '*',
      shownAs: `arn:aws:iam::${account}:instance-profile${PathPrefix}`,
    },
  ],
  perform: async (input, context) => ({
    InstanceProfiles: [],
    ...(await pagingOfNone(input, context)),
  }),
})

// https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListInstanceProfilesForRole.html
export const ListInstanceProfilesForRole = operation<
  ListInstanceProfilesForRoleRequest,
  ListInstanceProfilesForRoleResponse
>({
  permissions: async ({ RoleName }, context) => [
    await onRole('iam:ListInstanceProfilesForRole', context, RoleName),
  ],
  async perform({ RoleName, ...input }, context) {
    await theRole(context, RoleName)
    return { InstanceProfiles: [], ...(await pagingOfNone(input, context)) }
  },
})

// https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListSSHPublicKeys.html
export const ListSSHPublicKeys = operation<ListSSHPublicKeysRequest, ListSSHPublicKeysResponse>({
  permissions: async ({ UserName }, context) => [
    await onSubject('iam:ListSSHPublicKeys', context, subjectOf(UserName, context)),
  ],
  async perform({ UserName, ...input }, context) {
    await checkSubject(UserName, context)
    return { SSHPublicKeys: [], ...(await pagingOfNone(input, context)) }
  },
})

// https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListSigningCertificates.html
export const ListSigningCertificates = operation<
  ListSigningCertificatesRequest,
  ListSigningCertificatesResponse
>({
  permissions: async ({ UserName }, context) => [
    await onSubject('iam:ListSigningCertificates', context, subjectOf(UserName, context)),
  ],
  async perform({ UserName, ...input }, context) {
    await checkSubject(UserName, context)
    return { Certificates: [], ...(await pagingOfNone(input, context)) }
  },
})

// https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListServiceSpecificCredentials.html
export const ListServiceSpecificCredentials = operation<
  ListServiceSpecificCredentialsRequest,
  ListServiceSpecificCredentialsResponse
>({
  check({ AllUsers = false, UserName }) {
    if (AllUsers && UserName !== undefined) throw eitherOneOrAll()
  },
  // Who may list one user's, or those under a path, may not list everybody's: AWS does not say on which resource that is asked.
  async permissions({ AllUsers = false, UserName }, context) {
    const action = 'iam:ListServiceSpecificCredentials'
    if (AllUsers) return [{ action, resource: '*' }]
    return [await onSubject(action, context, subjectOf(UserName, context))]
  },
  async perform({ AllUsers = false, UserName, ...input }, context) {
    if (!AllUsers) await checkSubject(UserName, context)
    return { ServiceSpecificCredentials: [], ...(await pagingOfNone(input, context)) }
  },
})

// https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListServerCertificates.html
export const ListServerCertificates = operation<
  ListServerCertificatesRequest,
  ListServerCertificatesResponse
>({
  permissions: ({ PathPrefix = '/' }, { account }) => [
    {
      action: 'iam:ListServerCertificates',
      resource: '*',
      shownAs: `arn:aws:iam::${account}:server-certificate${PathPrefix}`,
    },
  ],
  perform: async (input, context) => ({
    ServerCertificateMetadataList: [],
    ...(await pagingOfNone(input, context)),
  }),
})

// https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListSAMLProviders.html
export const ListSAMLProviders = operation<object, ListSAMLProvidersResponse>({
  permissions: (_, { account }) => [
    {
      action: 'iam:ListSAMLProviders',
      resource: '*',
      shownAs: `arn:aws:iam::${account}:saml-provider/*`,
    },
  ],
  perform: () => ({ SAMLProviderList: [] }),
})

// https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListOpenIDConnectProviders.html
export const ListOpenIDConnectProviders = operation<object, ListOpenIDConnectProvidersResponse>({
  permissions: (_, { account }) => [
    {
      action: 'iam:ListOpenIDConnectProviders',
      resource: '*',
      shownAs: `arn:aws:iam::${account}:oidc-provider/*`,
    },
  ],
  perform: () => ({ OpenIDConnectProviderList: [] }),
})

export const neverPresentOperations = {
  ListInstanceProfiles,
  ListInstanceProfilesForRole,
  ListSSHPublicKeys,
  ListSigningCertificates,
  ListServiceSpecificCredentials,
  ListServerCertificates,
  ListSAMLProviders,
  ListOpenIDConnectProviders,
} satisfies Operations

/** There is one empty page, and no marker into it. @throws AwsError ValidationError */
async function pagingOfNone({ Marker, MaxItems }: PageInput, context: Context) {
  const { paging } = await pageOf({ Marker, MaxItems }, context, 'nothing', [], String)
  return paging
}

/** @throws AwsError NoSuchEntity for a user that does not exist */
async function checkSubject(UserName: string | undefined, context: Context): Promise<void> {
  const subject = subjectOf(UserName, context)
  if (subject.kind === 'user') await theUser(context, subject.userName)
}

/** The text is ours. */
const eitherOneOrAll = () =>
  new AwsError('ValidationError', 'AllUsers cannot be given together with UserName.')
