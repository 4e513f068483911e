// An account as the linter asks for it: who is in it, and which documents speak for each. What
// iam:GetAccountAuthorizationDetails tells is enough.
// https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetAccountAuthorizationDetails.html
import type { PolicySource } from '../compile.ts'
import type { Policy, PolicyKind } from '../policy.ts'
import type { LintCatalogue } from './catalogue.ts'
import type { LintedDocument } from './document.ts'

/** A policy of the account. One that is attached in several places is one value in all of them. */
export type AccountDocument = {
  readonly source: PolicySource
  readonly kind: PolicyKind
  /** Undefined where nobody has told it. */
  readonly text: string | undefined
}

type Identity = {
  readonly name: string
  readonly path: string
  readonly arn: string
  /** AIDA… or AROA… */
  readonly id: string
  readonly tags?: ReadonlyMap<string, string>
  /** The inline and the attached ones; a user's groups' too. */
  readonly policies: readonly AccountDocument[]
  readonly boundary?: AccountDocument | undefined
}

export type AccountUser = Identity

export type AccountRole = Identity & { readonly trust: AccountDocument }

export type LintedAccount = {
  /** Twelve digits. */
  readonly id: string
  readonly users: readonly AccountUser[]
  readonly roles: readonly AccountRole[]
  /** Attached or not. */
  readonly managedPolicies?: readonly AccountDocument[]
  readonly catalogue?: LintCatalogue
}

/** A document that AWS accepts. */
export type ReadDocument = AccountDocument & {
  readonly policy: Policy
  readonly document: LintedDocument
}
