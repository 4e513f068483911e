// PolicyExclusionList: policies of the source that a simulation leaves out, by type, by ARN, or by the name of an inline policy
// and of its holder. What matches nothing is ignored. A boundary goes by its type alone.
// https://docs.aws.amazon.com/IAM/latest/APIReference/API_PolicyIdentifier.html
import { matchesPattern, parsePattern } from '@twinlock/policy'
import { nameKey } from '../names.ts'
import { invalidInput } from './invalid-input.ts'
import type { PolicySource } from './policy-source.ts'
import type { SourcePolicy } from './source-policies.ts'

/** One of the three, by the API's model; on the wire there may be more, or none. */
type PolicyIdentifierInput = {
  readonly PolicyType?: string | undefined
  readonly PolicyArn?: string | undefined
  readonly InlinePolicyIdentifier?: InlineIdentifier | undefined
}

type InlineIdentifier = {
  readonly PolicyName: string
  readonly AttachmentType: string
  readonly AttachmentName: string
}

/** The source without what is excluded. @throws AwsError InvalidInput */
export function withoutExcluded(
  { entity, policies, boundary }: PolicySource,
  identifiers: readonly PolicyIdentifierInput[],
): PolicySource {
  const exclusions = identifiers.map(readIdentifier)
  const keepsBoundary = !identifiers.some(({ PolicyType }) => PolicyType === 'permission-boundary')
  return {
    entity,
    policies: policies.filter(policy => !exclusions.some(excludes => excludes(policy))),
    ...(boundary && keepsBoundary && { boundary }),
  }
}

/** Whether a policy that is attached to the source, or embedded in it, is left out. */
type Exclusion = (policy: SourcePolicy) => boolean

function readIdentifier(identifier: PolicyIdentifierInput): Exclusion {
  const { PolicyType, PolicyArn, InlinePolicyIdentifier } = identifier
  const [exclusion, ...others] = [
    PolicyType === undefined ? [] : [byType(PolicyType)],
    PolicyArn === undefined ? [] : [byArn(PolicyArn)],
    InlinePolicyIdentifier === undefined ? [] : [byHolder(InlinePolicyIdentifier)],
  ].flat()
  if (exclusion !== undefined && others.length === 0) return exclusion
  throw invalidInput(
    'Invalid policy exclusion: exactly one of policyType, policyArn and inlinePolicyIdentifier is required',
  )
}

/** Policies of organizations have types too; the source has none of them. */
const byType =
  (type: string): Exclusion =>
  policy =>
    policy.type === type

const MANAGED_ARN = /^arn:aws:iam::(\d{12}|aws):policy\/((?:[\w+=,.@?*-]+\/)*)([\w+=,.@?*-]+)$/

/** As recorded, an ARN is looked for without the policy's path: one with a path is the ARN of nothing. */
function byArn(arn: string): Exclusion {
  const [, owner, path = '', name = ''] = MANAGED_ARN.exec(arn) ?? []
  if (owner === undefined || hasWildcard(path) || hasManyRuns(name)) {
    throw invalidInput(`Invalid policy ARN exclusion: ${arn}`)
  }
  const isNamed = namePattern(name)
  return policy =>
    policy.type !== 'inline' &&
    path === '' &&
    policy.arn.startsWith(`arn:aws:iam::${owner}:policy/`) &&
    isNamed(policy.name)
}

/** Only the holder's name may have wildcards. The text is AWS's for whatever is wrong. */
function byHolder({ PolicyName, AttachmentType, AttachmentName }: InlineIdentifier): Exclusion {
  if (hasWildcard(PolicyName) || hasManyRuns(AttachmentName)) {
    throw invalidInput(
      'Invalid inline policy exclusion: policyName, attachmentType, and attachmentName are required',
    )
  }
  const isHolder = namePattern(AttachmentName)
  return policy =>
    policy.type === 'inline' &&
    policy.holder.kind === AttachmentType &&
    isHolder(policy.holder.name) &&
    nameKey(policy.name) === nameKey(PolicyName)
}

const hasWildcard = (text: string) => /[*?]/.test(text)

/** AWS takes one `*` and any number of `?`. */
const hasManyRuns = (text: string) => text.split('*').length > 2

function namePattern(text: string): (name: string) => boolean {
  const pattern = parsePattern(nameKey(text))
  return name => matchesPattern(pattern, nameKey(name))
}
