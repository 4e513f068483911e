// An account as policies see it: who is in it, and which documents speak for each.
import { Refusal } from '../command-errors.ts'
import type { PolicyDocument } from './policy-document.ts'

type Identity = {
  readonly name: string
  readonly path: string
  readonly arn: string
  /** AIDA… or AROA… */
  readonly id: string
  readonly tags: ReadonlyMap<string, string>
  /** The inline and the attached ones, a user's groups' too, each once. */
  readonly policies: readonly PolicyDocument[]
  readonly boundary: PolicyDocument | undefined
}

export type User = Identity & { readonly kind: 'user' }

export type Role = Identity & { readonly kind: 'role'; readonly trust: PolicyDocument }

export type Principal = User | Role

export type Group = {
  readonly name: string
  readonly arn: string
  readonly policies: readonly PolicyDocument[]
}

export type Account = {
  /** Twelve digits. */
  readonly id: string
  readonly users: readonly User[]
  readonly groups: readonly Group[]
  readonly roles: readonly Role[]
  /** Managed policies, AWS's own among them, that the account uses or has. */
  readonly managedPolicies: readonly PolicyDocument[]
}

/**
 * The user or role of that name or ARN. Names compare without case, as IAM's do.
 * @throws Refusal when there is none, or when a user and a role bear the name
 */
export function principalNamed({ users, roles }: Account, nameOrArn: string): Principal {
  const wanted = nameOrArn.toLowerCase()
  const found = [...users, ...roles].filter(({ name, arn }) =>
    nameOrArn.startsWith('arn:') ? arn === nameOrArn : name.toLowerCase() === wanted,
  )
  const [principal, another] = found
  if (principal === undefined)
    throw new Refusal(`the account has no user or role \`${nameOrArn}\`.`)
  if (another !== undefined) {
    throw new Refusal(
      `\`${nameOrArn}\` is both a user and a role: say ${principal.arn} or ${another.arn}.`,
    )
  }
  return principal
}

/** Service-linked roles, which neither SCPs nor RCPs bind, have a path of their own. */
export function isServiceLinked({ path }: Role) {
  return path.startsWith('/aws-service-role/')
}
