// What the wizard asks about a new role, and the calls that make it.
import { iam } from '../../api/iam.ts'
import { orTakenBack } from '../../api/or-taken-back.ts'
import { NEW_TRUST_POLICY } from '../policy-editor/policy-options.ts'
import { deleteRole } from './role-deletion.ts'
import type { Trust } from './trust-policy.ts'

export type NewRole = {
  readonly trust: Trust
  readonly policyArns: readonly string[]
  readonly roleName: string
  readonly description: string
  readonly maxSessionSeconds: number
}

export const NEW_ROLE: NewRole = {
  trust: {
    kind: 'account',
    otherAccount: undefined,
    requiresMfa: true,
    mfaMaxAgeSeconds: undefined,
    externalId: '',
    service: 'ec2.amazonaws.com',
    custom: NEW_TRUST_POLICY,
  },
  policyArns: [],
  roleName: '',
  description: '',
  maxSessionSeconds: 3600,
}

/** Makes the role, or nothing: where a policy is refused, the role is taken back. */
export async function createRole(role: NewRole, AssumeRolePolicyDocument: string): Promise<void> {
  const { roleName: RoleName, description, maxSessionSeconds, policyArns } = role
  await iam('CreateRole', {
    RoleName,
    AssumeRolePolicyDocument,
    MaxSessionDuration: maxSessionSeconds,
    ...(description !== '' && { Description: description }),
  })
  await orTakenBack(
    async () => {
      for (const PolicyArn of policyArns) await iam('AttachRolePolicy', { RoleName, PolicyArn })
    },
    () => deleteRole(RoleName),
  )
}
