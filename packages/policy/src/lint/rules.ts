// Every rule, in the order of the guide. A rule is a function of a document: to add one, add its
// codes to codes.ts and a vector to vectors/policy/lint.
import { misspeltAction, patternOfNoAction, unknownAction } from './actions.ts'
import { ipv6HostBits, privateAddress, servicesDeniedByAddress } from './addresses.ts'
import {
  holdsForNoValue,
  oneValueOfMany,
  operatorOfAnotherType,
  twinlockKey,
  unknownKey,
} from './condition-keys.ts'
import { exemptions, omissions } from './gates.ts'
import { mfaTruth } from './mfa-truth.ts'
import {
  deviceNamedAfterUser,
  escapedVariable,
  idInPlaceOfName,
  otherUsersToo,
  usersWithoutPath,
  variableBeforeFifthColon,
  variableIn2008,
} from './own-resources.ts'
import {
  actionWithoutResource,
  denyWithNarrowResource,
  noSuchAccount,
  resourceOfAnotherType,
} from './resources.ts'
import { mfaOfRoles, rolesNotExempt, userNameOfRoles } from './roles.ts'
import type { Rule } from './rule.ts'
import {
  assumedWithoutMfa,
  mfaOfAnotherAccount,
  mfaOfWhoHasNone,
  noMaximumAge,
  openToEveryAccount,
} from './trust.ts'
import { ageOutOfReach, neitherTrueNorFalse } from './values.ts'

export const RULES: readonly Rule[] = [
  // MFA001–MFA020: what the conditions on MFA do in the four states
  mfaTruth,
  // MFA021, MFA022: values that do not mean what they seem to
  neitherTrueNorFalse,
  ageOutOfReach,
  // MFA030–MFA040: what a deny-unless-MFA lets through, and what it leaves out
  exemptions,
  omissions,
  // ROLE, ORG: MFA asked of roles
  mfaOfRoles,
  userNameOfRoles,
  rolesNotExempt,
  // TRUST: who gets into a role
  openToEveryAccount,
  assumedWithoutMfa,
  mfaOfWhoHasNone,
  mfaOfAnotherAccount,
  noMaximumAge,
  // VAR: one's own user, one's own device
  variableIn2008,
  variableBeforeFifthColon,
  otherUsersToo,
  deviceNamedAfterUser,
  usersWithoutPath,
  escapedVariable,
  idInPlaceOfName,
  // RES: resources that an action never happens to
  resourceOfAnotherType,
  actionWithoutResource,
  noSuchAccount,
  denyWithNarrowResource,
  // IP: where a request comes from
  privateAddress,
  ipv6HostBits,
  servicesDeniedByAddress,
  // KEY: condition keys
  unknownKey,
  twinlockKey,
  oneValueOfMany,
  holdsForNoValue,
  operatorOfAnotherType,
  // ACT: actions
  unknownAction,
  misspeltAction,
  patternOfNoAction,
]
