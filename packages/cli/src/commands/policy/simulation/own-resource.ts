// What people do to themselves happens to their own user, or to a device of theirs: asked on `*`, it would look forbidden.
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_examples_aws_my-sec-creds-self-manage-mfa-only.html
import { resourcesOfMfaAction } from '@twinlock/policy'
import type { Caller } from './caller.ts'

/** The ARN of the user, or of a device that is called after it; undefined for other actions and other callers. */
export function ownResource(action: string, { arn, facts }: Caller): string | undefined {
  if (arn === undefined || facts.kind !== 'user') return undefined
  const [pattern = ''] = resourcesOfMfaAction(action) ?? []
  if (pattern.includes(':user/')) return arn
  return pattern.includes(':mfa/') ? arn.replace(/:user\/(.*\/)?/, ':mfa/') : undefined
}
