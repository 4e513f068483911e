// The trust policy that the wizard writes: https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_create_for-user.html

/** Who may assume a role. */
export type Trust = {
  readonly kind: 'account' | 'service' | 'custom'
  /** Twelve digits; undefined: this account. */
  readonly otherAccount: string | undefined
  readonly requiresMfa: boolean
  /** The oldest MFA that will do; undefined: any age. */
  readonly mfaMaxAgeSeconds: number | undefined
  /** What another account's people must name; empty: nothing. */
  readonly externalId: string
  /** `ec2.amazonaws.com` */
  readonly service: string
  readonly custom: string
}

/** The document, laid out. @param account this one */
export function trustPolicy(trust: Trust, account: string): string {
  if (trust.kind === 'custom') return trust.custom
  const Condition = conditionOf(trust)
  const statement = {
    Effect: 'Allow',
    Principal: principalOf(trust, account),
    Action: 'sts:AssumeRole',
    ...(Object.keys(Condition).length > 0 && { Condition }),
  }
  return JSON.stringify({ Version: '2012-10-17', Statement: [statement] }, null, 2)
}

function principalOf({ kind, otherAccount, service }: Trust, account: string) {
  if (kind === 'service') return { Service: service }
  return { AWS: `arn:aws:iam::${otherAccount ?? account}:root` }
}

/** A Bool that is absent does not hold, so an Allow with it is closed to long-term keys. Services have no MFA to show. */
function conditionOf({ kind, requiresMfa, mfaMaxAgeSeconds, externalId }: Trust) {
  if (kind === 'service') return {}
  return {
    ...(externalId !== '' && { StringEquals: { 'sts:ExternalId': externalId } }),
    ...(requiresMfa && { Bool: { 'aws:MultiFactorAuthPresent': 'true' } }),
    ...(requiresMfa &&
      mfaMaxAgeSeconds !== undefined && {
        NumericLessThan: { 'aws:MultiFactorAuthAge': String(mfaMaxAgeSeconds) },
      }),
  }
}
