// The roles of the demo's company, from the one that wants fresh MFA to the one that forgot to ask.
import { COMPANY } from './company.ts'
import { documentOf } from './documents.ts'

type Role = {
  readonly RoleName: string
  readonly Path?: string
  readonly Description: string
  readonly Tags: { readonly Key: string; readonly Value: string }[]
  /** Who may wear it, and on what condition. */
  readonly trust: { readonly Principal: object; readonly Condition?: object }
  /** What it may do. */
  readonly actions: readonly string[]
}

const USERS_OF_THE_ACCOUNT = { AWS: `arn:aws:iam::${COMPANY.accountId}:root` }

const team = (Value: string) => [{ Key: 'team', Value }]

export const ROLES: readonly Role[] = [
  {
    RoleName: 'deploy',
    Description: 'Deploys the booking site. Wants MFA.',
    Tags: team('developers'),
    trust: {
      Principal: USERS_OF_THE_ACCOUNT,
      Condition: { Bool: { 'aws:MultiFactorAuthPresent': 'true' } },
    },
    actions: ['lambda:UpdateFunctionCode', 's3:PutObject'],
  },
  {
    RoleName: 'break-glass',
    Description: 'Everything, for emergencies. Wants MFA of the last quarter of an hour.',
    Tags: team('operations'),
    trust: {
      Principal: USERS_OF_THE_ACCOUNT,
      Condition: {
        Bool: { 'aws:MultiFactorAuthPresent': 'true' },
        NumericLessThan: { 'aws:MultiFactorAuthAge': '900' },
      },
    },
    actions: ['*'],
  },
  {
    RoleName: 'reporting',
    Description: 'Reads invoices. Nobody remembered to ask for MFA.',
    Tags: team('finance'),
    trust: { Principal: USERS_OF_THE_ACCOUNT },
    actions: ['s3:GetObject', 's3:ListBucket'],
  },
  {
    RoleName: 'nightly-backup',
    Path: '/service/',
    Description: 'For the machines that copy bookings at night.',
    Tags: team('operations'),
    trust: { Principal: { Service: 'ec2.amazonaws.com' } },
    actions: ['s3:GetObject', 's3:PutObject'],
  },
]

/** The trust policy of a role. */
export const trustPolicyOf = ({ trust }: Role): string =>
  documentOf({ Effect: 'Allow', Action: 'sts:AssumeRole', ...trust })
