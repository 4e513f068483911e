// From a document's text to a policy, or to AWS's reason why it is none.
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html
import type { Policy, PolicyKind, Statement } from './policy.ts'
import { type Draft, type DraftStatement, readDraft } from './validation/draft.ts'
import { checkPermissions } from './validation/permissions.ts'
import { readPrincipal } from './validation/principals.ts'
import { checkResourceControl } from './validation/resource-control.ts'
import { checkResourcePolicy, checkTrust } from './validation/trust.ts'
import {
  ORGANIZATIONS_WORDING,
  PERMISSIONS_WORDING,
  TRUST_WORDING,
  type Wording,
} from './validation/wording.ts'

/**
 * Parses a document and refuses what AWS refuses, in AWS's words.
 * @param options managed: for CreatePolicy and CreatePolicyVersion, which want `Version` to be
 *   2012-10-17. stored: AWS has the document already, so that what it has asked of new trust policies
 *   since 2025 (the scope of identity providers that many share) is not asked
 * @throws PolicyError (`MalformedPolicyDocument`, of Organizations' policies
 *   `MalformedPolicyDocumentException`), and nothing else whatever the text
 */
export function parsePolicy(
  text: string,
  kind: PolicyKind,
  { managed = false, stored = false }: { managed?: boolean; stored?: boolean } = {},
): Policy {
  const draft = readDraft(text, WORDING[kind])
  checkDraft(draft, kind, { managed, stored })
  const { Version, Id } = draft
  return {
    kind,
    ...(Version !== undefined && { Version }),
    ...(Id !== undefined && { Id }),
    statements: draft.statements.map(statement => toStatement(statement, draft)),
  }
}

const WORDING: Readonly<Record<PolicyKind, Wording>> = {
  identity: PERMISSIONS_WORDING,
  boundary: PERMISSIONS_WORDING,
  session: PERMISSIONS_WORDING,
  trust: TRUST_WORDING,
  resource: TRUST_WORDING,
  scp: ORGANIZATIONS_WORDING,
  rcp: ORGANIZATIONS_WORDING,
}

type Writing = { readonly managed: boolean; readonly stored: boolean }

function checkDraft(draft: Draft, kind: PolicyKind, { managed, stored }: Writing) {
  switch (kind) {
    case 'trust':
      return checkTrust(draft, { stored })
    case 'resource':
      return checkResourcePolicy(draft)
    case 'rcp':
      return checkResourceControl(draft)
    case 'identity':
    case 'boundary':
    case 'session':
    case 'scp':
      return checkPermissions(draft, { kind, managed })
    default:
      return kind satisfies never
  }
}

function toStatement(statement: DraftStatement, draft: Draft): Statement {
  const { Sid, Effect, principal, action, resource, conditions, start, end } = statement
  // INVARIANT: what the checks let through has an Action and an exact Effect.
  if (action === undefined || (Effect !== 'Allow' && Effect !== 'Deny')) {
    throw draft.refusal('Syntax errors in policy.', start)
  }
  return {
    ...(Sid !== undefined && { Sid }),
    Effect,
    ...(principal && { principal: readPrincipal(statement, draft) }),
    action,
    ...(resource && { resource }),
    conditions,
    start: draft.positionAt(start),
    end: draft.positionAt(end),
  }
}
