// A policy document as a value: what the JSON says, checked, and where each statement stands.
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html
import type { Position } from './position.ts'

/**
 * What a document is for. The kind decides which elements it may have and whose words refuse it.
 */
export type PolicyKind = 'identity' | 'boundary' | 'session' | 'trust' | 'resource' | 'scp' | 'rcp'

/** A document without a version is of 2008, in which `${…}` is ordinary text. */
export type PolicyVersion = '2008-10-17' | '2012-10-17'

/** A parsed and validated document. */
export type Policy = {
  readonly kind: PolicyKind
  readonly Version?: PolicyVersion
  readonly Id?: string
  readonly statements: readonly Statement[]
}

export type Effect = 'Allow' | 'Deny'

/** One statement; an absent `principal` or `resource` is one that the kind forbids. */
export type Statement = {
  readonly Sid?: string
  readonly Effect: Effect
  readonly principal?: PrincipalElement
  readonly action: {
    readonly element: 'Action' | 'NotAction'
    readonly patterns: readonly string[]
  }
  readonly resource?: ResourceElement
  readonly conditions: readonly Condition[]
  /** Where the token before the statement ends, as SimulatePrincipalPolicy reports it. */
  readonly start: Position
  /** Just after the closing brace. */
  readonly end: Position
}

/** `null` is stored by AWS and matches nothing. */
export type ResourceElement = {
  readonly element: 'Resource' | 'NotResource'
  readonly patterns: readonly (string | null)[]
}

/** `"*"` is the bare string; `{"AWS": "*"}` is an entry. */
export type PrincipalElement = {
  readonly element: 'Principal' | 'NotPrincipal'
  readonly principals: '*' | readonly PrincipalEntry[]
}

export type PrincipalType = 'AWS' | 'Service' | 'Federated' | 'CanonicalUser'

export type PrincipalEntry = { readonly type: PrincipalType; readonly value: string }

/** One key under one operator. All conditions of a statement must hold. */
export type Condition = {
  readonly operator: string
  readonly key: string
  /** Booleans and numbers as they were written. */
  readonly values: readonly string[]
}
