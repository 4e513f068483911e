// Conditions of a request that is only partly known: they hold, they do not, or nobody can say.
import type { CompiledCondition } from '../condition.ts'
import type { PartialRequest } from './known-keys.ts'

/** `maybe`: it depends on what is not known. */
export type Certainty = 'no' | 'maybe' | 'yes'

/**
 * Whether all conditions hold, in each of `MFA_STATES`. The engine's own conditions decide, so MFA
 * conditions of any shape come out as they would in a request. What they decide without asking for
 * an unknown key is certain.
 */
export function certainties(
  conditions: readonly CompiledCondition[],
  { inStates, wasUnsure }: PartialRequest,
): readonly Certainty[] {
  return inStates.map(keys => {
    let certainty: Certainty = 'yes'
    for (const holds of conditions) {
      wasUnsure()
      const held = holds(keys)
      if (wasUnsure()) certainty = 'maybe'
      else if (!held) return 'no'
    }
    return certainty
  })
}
