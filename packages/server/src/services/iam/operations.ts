// The operations of IAM, a table from each noun.
import type { Operations } from '../operation.ts'
import { accessKeyOperations } from './access-keys.ts'
import { accountAliasOperations } from './account-aliases.ts'
import { accountAuthorizationDetailsOperations } from './account-authorization-details.ts'
import { accountSummaryOperations } from './account-summary.ts'
import { attachmentOperations } from './attachments.ts'
import { groupOperations } from './groups.ts'
import { inlinePolicyOperations } from './inline-policies.ts'
import { loginProfileOperations } from './login-profiles.ts'
import { managedPolicyOperations } from './managed-policies.ts'
import { membershipOperations } from './memberships.ts'
import { mfaDeviceTagOperations } from './mfa-device-tags.ts'
import { mfaDeviceOperations } from './mfa-devices.ts'
import { neverPresentOperations } from './never-present.ts'
import { passwordPolicyOperations } from './password-policy.ts'
import { passwordOperations } from './passwords.ts'
import { permissionsBoundaryOperations } from './permissions-boundaries.ts'
import { policyEntityOperations } from './policy-entities.ts'
import { policyTagOperations } from './policy-tags.ts'
import { policyVersionOperations } from './policy-versions.ts'
import { roleTagOperations } from './role-tags.ts'
import { roleOperations } from './roles.ts'
import { simulationOperations } from './simulation/simulation.ts'
import { trustPolicyOperations } from './trust-policies.ts'
import { userTagOperations } from './user-tags.ts'
import { userOperations } from './users.ts'
import { virtualMfaDeviceOperations } from './virtual-mfa-devices.ts'

export const iamOperations = {
  ...userOperations,
  ...userTagOperations,
  ...loginProfileOperations,
  ...passwordOperations,
  ...passwordPolicyOperations,
  ...accessKeyOperations,
  ...groupOperations,
  ...membershipOperations,
  ...roleOperations,
  ...roleTagOperations,
  ...trustPolicyOperations,
  ...managedPolicyOperations,
  ...policyTagOperations,
  ...policyVersionOperations,
  ...attachmentOperations,
  ...policyEntityOperations,
  ...inlinePolicyOperations,
  ...permissionsBoundaryOperations,
  ...virtualMfaDeviceOperations,
  ...mfaDeviceOperations,
  ...mfaDeviceTagOperations,
  ...accountAliasOperations,
  ...accountSummaryOperations,
  ...accountAuthorizationDetailsOperations,
  ...simulationOperations,
  ...neverPresentOperations,
} satisfies Operations
