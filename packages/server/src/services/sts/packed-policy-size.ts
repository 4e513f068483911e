// PackedPolicySize: how much of the space for session policies and tags a session takes. AWS keeps its formula to itself. Ours:
//
//     percent = ⌈100 × (characters ÷ 2048 + bytes ÷ 477)⌉
//
// `characters` are those of the inline document, white space included, and of the ARNs of the managed ones, against the
// documented 2,048 of plain text. `bytes` are those of each tag's key and value in UTF-8 and 12 around them, which explains
// published answers: nine tags of 252 characters are 498 %, the six of an EKS pod's identity 74 %.
import { SIZE_QUOTAS, sizeAgainst } from '@twinlock/policy'
import { AwsError } from '@twinlock/protocol'
import type { SessionPolicies } from './session-policies.ts'
import type { SessionTags } from './session-tags.ts'

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
}: SessionPolicies & Pick<SessionTags, 'tags'>): number | undefined {
  const policyCharacters = sizeAgainst('sessionPolicies', [policy, ...policyArns])
  const tagBytes = tags
    .map(({ Key, Value }) => Buffer.byteLength(Key + Value) + BYTES_AROUND_A_TAG)
    .reduce((sum, size) => sum + size, 0)
  if (policyCharacters + tagBytes === 0) return undefined
  const percent = Math.ceil(
    100 * (policyCharacters / SIZE_QUOTAS.sessionPolicies.most + tagBytes / TAG_BYTES),
  )
  if (percent <= 100) return percent
  throw new AwsError(
    'PackedPolicyTooLarge',
    policyCharacters === 0
      ? `Packed size of session tags consumes ${percent}% of allotted space.`
      : `Packed policy consumes ${percent}% of allotted space, please use smaller policy.`,
  )
}
