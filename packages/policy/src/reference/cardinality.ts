// Which condition keys are declared to hold several values, in AWS's lists of global and service
// keys.
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html

const MULTIVALUED: ReadonlySet<string> = new Set(
  [
    'aws:CalledVia',
    'aws:PrincipalOrgPaths',
    'aws:PrincipalServiceNamesList',
    'aws:ResourceOrgPaths',
    'aws:SourceOrgPaths',
    'aws:TagKeys',
    'aws:VpceOrgPaths',
    'iam:AccountPropertyNamespaces',
    'sts:IdentityTokenAudience',
    'sts:RequestContextProviders',
    'sts:TransitiveTagKeys',
  ].map(name => name.toLowerCase()),
)

/** Whether the key (in lower case) is; identity providers' `amr` claims are. */
export function isMultivalued(key: string): boolean {
  return MULTIVALUED.has(key) || key.endsWith(':amr')
}
