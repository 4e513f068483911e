// What the next version of a managed policy is written from, and the calls that make it.
import type { PolicyVersion } from '@aws-sdk/client-iam'
import { isAccessDenied, unlessMissing } from '../../api/api-error.ts'
import { iam } from '../../api/iam.ts'
import { readPages } from '../../api/pages.ts'
import { decodeDocument, laidOut } from '../../api/policy-document.ts'

/** AWS keeps five versions of a policy. */
const MOST_VERSIONS = 5

export type InForce = {
  readonly versionId: string
  readonly text: string
  /** What must go before another version can come; undefined: there is room. */
  readonly oldest: PolicyVersion | undefined
}

export async function readInForce(PolicyArn: string, signal?: AbortSignal): Promise<InForce> {
  const { Policy } = await iam('GetPolicy', { PolicyArn }, signal)
  const VersionId = Policy?.DefaultVersionId ?? ''
  const { PolicyVersion } = await iam('GetPolicyVersion', { PolicyArn, VersionId }, signal)
  const versions = await readVersions(PolicyArn, signal)
  return {
    versionId: VersionId,
    text: laidOut(decodeDocument(PolicyVersion?.Document)),
    oldest: versions.length < MOST_VERSIONS ? undefined : oldestOf(versions),
  }
}

/** Who may not list them may still make one, where there is room. */
async function readVersions(PolicyArn: string, signal: AbortSignal | undefined) {
  try {
    return await readPages('ListPolicyVersions', 'Versions', { PolicyArn }, signal)
  } catch (error) {
    if (isAccessDenied(error)) return []
    throw error
  }
}

/** Of those that are not in force. */
function oldestOf(versions: readonly PolicyVersion[]): PolicyVersion | undefined {
  return versions
    .filter(({ IsDefaultVersion }) => IsDefaultVersion !== true)
    .toSorted((a, b) => numberOf(a) - numberOf(b))[0]
}

/** `v12` is the twelfth. */
const numberOf = ({ VersionId = '' }: PolicyVersion) => Number(VersionId.slice(1))

type NextVersion = {
  readonly arn: string
  readonly document: string
  readonly isDefault: boolean
  /** The version that it takes the place of. */
  readonly dropped: PolicyVersion | undefined
}

export async function createVersion({ arn, document, isDefault, dropped }: NextVersion) {
  const PolicyArn = arn
  if (dropped) {
    await unlessMissing(iam('DeletePolicyVersion', { PolicyArn, VersionId: dropped.VersionId }))
  }
  await iam('CreatePolicyVersion', {
    PolicyArn,
    PolicyDocument: document,
    SetAsDefault: isDefault,
  })
}
