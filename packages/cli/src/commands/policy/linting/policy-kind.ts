// What a document is for, told by its elements or by the user.
// https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies.html
import type { PolicyKind } from '@twinlock/policy'
import { UsageError } from '../../../command-errors.ts'

const KINDS = {
  identity: true,
  boundary: true,
  session: true,
  trust: true,
  resource: true,
  scp: true,
  rcp: true,
} as const satisfies Record<PolicyKind, true>

export const KIND_NAMES = Object.keys(KINDS).join(', ')

/** @throws UsageError for an unknown one */
export function parseKind(text: string): PolicyKind {
  if (Object.hasOwn(KINDS, text)) return text as PolicyKind
  throw new UsageError(`\`${text}\` is no kind of policy: say ${KIND_NAMES}.`)
}

/**
 * With a Principal and no Resource it is a role's trust policy, with both a resource's policy, and without one an identity-based policy:
 * boundaries, session policies and service control policies look like those, and are as wrong in the same places.
 */
export function guessKind(text: string): PolicyKind {
  const statements = statementsIn(text)
  const has = (...names: readonly string[]) =>
    statements.some(statement => names.some(name => Object.hasOwn(statement, name)))
  if (!has('Principal', 'NotPrincipal')) return 'identity'
  return has('Resource', 'NotResource') ? 'resource' : 'trust'
}

function statementsIn(text: string): readonly object[] {
  try {
    const document: unknown = JSON.parse(text)
    const statement: unknown = (document as { readonly Statement?: unknown } | null)?.Statement
    const statements: readonly unknown[] = Array.isArray(statement) ? statement : [statement]
    return statements.filter(one => typeof one === 'object' && one !== null)
  } catch {
    // What is no JSON is no policy of any kind, and is told so as the commonest one.
    return []
  }
}
