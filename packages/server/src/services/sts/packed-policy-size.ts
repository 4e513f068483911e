// PackedPolicySize: how much of the space for session policies and tags a session takes. AWS keeps its formula to itself. Ours
// takes the documented 2,048 characters of plain text for policies, and for tags the figures that explain published answers:
// nine tags of 252 characters are 498 %, the six of an EKS pod's identity 74 %.
import { AwsError } from '@twinlock/protocol'
import type { SessionPolicies } from './session-policies.ts'
import type { SessionTags } from './session-tags.ts'

const POLICY_CHARACTERS = 2048
const TAG_BYTES = 477
const BYTES_AROUND_A_TAG = 12

/**
 * Percent of the allotted space, at least 1; undefined when nothing is packed.
 * @throws AwsError PackedPolicyTooLarge above 100
 */
export function packedPolicySize({
  policy = '',
  policyArns,
  tags,
}: SessionPolicies & SessionTags): number | undefined {
  const policyCharacters = [policy, ...policyArns].join('').length
  const tagBytes = tags
    .map(({ Key, Value }) => Buffer.byteLength(Key + Value) + BYTES_AROUND_A_TAG)
    .reduce((sum, size) => sum + size, 0)
  if (policyCharacters + tagBytes === 0) return undefined
  const percent = Math.ceil(100 * (policyCharacters / POLICY_CHARACTERS + tagBytes / TAG_BYTES))
  if (percent <= 100) return percent
  throw new AwsError(
    'PackedPolicyTooLarge',
    policyCharacters === 0
      ? `Packed size of session tags consumes ${percent}% of allotted space.`
      : `Packed policy consumes ${percent}% of allotted space, please use smaller policy.`,
  )
}
