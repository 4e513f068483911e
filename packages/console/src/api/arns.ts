// What an ARN tells of itself.

/** What people call it: `alice`, `root`, `ReadOnlyAccess`. */
export function nameInArn(arn: string): string {
  return arn.split(/[:/]/).at(-1) ?? arn
}

/** Of a managed policy: whether it is AWS's own, which nobody here can change. */
export function isAwsManaged(policyArn: string): boolean {
  return policyArn.includes(':iam::aws:')
}

export function typeOfPolicy(policyArn: string): 'AWS managed' | 'Customer managed' {
  return isAwsManaged(policyArn) ? 'AWS managed' : 'Customer managed'
}
