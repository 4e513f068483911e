// The sizes that AWS limits, in characters (UTF-16 units): "IAM doesn't count white space when
// calculating the size of a policy"; STS and Organizations do.
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
// https://docs.aws.amazon.com/organizations/latest/userguide/orgs_reference_limits.html
import { isWhiteSpace } from './json.ts'

/** How much of what kind there may be, all documents of an identity or a session together. */
export const SIZE_QUOTAS = {
  managedPolicy: { most: 6144, whiteSpace: 'free' },
  userInlinePolicies: { most: 2048, whiteSpace: 'free' },
  groupInlinePolicies: { most: 5120, whiteSpace: 'free' },
  roleInlinePolicies: { most: 10_240, whiteSpace: 'free' },
  trustPolicy: { most: 2048, whiteSpace: 'free' },
  /** The inline document and the ARNs of the managed ones. */
  sessionPolicies: { most: 2048, whiteSpace: 'counts' },
  serviceControlPolicy: { most: 10_240, whiteSpace: 'counts' },
  resourceControlPolicy: { most: 5120, whiteSpace: 'counts' },
} as const satisfies Record<string, { most: number; whiteSpace: 'free' | 'counts' }>

export type SizeQuota = keyof typeof SIZE_QUOTAS

/** The characters of these texts that count against the quota. */
export function sizeAgainst(quota: SizeQuota, texts: readonly string[]): number {
  const sizeOf =
    SIZE_QUOTAS[quota].whiteSpace === 'free' ? policySize : (text: string) => text.length
  return texts.reduce((sum, text) => sum + sizeOf(text), 0)
}

/**
 * The characters of a document without blanks, tabs, carriage returns and line feeds outside of
 * strings.
 */
export function policySize(text: string): number {
  let size = 0
  let quoted = false
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at)
    if (!quoted && isWhiteSpace(code)) continue
    size++
    if (quoted && code === 0x5c && at + 1 < text.length) {
      at++
      size++
    } else if (code === 0x22) {
      quoted = !quoted
    }
  }
  return size
}
