// Identity providers that many customers share: a role that trusts one must say whose identities it
// means.
// https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_providers_oidc_secure-by-default.html
import type { Condition, Statement } from '../policy.ts'
import { compilePattern } from '../wildcard.ts'

/** What the check looks at. */
export type TrustStatement = Pick<Statement, 'Effect' | 'principal' | 'action' | 'conditions'> & {
  readonly hasCondition: boolean
}

const COGNITO = 'cognito-identity.amazonaws.com'
const GITHUB = 'token.actions.githubusercontent.com'

/** Providers that AWS knows by name, and the claims that say which application is meant. */
const APPLICATION_CLAIMS: ReadonlyMap<string, readonly string[]> = new Map([
  ['accounts.google.com', ['aud', 'oaud', 'sub']],
  ['graph.facebook.com', ['app_id', 'sub']],
  ['www.amazon.com', ['app_id', 'sub']],
])

/** Other issuers, and the key that tells one of their customers from another. */
const SCOPING_KEY: ReadonlyMap<string, string> = new Map([
  [COGNITO, `${COGNITO}:aud`],
  ['sts.windows.net/33e01921-4d64-4f8c-a055-5bdaffd5e33d', 'sts:RoleSessionName'],
  ...claimOf('aud', ['api.pulumi.com/oidc', 'oidc.vercel.com', 'sandboxes.cloud']),
  ...claimOf('sub', [
    'agent.buildkite.com',
    'app.terraform.io',
    'gitlab.com',
    'oidc-configuration.audit-log.githubusercontent.com',
    'oidc.codefresh.io',
    'oidc.op1.openshiftapps.com/2c51blsaqa9gkjt0o9rt11mle8mmropu',
    'oidc.op1.openshiftapps.com/2f785sojlpb85i7402pk3qogugim5nfb',
    'proidc.upbound.io',
    'rh-oidc.s3.us-east-1.amazonaws.com/22ejnvnnturfmt6km08idd0nt4hekbn7',
    'rh-oidc.s3.us-east-1.amazonaws.com/23e3sd27sju1hoou6ohfs68vbno607tr',
    'rh-oidc.s3.us-east-1.amazonaws.com/23ne21h005qjl3n33d8dui5dlrmv2tmg',
    'rh-oidc.s3.us-east-1.amazonaws.com/24jrf12m5dj7ljlfb4ta2frhrcoadm26',
    'scalr.io',
    'studio.datachain.ai/api',
    'tokens.cloud.shisho.dev',
    'vstoken.actions.githubusercontent.com',
  ]),
])

const EQUALITY = /^(?:ForAllValues:|ForAnyValue:)?StringEquals(?:IgnoreCase)?$/
const EQUALITY_OR_LIKENESS =
  /^(?:ForAllValues:|ForAnyValue:)?String(?:Equals|EqualsIgnoreCase|Like)$/

/** AWS's words for an Allow that lets every customer of a shared issuer in, or undefined. */
export function sharedIssuerFault(statement: TrustStatement): string | undefined {
  const { Effect, principal, action } = statement
  if (Effect === 'Deny' || principal === undefined || principal.principals === '*') return undefined
  if (!action.patterns.some(coversWebIdentity)) return undefined
  const conditions = Map.groupBy(statement.conditions, ({ key }) => key.toLowerCase())
  const providers = principal.principals.filter(({ type }) => type === 'Federated')
  for (const provider of new Set(providers.map(({ value }) => value))) {
    const fault = faultOf(provider, conditions, statement)
    if (fault !== undefined) return fault
  }
  return undefined
}

/**
 * The conditions of a statement by key, in lower case: a document may name thousands of providers
 * and of keys, and each must find its own.
 */
type ConditionsByKey = ReadonlyMap<string, readonly Condition[]>

function faultOf(
  provider: string,
  conditions: ConditionsByKey,
  { hasCondition }: TrustStatement,
): string | undefined {
  const issuer = provider.replace(/^arn:aws:iam::\d{12}:oidc-provider\//, '')
  const claims = APPLICATION_CLAIMS.get(issuer)
  if (claims !== undefined) return applicationFault(issuer, claims, conditions)
  // AWS takes every issuer that begins so for GitHub's.
  if (issuer.startsWith(GITHUB)) {
    return scopeFault(
      provider,
      [`${issuer}:sub`, `${issuer}:job_workflow_ref`],
      conditions,
      isGitHubScope,
    )
  }
  if (issuer === COGNITO && !hasCondition) {
    return 'A condition block must be present for the Cognito provider'
  }
  const key = SCOPING_KEY.get(issuer)
  return key === undefined ? undefined : scopeFault(issuer, [key], conditions, isScope)
}

/** Here keys compare with case, and any value will do. */
function applicationFault(
  issuer: string,
  claims: readonly string[],
  conditions: ConditionsByKey,
): string | undefined {
  const named = claims
    .map(claim => `${issuer}:${claim}`)
    .some(wanted =>
      conditions
        .get(wanted)
        ?.some(({ operator, key }) => key === wanted && EQUALITY.test(operator)),
    )
  if (named) return undefined
  return `Policy trusting ${issuer} requires a StringEquals condition on an application id`
}

/** Under one of the operators every key that scopes must do so, and there must be one. */
function scopeFault(
  shownAs: string,
  wanted: readonly string[],
  conditions: ConditionsByKey,
  scopes: (value: string) => boolean,
): string | undefined {
  const scoping = wanted
    .flatMap(key => conditions.get(key.toLowerCase()) ?? [])
    .filter(({ operator }) => EQUALITY_OR_LIKENESS.test(operator))
  const operators = Map.groupBy(scoping, ({ operator }) => operator)
  if ([...operators.values()].some(keys => keys.every(({ values }) => values.every(scopes)))) {
    return undefined
  }
  return `Trust policy with trusted principal ${shownAs} must evaluate, using StringEquals, StringLike or StringEqualsIgnoreCase, ${wanted.join(' or ')} which is not scoped to all.`
}

function isScope(value: string): boolean {
  return value !== '*'
}

function isGitHubScope(value: string): boolean {
  return !value.startsWith('*') && value.trim() !== ''
}

function coversWebIdentity(action: string): boolean {
  return compilePattern(action)('sts:AssumeRoleWithWebIdentity')
}

function claimOf(claim: 'sub' | 'aud', issuers: readonly string[]): [string, string][] {
  return issuers.map(issuer => [issuer, `${issuer}:${claim}`])
}
