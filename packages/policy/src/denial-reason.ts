// Why a request was denied, in the words of AWS's AccessDenied messages.
// https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html
import type { Evaluation, PolicyLayer } from './evaluation.ts'

/** An evaluation that ended in a denial. */
export type Denial = Exclude<Evaluation, { EvalDecision: 'allowed' }>

/** The layers with their articles, and whether a denial shows the ARN of the policy that denied. */
const LAYERS: Readonly<Record<PolicyLayer, { explicit: string; showsArn: boolean }>> = {
  'identity-based policy': { explicit: 'an identity-based policy', showsArn: true },
  'permissions boundary': { explicit: 'a permissions boundary', showsArn: true },
  'session policy': { explicit: 'a session policy', showsArn: true },
  'resource-based policy': { explicit: 'a resource-based policy', showsArn: false },
  'service control policy': { explicit: 'a service control policy', showsArn: true },
  'resource control policy': { explicit: 'a resource control policy', showsArn: true },
  'role trust policy': { explicit: 'the role trust policy', showsArn: false },
}

/**
 * What follows `User: … is not authorized to perform: … on resource: … `: the layer that denied
 * and, for an explicit Deny in a customer's managed policy, that policy's ARN.
 * @param action in its documented spelling
 */
export function denialReason(
  { EvalDecision, deniedBy, MatchedStatements }: Denial,
  action: string,
): string {
  if (EvalDecision === 'implicitDeny') return `because no ${deniedBy} allows the ${action} action`
  const { explicit, showsArn } = LAYERS[deniedBy]
  const arn = MatchedStatements[0]?.source.arn
  const shown = showsArn && arn !== undefined && !arn.startsWith('arn:aws:iam::aws:')
  return `with an explicit deny in ${explicit}${shown ? `: ${arn}` : ''}`
}
