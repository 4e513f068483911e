// The condition keys that are known without a catalogue: those of every request, of IAM and of STS.
// https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsidentityandaccessmanagementiam.html
import { findGlobalKey, GLOBAL_KEYS, type KeyType } from '../global-keys.ts'

type KnownKey = { readonly name: string; readonly type: KeyType }

/** A name that ends in a slash stands for all keys that begin with it. */
const SERVICE_KEYS: readonly (readonly [type: KeyType, names: readonly string[]])[] = [
  [
    'String',
    [
      'iam:AccountPropertyNamespaces',
      'iam:AWSServiceName',
      'iam:DelegationDuration',
      'iam:FIDO-FIPS-140-2-certification',
      'iam:FIDO-FIPS-140-3-certification',
      'iam:FIDO-certification',
      'iam:NotificationChannel',
      'iam:OrganizationsPolicyId',
      'iam:PassedToService',
      'iam:RegisterSecurityKey',
      'iam:ResourceTag/',
      'iam:ServiceSpecificCredentialServiceName',
      'sts:AWSServiceName',
      'sts:ExternalId',
      'sts:IdentityTokenAudience',
      'sts:RequestContext/',
      'sts:RoleSessionName',
      'sts:SigningAlgorithm',
      'sts:SourceIdentity',
      'sts:TransitiveTagKeys',
    ],
  ],
  [
    'ARN',
    [
      'iam:AssociatedResourceArn',
      'iam:DelegationRequestOwner',
      'iam:PermissionsBoundary',
      'iam:PolicyARN',
      'iam:RoleTemplateARN',
      'iam:TemplateArn',
      'sts:RequestContextProviders',
      'sts:TaskPolicyArn',
    ],
  ],
  ['Bool', ['sts:RoleAuthorizedByIdp']],
  ['Numeric', ['iam:ServiceSpecificCredentialAgeDays', 'sts:DurationSeconds']],
]

const BY_NAME: ReadonlyMap<string, KnownKey> = new Map(
  SERVICE_KEYS.flatMap(([type, names]) =>
    names.map(name => [name.toLowerCase(), { name, type }] as const),
  ),
)

const LISTED_SERVICES = new Set(['aws', 'iam', 'sts'])

/** Whether all keys of that prefix are known here. */
export function listsKeysOf(service: string): boolean {
  return LISTED_SERVICES.has(service)
}

/** The key in AWS's spelling and its type, by a name in any letter case. */
export function findKnownKey(name: string): KnownKey | undefined {
  const lower = name.toLowerCase()
  return (
    findGlobalKey(name) ?? BY_NAME.get(lower) ?? BY_NAME.get(lower.slice(0, lower.indexOf('/') + 1))
  )
}

/** What could be meant where an unknown name stands. */
export const KNOWN_KEY_NAMES: readonly string[] = [...GLOBAL_KEYS, ...BY_NAME.values()].map(
  ({ name }) => name,
)
