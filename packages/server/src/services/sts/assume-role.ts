// https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html
// A session of a role, for whom the role's trust policy lets. A role that does not exist looks like one that may not be
// assumed; a code is verified, and spent, before the trust policy is asked.
import type { AssumeRoleRequest, AssumeRoleResponse } from '@aws-sdk/client-sts'
import { AwsError } from '@twinlock/protocol'
import type { Caller } from '../../authentication/caller.ts'
import { proveMfa } from '../../authentication/mfa.ts'
import type { RoleSession, Session } from '../../authentication/session-tokens.ts'
import type { TrustPolicy } from '../../authorization/authorizer.ts'
import { accessDeniedWithoutReason } from '../../authorization/denial.ts'
import type { MfaFacts } from '../../authorization/mfa-facts.ts'
import { mfaFacts, provedFacts } from '../../authorization/mfa-facts.ts'
import { assumedRoleArn, findArn, findIamArn, roleArn } from '../../identifiers/arns.ts'
import type { Context } from '../context.ts'
import type { RoleRow } from '../iam/role-lookup.ts'
import { findRole } from '../iam/role-lookup.ts'
import { tagsOf } from '../iam/tags.ts'
import type { Checked, Permission } from '../operation.ts'
import { noPermission, operation } from '../operation.ts'
import { issueCredentials } from './credentials.ts'
import { packedPolicySize } from './packed-policy-size.ts'
import { demandManagedPolicies, readSessionPolicies } from './session-policies.ts'
import { inheritedTags, newSessionTags, overlaidTags } from './session-tags.ts'

type Input = Checked<AssumeRoleRequest>

const DEFAULT_SECONDS = 3600
const CHAINED_MOST_SECONDS = 3600

export const AssumeRole = operation<AssumeRoleRequest, AssumeRoleResponse>({
  // The role's trust policy decides, together with the caller's own policies: demandTrust asks both.
  permissions: noPermission,
  async perform(input, context) {
    const { account } = context
    const { RoleSessionName, DurationSeconds = DEFAULT_SECONDS } = input
    const { role, facts, packedSize } = await assume(input, context)
    const validity = {
      durationSeconds: DurationSeconds,
      minimumTokenSize: input.MinimumSessionTokenSize,
    }
    const { sourceIdentity } = facts.role
    return {
      Credentials: issueCredentials(context, validity, facts),
      AssumedRoleUser: {
        AssumedRoleId: `${role.roleId}:${RoleSessionName}`,
        Arn: assumedRoleArn(account, role.roleName, RoleSessionName),
      },
      ...(packedSize !== undefined && { PackedPolicySize: packedSize }),
      ...(sourceIdentity !== undefined && { SourceIdentity: sourceIdentity }),
    }
  },
})

/** A role that the caller may assume, and what its session will be. */
type Assumed = {
  readonly role: RoleRow
  readonly facts: Pick<Session, 'principalId'> & {
    readonly issuedBy: 'AssumeRole'
    readonly role: RoleSession
  }
  /** undefined where no policy or tag was passed. */
  readonly packedSize: number | undefined
}

/** What AssumeRole demands, and switching to a role in the console. @throws AwsError AccessDenied */
export async function assume(input: Input, context: Context): Promise<Assumed> {
  const { caller } = context
  checkRequest(input, caller)
  const session = newRoleSession(input, caller)
  const packedSize = packedPolicySize(session)

  const code = await proveMfa(input, context)
  const facts = code === undefined ? mfaFacts(caller, context.now) : provedFacts(code, context.now)
  const role = await theTrustedRole(input, context, session, facts)

  if ((input.DurationSeconds ?? DEFAULT_SECONDS) > role.maxSessionDuration) {
    throw tooLong('the MaxSessionDuration set for this role')
  }
  await demandManagedPolicies(context, session.policyArns)
  return {
    role,
    facts: { issuedBy: 'AssumeRole', principalId: role.roleId, role: session },
    packedSize,
  }
}

/** What can be refused before anything is looked up, and before a code is spent. */
function checkRequest(input: Input, caller: Caller): void {
  const { RoleArn, DurationSeconds, ProvidedContexts } = input
  if (caller.kind === 'root') {
    throw new AwsError('AccessDenied', 'Roles may not be assumed by root accounts.')
  }
  if (findArn(RoleArn) === undefined) throw new AwsError('ValidationError', `${RoleArn} is invalid`)
  if (ProvidedContexts !== undefined) {
    throw new AwsError('ValidationError', 'No provider of contexts is known to this account.')
  }
  if (caller.kind === 'role' && (DurationSeconds ?? DEFAULT_SECONDS) > CHAINED_MOST_SECONDS) {
    throw tooLong('the 1 hour session limit for roles assumed by role chaining')
  }
}

const tooLong = (limit: string) =>
  new AwsError('ValidationError', `The requested DurationSeconds exceeds ${limit}.`)

/** What the session will carry. A source identity, once set, stays the chain's. */
function newRoleSession(input: Input, { kind, session }: Caller): RoleSession {
  const sourceIdentity = session?.role?.sourceIdentity ?? input.SourceIdentity
  return {
    sessionName: input.RoleSessionName,
    ...newSessionTags(input, inheritedTags(session?.role)),
    ...readSessionPolicies(input),
    ...(sourceIdentity !== undefined && { sourceIdentity }),
    ...(kind === 'role' && { chained: true }),
  }
}

/** The role of `RoleArn`, when it trusts the caller with this session. @throws AwsError AccessDenied */
async function theTrustedRole(
  input: Input,
  context: Context,
  session: RoleSession,
  facts: MfaFacts,
): Promise<RoleRow> {
  const { caller, house } = context
  const role = await findRoleByArn(context, input.RoleArn)
  if (role === undefined) return noSuchRole(input, context, facts)
  const inherited = inheritedTags(caller.session?.role)
  const resourceTags = overlaidTags(await tagsOf(context, role.roleId), inherited)
  const trust: TrustPolicy = {
    document: role.assumeRolePolicyDocument,
    // Written by bindTrustPolicy alone.
    bindings: JSON.parse(role.trustBindings) as TrustPolicy['bindings'],
  }
  for (const action of actionsOf(session)) {
    const permission = { ...assuming(input, action), resourceTags }
    await house.authorizer.demandTrust(context, permission, trust, facts)
  }
  if (input.SourceIdentity !== undefined && input.SourceIdentity !== session.sourceIdentity) {
    throw accessDeniedWithoutReason(caller, assuming(input, 'sts:SetSourceIdentity'))
  }
  return role
}

/** Nobody is told that there is no such role: it is refused as one that trusts nobody. */
async function noSuchRole(input: Input, context: Context, facts: MfaFacts): Promise<never> {
  const permission = assuming(input, 'sts:AssumeRole')
  await context.house.authorizer.demandTrust(context, permission, undefined, facts)
  throw accessDeniedWithoutReason(context.caller, permission)
}

/** The actions that the trust policy must allow: more of them when tags or a source identity travel. */
function actionsOf({ tags, sourceIdentity }: RoleSession) {
  return [
    'sts:AssumeRole',
    ...(tags.length > 0 ? ['sts:TagSession'] : []),
    ...(sourceIdentity === undefined ? [] : ['sts:SetSourceIdentity']),
  ]
}

/** The question whether the role may be assumed, or one of those that come with it. */
export function assuming(input: Input, action: string): Permission {
  const { RoleArn, Tags = [], TransitiveTagKeys } = input
  return {
    action,
    resource: RoleArn,
    requestTags: Tags,
    keys: {
      'sts:RoleSessionName': input.RoleSessionName,
      'sts:ExternalId': input.ExternalId,
      'sts:SourceIdentity': input.SourceIdentity,
      'sts:TransitiveTagKeys': TransitiveTagKeys,
    },
  }
}

/** The role whose ARN this is to the letter, path included. Roles of other accounts are not known here. */
async function findRoleByArn(context: Context, arn: string): Promise<RoleRow | undefined> {
  const named = findIamArn(arn)
  const role = named?.type === 'role' ? await findRole(context, named.name) : undefined
  if (role === undefined) return undefined
  return roleArn(context.account, role.path, role.roleName) === arn ? role : undefined
}
