// The global condition keys: those that AWS defines for every service, with their types and how many values each may have.
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html

/** A type of condition key, in the words of AWS's documentation. */
export type KeyType = 'ARN' | 'Bool' | 'Date' | 'IPAddress' | 'Numeric' | 'String'

/** What a key is a property of. */
export type KeyGroup = 'principal' | 'session' | 'network' | 'resource' | 'request'

export type GlobalKey = {
  /** In the documented spelling; a key that is followed by a tag's key ends in a slash: `aws:PrincipalTag/`. */
  readonly name: string
  readonly type: KeyType
  /** Of a multi-valued key only set operators compare the values, even when there is one. */
  readonly multivalued: boolean
  readonly group: KeyGroup
}

type Row = readonly [name: string, type: KeyType, cardinality?: 'multivalued']

/** AWS's page, and `aws:SignInSessionArn`, which services send although the page does not have it. */
const ROWS: Readonly<Record<KeyGroup, readonly Row[]>> = {
  principal: [
    ['aws:PrincipalArn', 'ARN'],
    ['aws:PrincipalAccount', 'String'],
    ['aws:PrincipalOrgPaths', 'String', 'multivalued'],
    ['aws:PrincipalOrgID', 'String'],
    ['aws:PrincipalTag/', 'String'],
    ['aws:PrincipalIsAWSService', 'Bool'],
    ['aws:PrincipalServiceName', 'String'],
    ['aws:PrincipalServiceNamesList', 'String', 'multivalued'],
    ['aws:PrincipalType', 'String'],
    ['aws:userid', 'String'],
    ['aws:username', 'String'],
  ],
  session: [
    ['aws:AssumedRoot', 'Bool'],
    ['aws:FederatedProvider', 'String'],
    ['aws:TokenIssueTime', 'Date'],
    ['aws:MultiFactorAuthAge', 'Numeric'],
    ['aws:MultiFactorAuthPresent', 'Bool'],
    ['aws:ChatbotSourceArn', 'ARN'],
    ['aws:Ec2InstanceSourceVpc', 'String'],
    ['aws:Ec2InstanceSourcePrivateIPv4', 'IPAddress'],
    ['aws:SourceIdentity', 'String'],
    ['aws:SignInSessionArn', 'ARN'],
    ['ec2:RoleDelivery', 'Numeric'],
    ['ec2:SourceInstanceArn', 'ARN'],
    ['glue:CredentialIssuingService', 'String'],
    ['glue:RoleAssumedBy', 'String'],
    ['identitystore:UserId', 'String'],
    ['lambda:SourceFunctionArn', 'ARN'],
    ['ssm:SourceInstanceArn', 'ARN'],
  ],
  network: [
    ['aws:SourceIp', 'IPAddress'],
    ['aws:SourceVpc', 'String'],
    ['aws:SourceVpcArn', 'ARN'],
    ['aws:SourceVpce', 'String'],
    ['aws:VpceAccount', 'String'],
    ['aws:VpceOrgID', 'String'],
    ['aws:VpceOrgPaths', 'String', 'multivalued'],
    ['aws:VpcSourceIp', 'IPAddress'],
  ],
  resource: [
    ['aws:ResourceAccount', 'String'],
    ['aws:ResourceOrgID', 'String'],
    ['aws:ResourceOrgPaths', 'String', 'multivalued'],
    ['aws:ResourceTag/', 'String'],
  ],
  request: [
    ['aws:CalledVia', 'String', 'multivalued'],
    ['aws:CalledViaFirst', 'String'],
    ['aws:CalledViaLast', 'String'],
    ['aws:CalledViaAWSMCP', 'String'],
    ['aws:ViaAWSService', 'Bool'],
    ['aws:ViaAWSMCPService', 'Bool'],
    ['aws:IsMcpServiceAction', 'Bool'],
    ['aws:CurrentTime', 'Date'],
    // Seconds since the epoch, which numeric operators compare as well.
    ['aws:EpochTime', 'Date'],
    ['aws:referer', 'String'],
    ['aws:RequestedRegion', 'String'],
    ['aws:RequestTag/', 'String'],
    ['aws:TagKeys', 'String', 'multivalued'],
    ['aws:SecureTransport', 'Bool'],
    ['aws:SourceAccount', 'String'],
    ['aws:SourceArn', 'ARN'],
    ['aws:SourceOrgID', 'String'],
    ['aws:SourceOrgPaths', 'String', 'multivalued'],
    ['aws:SourceOwner', 'String'],
    ['aws:UserAgent', 'String'],
  ],
}

/** Every global key, group by group. */
export const GLOBAL_KEYS: readonly GlobalKey[] = Object.entries(ROWS).flatMap(([group, rows]) =>
  rows.map(([name, type, cardinality]) => ({
    name,
    type,
    multivalued: cardinality === 'multivalued',
    // Object.entries forgets the type of the names.
    group: group as KeyGroup,
  })),
)

const BY_NAME: ReadonlyMap<string, GlobalKey> = new Map(
  GLOBAL_KEYS.map(key => [key.name.toLowerCase(), key]),
)

/** The global key that `key` means, in whatever letter case: `aws:PrincipalTag/` for `AWS:principaltag/team`. */
export function findGlobalKey(key: string): GlobalKey | undefined {
  const name = key.toLowerCase()
  return BY_NAME.get(name) ?? BY_NAME.get(name.slice(0, name.indexOf('/') + 1))
}
