// AWS's well-known managed policies, under AWS's ARNs and ids. The documents are ours, to the same effect: whole families of
// read actions (`Get*`, `List*`, `Describe*`) where AWS lists each one, and a single version.
// https://docs.aws.amazon.com/aws-managed-policy/latest/reference/policy-list.html
import administratorAccess from './aws-managed-policies/AdministratorAccess.json' with { type: 'json' }
import iamFullAccess from './aws-managed-policies/IAMFullAccess.json' with { type: 'json' }
import iamReadOnlyAccess from './aws-managed-policies/IAMReadOnlyAccess.json' with { type: 'json' }
import iamUserChangePassword from './aws-managed-policies/IAMUserChangePassword.json' with { type: 'json' }
import powerUserAccess from './aws-managed-policies/PowerUserAccess.json' with { type: 'json' }
import readOnlyAccess from './aws-managed-policies/ReadOnlyAccess.json' with { type: 'json' }
import securityAudit from './aws-managed-policies/SecurityAudit.json' with { type: 'json' }
import viewOnlyAccess from './aws-managed-policies/ViewOnlyAccess.json' with { type: 'json' }

export type AwsManagedPolicy = {
  readonly arn: string
  readonly policyName: string
  readonly path: string
  readonly policyId: string
  readonly description: string
  /** The text of the default version, which is the only one. */
  readonly document: string
  readonly createDate: Date
  readonly defaultVersionId: 'v1'
}

type Entry = Pick<AwsManagedPolicy, 'policyId' | 'description'> & {
  readonly created: string
  readonly document: object
  readonly path?: string
}

const ENTRIES: Readonly<Record<string, Entry>> = {
  AdministratorAccess: {
    policyId: 'ANPAIWMBCKSKIEE64ZLYK',
    description: 'Everything, on every resource.',
    created: '2015-02-06T18:39:46Z',
    document: administratorAccess,
  },
  IAMFullAccess: {
    policyId: 'ANPAI7XKCFMBPM3QQRRVQ',
    description: 'Everything in IAM.',
    created: '2015-02-06T18:40:38Z',
    document: iamFullAccess,
  },
  IAMReadOnlyAccess: {
    policyId: 'ANPAJKSO7NDY4T57MWDSQ',
    description: 'Reading everything in IAM.',
    created: '2015-02-06T18:40:39Z',
    document: iamReadOnlyAccess,
  },
  IAMUserChangePassword: {
    policyId: 'ANPAJ4L4MM2A7QIEB56MS',
    description: 'A user changing its own password.',
    created: '2016-11-15T00:25:16Z',
    document: iamUserChangePassword,
  },
  PowerUserAccess: {
    policyId: 'ANPAJYRXTHIB4FOVS3ZXS',
    description: 'Everything but the management of identities, the account and the organization.',
    created: '2015-02-06T18:39:47Z',
    document: powerUserAccess,
  },
  ReadOnlyAccess: {
    policyId: 'ANPAILL3HVNFSB6DCOWYQ',
    description: 'Reading configuration and content of every service.',
    created: '2015-02-06T18:39:48Z',
    document: readOnlyAccess,
  },
  SecurityAudit: {
    policyId: 'ANPAIX2T3QCXHR2OGGCTO',
    description: 'Reading the configuration that a security audit needs, and no content.',
    created: '2015-02-06T18:41:01Z',
    document: securityAudit,
  },
  ViewOnlyAccess: {
    policyId: 'ANPAID22R6XPJATWOFDK6',
    description: 'Listing resources and their basic facts, without their content.',
    created: '2016-11-10T17:20:15Z',
    path: '/job-function/',
    document: viewOnlyAccess,
  },
}

/** All of them, sorted by name. */
export const AWS_MANAGED_POLICIES: readonly AwsManagedPolicy[] = Object.entries(ENTRIES).map(
  ([policyName, { policyId, description, created, document, path = '/' }]) => ({
    arn: `arn:aws:iam::aws:policy${path}${policyName}`,
    policyName,
    path,
    policyId,
    description,
    document: JSON.stringify(document, undefined, 2),
    createDate: new Date(created),
    defaultVersionId: 'v1',
  }),
)

const BY_ARN = new Map(AWS_MANAGED_POLICIES.map(policy => [policy.arn, policy]))

/** AWS's own policy of this ARN. */
export const findAwsManagedPolicy = (arn: string): AwsManagedPolicy | undefined => BY_ARN.get(arn)
