// Principals as coverage looks at them: those of an account, or one whose policies are in files.
import { type CoveragePrincipal, type Layers, policySet } from '@twinlock/policy'
import type { Account, Principal } from '../../../account/account.ts'
import { type PolicyDocument, compiled } from '../../../account/policy-document.ts'
import { Refusal } from '../../../command-errors.ts'
import { type Caller, callerOf } from '../simulation/caller.ts'

/** Principals whose policies could be read, and a sentence for each of the others. */
export type Readable = {
  readonly principals: readonly CoveragePrincipal[]
  readonly unreadable: readonly string[]
}

/** All principals of the account, users first. */
export function principalsIn(
  { users, roles }: Account,
  scps: readonly (readonly PolicyDocument[])[],
): Readable {
  const principals: CoveragePrincipal[] = []
  const unreadable: string[] = []
  for (const principal of [...users, ...roles]) {
    try {
      principals.push(coveredPrincipal(principal, scps))
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
      unreadable.push(`${principal.arn} was left out: ${error.message}`)
    }
  }
  return { principals, unreadable }
}

function coveredPrincipal(
  principal: Principal,
  scps: readonly (readonly PolicyDocument[])[],
): CoveragePrincipal {
  const { boundary } = principal
  const caller = callerOf(principal)
  return {
    ...coveredCaller(caller, {
      identity: setOf(principal.policies),
      ...(boundary !== undefined && { boundary: setOf([boundary]) }),
      ...(scps.length > 0 && { scps: scps.map(setOf) }),
    }),
    ...(principal.kind === 'role' && { trust: setOf([principal.trust]) }),
  }
}

export function coveredCaller({ facts, keys }: Caller, layers: Layers): CoveragePrincipal {
  return {
    principal: facts,
    layers,
    keys: new Map([...keys].map(([name, value]) => [name.toLowerCase(), value])),
  }
}

function setOf(documents: readonly PolicyDocument[]) {
  return policySet(documents.map(compiled))
}
